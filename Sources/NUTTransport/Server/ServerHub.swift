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
    let complaints: ComplaintLog
    private let places: Mutex<Places>
    private let silence: Mutex<Duration>

    init(
        daemon: any ClientPort, users: UserTable, version: ServerVersion, tls: ServerTLS?,
        hashing: (any PasswordHashing)?, access: AccessList, limits: NUTServerLimits, complaints: ComplaintLog
    ) {
        self.complaints = complaints
        self.places = Mutex(Places(limits))
        self.silence = Mutex(limits.idle)
        self.access = access
        self.tracking = Mutex(TrackingTable(lifetime: limits.tracking))
        self.hashing = hashing
        self.daemon = daemon
        self.version = version
        self.limits = limits
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
    var idle: Duration { self.silence.withLock { $0 } }

    func replaceLimits(connections: Int, idle: Duration) {
        self.places.withLock { $0.limits.connections = connections }
        self.silence.withLock { $0 = idle }
    }

    func replaceUsers(_ users: UserTable) {
        self.users.withLock { $0 = users }
    }

    func replaceAliases(_ aliases: [Configuration.Alias]) {
        self.catalogue.withLock { $0 = Catalogue($0.snapshot, aliases: aliases, reusing: $0) }
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
            if catalogue.snapshot != snapshot {
                catalogue = Catalogue(snapshot, aliases: catalogue.aliases, reusing: catalogue)
            }
            return catalogue
        }
    }
}

extension ServerHub {
    /// Finds a place for a new connection; ``leave(_:of:)`` gives it back.
    func enter(_ origin: Places.Origin?, from address: String?) -> Places.Admission {
        let (admission, isFullForIt) = self.places.withLock { places in
            let isFullForIt = places.isFull(for: origin)
            return (places.enter(origin), isFullForIt)
        }
        if admission != .served { self.complaints.note(isFullForIt ? .tooManyOfOneAddress : .noRoom, of: address) }
        return admission
    }

    func leave(_ admission: Places.Admission, of origin: Places.Origin?) {
        self.places.withLock { $0.leave(admission, of: origin) }
    }
}
