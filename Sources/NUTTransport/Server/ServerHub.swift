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
    private let tls: Mutex<ServerTLS?>
    let access: AccessList
    let hashing: (any PasswordHashing)?
    let backOff = Mutex(PasswordBackOff())
    let tracking: Mutex<TrackingTable>
    private let catalogue = Mutex(Catalogue(PowerSnapshot()))
    private let open = Mutex((connections: 0, refusals: 0))
    /// The limits that may change while connections last.
    private let changing: Mutex<(connections: Int, idle: Duration)>

    init(
        daemon: any ClientPort, users: UserTable, version: ServerVersion, tls: ServerTLS?,
        hashing: (any PasswordHashing)?, access: AccessList, limits: NUTServerLimits
    ) {
        self.access = access
        self.tracking = Mutex(TrackingTable(lifetime: limits.tracking))
        self.hashing = hashing
        self.daemon = daemon
        self.version = version
        self.limits = limits
        self.changing = Mutex((limits.connections, limits.idle))
        self.users = Mutex(users)
        self.tls = Mutex(tls)
    }

    /// The world as a session may see it at this moment.
    func world(requiresTLS: Bool) -> ServerWorld {
        ServerWorld(
            hub: self, catalogue: self.currentCatalogue(), users: self.users.withLock { $0 },
            tls: self.tls.withLock { $0 }, requiresTLS: requiresTLS)
    }

    /// Whether clients must encrypt wherever they come.
    var requiresTLS: Bool { self.tls.withLock { $0?.isRequired ?? false } }

    /// How long a client may be silent after its last complete line.
    var idle: Duration { self.changing.withLock { $0.idle } }

    func replaceLimits(connections: Int, idle: Duration) {
        self.changing.withLock { $0 = (connections, idle) }
    }

    func replaceUsers(_ users: UserTable) {
        self.users.withLock { $0 = users }
    }

    func replaceTLS(_ tls: ServerTLS?) {
        self.tls.withLock { $0 = tls }
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
        let most = self.changing.withLock { $0.connections }
        return self.open.withLock { open in
            if open.connections < most {
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
