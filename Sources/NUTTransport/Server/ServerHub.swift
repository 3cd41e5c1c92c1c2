internal import NIOCore
internal import NUTProtocol
internal import PowerCore
internal import Synchronization

/// What all connections of a server share.
///
/// Each part has a lock of its own that is held for a look-up only, never while something is awaited.
final class ServerHub: Sendable {
    let daemon: any ClientPort
    let version: ServerVersion
    let limits: NUTServerLimits
    let logins = LoginRegistry()
    private let users: Mutex<UserTable>
    private let tracking = Mutex(TrackingTable())
    private let catalogue = Mutex(Catalogue(PowerSnapshot()))
    private let open = Mutex((connections: 0, refusals: 0))

    init(daemon: any ClientPort, users: UserTable, version: ServerVersion, limits: NUTServerLimits) {
        self.daemon = daemon
        self.version = version
        self.limits = limits
        self.users = Mutex(users)
    }

    /// The world as a session may see it at this moment.
    func world() -> ServerWorld {
        ServerWorld(hub: self, catalogue: self.currentCatalogue(), users: self.users.withLock { $0 })
    }

    func replaceUsers(_ users: UserTable) {
        self.users.withLock { $0 = users }
    }

    /// The catalogue of the daemon's present snapshot, made anew only when the snapshot has changed.
    ///
    /// Two snapshots that share their storage are equal at a glance, so this costs nothing while nothing happens.
    private func currentCatalogue() -> Catalogue {
        let snapshot = self.daemon.snapshot
        return self.catalogue.withLock { catalogue in
            if catalogue.snapshot != snapshot { catalogue = Catalogue(snapshot, reusing: catalogue) }
            return catalogue
        }
    }
}

extension ServerHub {
    /// Notes an order whose outcome will be asked for, and returns its new identifier.
    func beginTracking() -> String {
        let id = Self.makeIdentifier()
        self.tracking.withLock { $0.begin(id, at: Self.now) }
        return id
    }

    func finishTracking(_ id: String, _ outcome: OrderOutcome) {
        self.tracking.withLock { $0.finish(id, outcome) }
    }

    func forgetTracking(_ id: String) {
        self.tracking.withLock { $0.forget(id) }
    }

    func trackingState(of id: String) -> TrackingState? {
        self.tracking.withLock { $0.state(of: id, at: Self.now) }
    }

    private static var now: Moment {
        Moment(sinceOrigin: .nanoseconds(Int64(clamping: NIODeadline.now().uptimeNanoseconds)))
    }

    /// A UUID of version 4 (RFC 9562, 5.4) in capitals: nobody can guess another client's.
    static func makeIdentifier() -> String {
        var generator = SystemRandomNumberGenerator()
        let high = generator.next() & ~0xF000 | 0x4000
        let low = generator.next() & ~(0b11 << 62) | (0b10 << 62)
        let digits = Array((Self.hexadecimal(high) + Self.hexadecimal(low)).utf8)
        let groups = [0..<8, 8..<12, 12..<16, 16..<20, 20..<32]
        return groups.map { String(decoding: digits[$0], as: UTF8.self) }.joined(separator: "-")
    }

    private static func hexadecimal(_ value: UInt64) -> String {
        let digits = String(value, radix: 16, uppercase: true)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}

extension ServerHub {
    /// What a new connection is to be.
    enum Admission: Sendable {
        case served
        /// There are too many; it is told so.
        case refused
        /// There are too many even to tell them.
        case dropped
    }

    /// Finds a place for a new connection; ``leave(_:)`` gives it back.
    func admit() -> Admission {
        self.open.withLock { open in
            if open.connections < self.limits.connections {
                open.connections += 1
                return .served
            }
            guard open.refusals < self.limits.refusals else { return .dropped }
            open.refusals += 1
            return .refused
        }
    }

    func leave(_ admission: Admission) {
        self.open.withLock { open in
            switch admission {
            case .served: open.connections -= 1
            case .refused: open.refusals -= 1
            case .dropped: break
            }
        }
    }
}

/// The world of one moment, as the sessions ask for it.
struct ServerWorld: SessionWorld {
    let hub: ServerHub
    let catalogue: Catalogue
    let users: UserTable

    var version: ServerVersion { self.hub.version }

    func clients(of device: DeviceID) -> [String] {
        self.hub.logins.clients(of: device)
    }

    func trackingState(of id: String) -> TrackingState? {
        self.hub.trackingState(of: id)
    }
}
