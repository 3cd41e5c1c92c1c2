import Glibc
import NUTProtocol
import NUTTransport

/// Where to listen: the places of upsd.conf as numeric addresses, each once.
struct ListenPlan: Equatable {
    /// A `LISTEN` line; it is kept where one of its addresses can be listened at.
    struct Place: Equatable {
        var name: String
        var addresses: [ListenAddress]

        /// Whether the place may be missing without more words: a machine without IPv6 has no `::1`.
        var isLoopback: Bool {
            self.addresses.allSatisfy { $0.host == "::1" || $0.host.hasPrefix("127.") }
        }
    }

    private(set) var places: [Place] = []

    /// Looks up `listen`, leaving out what `-4` or `-6` leaves out.
    init(_ listen: [NUTServerSettings.Listen], family: CompatibilityOptions.AddressFamily?) {
        for place in listen {
            let hosts = place.address == "*" ? ["0.0.0.0", "::"] : Self.addresses(of: place.address)
            let wanted = hosts.filter { host in
                switch family {
                case .v4: !host.contains(":")
                case .v6: host.contains(":")
                case nil: true
                }
            }
            // Only what the options leave out is left out in silence; a name that nobody knows is not.
            guard !wanted.isEmpty || hosts.isEmpty else { continue }
            self.places.append(
                Place(
                    name: "\(place.address) port \(place.port)",
                    addresses: wanted.map { ListenAddress(host: $0, port: place.port) }))
        }
    }

    /// Every address once, in order.
    var addresses: [ListenAddress] {
        var seen: Set<ListenAddress> = []
        return self.places.flatMap(\.addresses).filter { seen.insert($0).inserted }
    }

    /// The places of which no address is among `bound`, where that matters.
    func missing(_ bound: [ListenAddress]) -> [String] {
        self.places.filter { place in
            !place.addresses.contains { bound.contains($0) } && !(place.isLoopback && !place.addresses.isEmpty)
        }.map(\.name)
    }

    /// The numeric addresses of a name; none where nobody knows it.
    private static func addresses(of name: String) -> [String] {
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        hints.ai_flags = AI_PASSIVE
        var first: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(name, nil, &hints, &first) == 0 else { return [] }
        defer { freeaddrinfo(first) }
        var hosts: [String] = []
        var next = first
        while let entry = next?.pointee {
            var text = [CChar](repeating: 0, count: Int(NI_MAXHOST))
            let result = getnameinfo(
                entry.ai_addr, entry.ai_addrlen, &text, socklen_t(text.count), nil, 0, NI_NUMERICHOST)
            let host = String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
            if result == 0, !hosts.contains(host) { hosts.append(host) }
            next = entry.ai_next
        }
        return hosts
    }
}
