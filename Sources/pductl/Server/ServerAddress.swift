import PowerCore

/// Where the server is.
struct ServerAddress: Equatable {
    /// Host name or address, without brackets.
    var host: String
    /// TCP port.
    var port: Int

    /// Where a NUT server on this machine listens.
    static let usual = "127.0.0.1:3493"

    /// Reads `host`, `host:port`, `[::1]` or `[::1]:port`; nil for anything else.
    init?(parsing text: String) {
        let isIPv6Alone = text.hasPrefix("[") && text.hasSuffix("]")
        let hasPort = !isIPv6Alone && text.contains(":")
        guard let endpoint = try? ConfigurationScalar.endpoint(hasPort ? text : "\(text):3493"), endpoint.port > 0
        else {
            return nil
        }
        (self.host, self.port) = (endpoint.host, endpoint.port)
    }
}
