internal import NIOCore
internal import NIOSSL

/// What a client needs to encrypt a connection once the server has said yes.
struct ClientEncryption: Sendable {
    let context: NIOSSLContext
    /// What the server is called by whoever connects.
    let host: String

    init(trust: ClientTLSTrust, identity: ClientIdentity?, host: String) throws(NUTClientError) {
        self.context = try trust.context(showing: identity)
        self.host = host
    }

    func makeHandler() throws(NUTClientError) -> NIOSSLClientHandler {
        do {
            // A numeric address is compared with the addresses in the certificate, and must not be sent as a name
            // (RFC 6066, 3).
            let isAddress = (try? SocketAddress(ipAddress: self.host, port: 0)) != nil
            return try NIOSSLClientHandler(context: self.context, serverHostname: isAddress ? nil : self.host)
        } catch {
            throw .notEncrypted(FailureReason(error).text)
        }
    }
}
