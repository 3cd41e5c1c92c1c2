/// A UPS and the server it is at, written `name@host:port`.
public struct NUTUPSAddress: Hashable, Sendable, CustomStringConvertible {
    /// The name of the UPS.
    public var ups: String
    /// The server's address or name, an IPv6 address without brackets.
    public var host: String
    /// The TCP port.
    public var port: Int

    /// Reads `ups`, `ups@host`, `ups@host:port` or `ups@[address]:port`; nil for anything else.
    public init?(parsing text: String) {
        let halves = text.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
        guard let name = halves.first, !name.isEmpty else { return nil }
        self.ups = String(name)
        self.host = "localhost"
        self.port = NUTServerSettings.usualPort
        guard halves.count == 2 else { return }
        let place = halves[1]
        var host = place
        var port: Substring?
        if place.hasPrefix("[") {
            guard let end = place.firstIndex(of: "]") else { return nil }
            host = place[place.index(after: place.startIndex)..<end]
            let rest = place[place.index(after: end)...]
            guard rest.isEmpty || rest.hasPrefix(":") else { return nil }
            port = rest.isEmpty ? nil : rest.dropFirst()
        } else if let colon = place.firstIndex(of: ":") {
            host = place[..<colon]
            port = place[place.index(after: colon)...]
        }
        guard !host.isEmpty else { return nil }
        self.host = String(host)
        guard let port else { return }
        guard let number = NUTNumber.port(String(port)) else { return nil }
        self.port = number
    }

    /// Whether the server is on the same machine.
    public var isLocal: Bool {
        ["localhost", "::1", "ip6-localhost"].contains(self.host.lowercased()) || self.host.hasPrefix("127.")
    }

    /// The server as `host:port`, an IPv6 address in brackets.
    public var server: String {
        self.host.contains(":") ? "[\(self.host)]:\(self.port)" : "\(self.host):\(self.port)"
    }

    /// The address with its port.
    public var description: String { "\(self.ups)@\(self.server)" }
}
