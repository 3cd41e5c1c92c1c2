/// Where a server listens, written `host:port` or `[::1]:3493`.
public struct ListenAddress: Hashable, Sendable, CustomStringConvertible {
    /// The port that NUT's clients ask when they are told none.
    public static let standardPort = 3493

    /// The name or number of the interface's address; IPv6 without brackets.
    public let host: String
    /// The port; 0 lets the system choose a free one.
    public let port: Int
    /// Whether clients that come here must encrypt, whatever holds for the others.
    public var requiresTLS: Bool

    /// Makes an address.
    public init(host: String, port: Int = Self.standardPort, requiresTLS: Bool = false) {
        self.host = host
        self.port = port
        self.requiresTLS = requiresTLS
    }

    /// Reads `host`, `host:port`, `[v6]`, `[v6]:port` or a bare IPv6 address; nil for anything else.
    public init?(parsing text: String) {
        var rest = Substring(text)
        let host: Substring
        if rest.first == "[" {
            guard let end = rest.firstIndex(of: "]") else { return nil }
            host = rest[rest.index(after: rest.startIndex)..<end]
            rest = rest[rest.index(after: end)...]
        } else if rest.count(where: { $0 == ":" }) > 1 {
            (host, rest) = (rest, "")
        } else {
            let end = rest.firstIndex(of: ":") ?? rest.endIndex
            host = rest[..<end]
            rest = rest[end...]
        }
        guard !host.isEmpty else { return nil }
        if rest.isEmpty {
            self.init(host: String(host))
        } else {
            guard rest.first == ":", let port = UInt16(rest.dropFirst()) else { return nil }
            self.init(host: String(host), port: Int(port))
        }
    }

    /// The address as it can be parsed again.
    public var description: String {
        self.host.contains(":") ? "[\(self.host)]:\(self.port)" : "\(self.host):\(self.port)"
    }
}
