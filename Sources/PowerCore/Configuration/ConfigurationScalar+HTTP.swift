extension ConfigurationScalar {
    /// Reads where an HTTP device answers: `https://pdu.lan`, `http://192.0.2.7:8080`, `https://[fd00::7]`.
    ///
    /// A user, a path or a query are refused: a password must not stand there, and the paths are the profile's.
    public static func httpAddress(_ text: String) throws(Refusal) -> Configuration.HTTPOutlets.Address {
        let refusal = Refusal(
            expected: "https://host, http://host or either with :port behind it, and no user, path or query")
        let text = Self.trimmed(text)
        let isEncrypted = text.hasPrefix("https://")
        guard isEncrypted || text.hasPrefix("http://") else { throw refusal }
        var place = text.dropFirst(isEncrypted ? 8 : 7)
        if place.hasSuffix("/") { place = place.dropLast() }
        let (host, port) = try Self.hostAndPort(place, orThrow: refusal)
        return Configuration.HTTPOutlets.Address(isEncrypted: isEncrypted, host: host, port: port)
    }

    /// A host, and a port where there is one; an IPv6 address must be in brackets.
    private static func hostAndPort(_ place: Substring, orThrow refusal: Refusal) throws(Refusal) -> (String, Int?) {
        let isPlain = !place.contains(":")
        let isBracketed = place.hasPrefix("[") && place.hasSuffix("]")
        do throws(Refusal) {
            let read = try Self.endpoint(isPlain || isBracketed ? "\(place):1" : String(place))
            guard read.port > 0 else { throw refusal }
            return (read.host, isPlain || isBracketed ? nil : read.port)
        } catch {
            throw refusal
        }
    }

    /// Reads the SHA-256 of a certificate: 64 hexadecimal digits, with or without colons between the bytes.
    public static func fingerprint(_ text: String) throws(Refusal) -> [UInt8] {
        let refusal = Refusal(
            expected:
                "the SHA-256 of the certificate, 64 hexadecimal digits, as `openssl x509 -fingerprint -sha256` prints")
        let text = Self.trimmed(text)
        let isSeparated = text.contains(":")
        let digits = text.filter { $0 != ":" }
        guard digits.utf8.count == 64, digits.allSatisfy({ $0.isASCII && $0.isHexDigit }) else { throw refusal }
        guard !isSeparated || text.split(separator: ":").allSatisfy({ $0.utf8.count == 2 }) else { throw refusal }
        return stride(from: 0, to: 64, by: 2).compactMap { UInt8(digits.dropFirst($0).prefix(2), radix: 16) }
    }
}
