internal import CNetSNMP
internal import PowerCore

extension SNMPOptions {
    /// The community that a request is sent with; of no use for SNMPv3.
    func community(for request: SNMPRequest) -> String {
        switch self.access {
        case .v1(let read, let write), .v2c(let read, let write):
            if case .set = request.command { return write }
            return read
        case .v3: return ""
        }
    }

    /// Lends who we are as the shim takes it; the pointers in it are valid within `body` only.
    func withRaw<Result>(_ body: (UnsafePointer<cnetsnmp_identity>) -> Result) -> Result {
        var raw = cnetsnmp_identity()
        switch self.access {
        case .v1: raw.version = .CNETSNMP_V1
        case .v2c: raw.version = .CNETSNMP_V2C
        case .v3(let user): return user.withRaw(body)
        }
        return body(&raw)
    }
}

extension SNMPUser {
    fileprivate func withRaw<Result>(_ body: (UnsafePointer<cnetsnmp_identity>) -> Result) -> Result {
        self.name.withCString { name in
            self.context.withCString { context in
                (self.authentication?.password ?? "").withCString { digestPassword in
                    (self.privacy?.password ?? "").withCString { cipherPassword in
                        var raw = cnetsnmp_identity(
                            version: .CNETSNMP_V3, user: name, context: context,
                            digest: self.authentication?.digest.raw ?? .CNETSNMP_NO_DIGEST,
                            digest_password: digestPassword, cipher: self.privacy?.cipher.raw ?? .CNETSNMP_NO_CIPHER,
                            cipher_password: cipherPassword)
                        return body(&raw)
                    }
                }
            }
        }
    }
}

extension SNMPUser.Digest {
    fileprivate var raw: cnetsnmp_digest {
        switch self {
        case .md5: .CNETSNMP_MD5
        case .sha: .CNETSNMP_SHA
        case .sha224: .CNETSNMP_SHA224
        case .sha256: .CNETSNMP_SHA256
        case .sha384: .CNETSNMP_SHA384
        case .sha512: .CNETSNMP_SHA512
        }
    }
}

extension SNMPUser.Cipher {
    fileprivate var raw: cnetsnmp_cipher {
        switch self {
        case .des: .CNETSNMP_DES
        case .aes128: .CNETSNMP_AES128
        case .aes192: .CNETSNMP_AES192
        case .aes256: .CNETSNMP_AES256
        case .aes192c: .CNETSNMP_AES192C
        case .aes256c: .CNETSNMP_AES256C
        }
    }
}
