internal import Glibc

/// Who has which of the server's places: the connections that are served, and those that are told there is no room.
///
/// Holds an entry for each address with a connection, so it is bounded by the number of connections.
struct Places {
    /// What a new connection is to be.
    enum Admission: Hashable, Sendable {
        /// It has a place.
        case served
        /// There is none for it, and it gets the time to read so.
        case refused
        /// There is none, and too many are being told already: it is told and closed.
        case dropped
    }

    /// A network that counts as one client: an IPv4 address, or the 64 bits of an IPv6 address that a provider gives
    /// to a single customer (RFC 6177, 2). Nil where everybody on this machine would count as one.
    struct Origin: Hashable, Sendable {
        private let isVersion6: Bool
        private let bits: UInt64

        init?(_ address: String?) {
            guard let address else { return nil }
            var bytes = [UInt8](repeating: 0, count: 16)
            if inet_pton(AF_INET, address, &bytes) == 1 {
                // RFC 1122, 3.2.1.3: 127.0.0.0/8 is this machine.
                guard bytes[0] != 127 else { return nil }
                (self.isVersion6, self.bits) = (false, bytes.prefix(4).reduce(0) { $0 << 8 | UInt64($1) })
            } else {
                guard inet_pton(AF_INET6, address, &bytes) == 1, bytes.dropLast().contains(where: { $0 != 0 }) else {
                    return nil
                }
                (self.isVersion6, self.bits) = (true, bytes.prefix(8).reduce(0) { $0 << 8 | UInt64($1) })
            }
        }
    }

    var limits: NUTServerLimits
    private var served = 0
    private var refusals = 0
    private var servedByOrigin: [Origin: Int] = [:]

    init(_ limits: NUTServerLimits) {
        self.limits = limits
    }

    /// Whether one origin has as many places as it may.
    func isFull(for origin: Origin?) -> Bool {
        origin.map { self.servedByOrigin[$0, default: 0] >= self.limits.connectionsOfOneAddress } ?? false
    }

    /// Finds a place for a new connection; ``leave(_:of:)`` gives it back.
    mutating func enter(_ origin: Origin?) -> Admission {
        if self.served < self.limits.connections, !self.isFull(for: origin) {
            self.served += 1
            if let origin { self.servedByOrigin[origin, default: 0] += 1 }
            return .served
        }
        guard self.refusals < self.limits.refusals else { return .dropped }
        self.refusals += 1
        return .refused
    }

    /// Gives a place back.
    mutating func leave(_ admission: Admission, of origin: Origin?) {
        switch admission {
        case .served:
            self.served -= 1
            guard let origin, let count = self.servedByOrigin[origin] else { return }
            self.servedByOrigin[origin] = count > 1 ? count - 1 : nil
        case .refused: self.refusals -= 1
        case .dropped: break
        }
    }
}
