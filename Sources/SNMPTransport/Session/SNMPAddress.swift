internal import Dispatch
internal import Glibc

/// Addresses of hosts, as the library takes them.
enum SNMPAddress {
    /// Where names are looked up, which can take long.
    private static let lookups = DispatchQueue(label: "snmp names", attributes: .concurrent)

    /// The address where the host is given by one, without asking anybody; nil where it is a name.
    static func numeric(_ host: String, port: Int) -> String? {
        self.addresses(of: host, port: port, flags: AI_NUMERICHOST).first
    }

    /// Looks a name up and hands its addresses to `found`, on a thread of its own; none where nobody knows it.
    static func look(up host: String, port: Int, _ found: @escaping @Sendable ([String]) -> Void) {
        self.lookups.async { found(self.addresses(of: host, port: port, flags: AI_ADDRCONFIG)) }
    }

    private static func addresses(of host: String, port: Int, flags: Int32) -> [String] {
        var hints = addrinfo()
        hints.ai_family = AF_UNSPEC
        hints.ai_socktype = Int32(SOCK_DGRAM.rawValue)
        hints.ai_flags = flags
        var list: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(host, nil, &hints, &list) == 0, let list else { return [] }
        defer { freeaddrinfo(list) }
        return sequence(first: list, next: \.pointee.ai_next).compactMap { self.text($0.pointee, port: port) }
    }

    private static func text(_ info: addrinfo, port: Int) -> String? {
        var host = [CChar](repeating: 0, count: Int(NI_MAXHOST))
        let code = getnameinfo(
            info.ai_addr, info.ai_addrlen, &host, socklen_t(host.count), nil, 0, NI_NUMERICHOST)
        guard code == 0 else { return nil }
        let address = String(decoding: host.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
        return info.ai_family == AF_INET6 ? "udp6:[\(address)]:\(port)" : "udp:\(address):\(port)"
    }
}
