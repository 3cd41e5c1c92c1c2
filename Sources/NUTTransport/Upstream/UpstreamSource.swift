internal import NUTProtocol
public import PowerCore

/// A UPS or PDU that another NUT server serves.
public struct UpstreamSource: UPSSource {
    /// Who we are for the other server.
    public struct Credentials: Hashable, Sendable {
        /// The user's name.
        public var user: String
        /// The user's password.
        public var password: String

        /// Makes credentials.
        public init(user: String, password: String) {
            self.user = user
            self.password = password
        }
    }

    /// Which device of which server.
    public struct Place: Hashable, Sendable, CustomStringConvertible {
        /// The server's address or host name.
        public var host: String
        /// The server's port.
        public var port: Int
        /// The device's name there.
        public var device: String

        /// Makes a place.
        public init(host: String, port: Int, device: String) {
            self.host = host
            self.port = port
            self.device = device
        }

        /// The place as NUT's clients write it, `ups@host:port`.
        public var description: String { "\(self.device)@\(self.host):\(self.port)" }
    }

    /// How often the other server is asked.
    public struct Pace: Hashable, Sendable {
        /// How often for `ups.status`. A server closes a connection that is idle for a minute.
        public var quick: Duration
        /// How often for everything; it is also asked for when the status changes.
        public var full: Duration

        /// Makes a pace.
        public init(quick: Duration = .seconds(2), full: Duration = .seconds(30)) {
            self.quick = quick
            self.full = full
        }
    }

    private let place: Place
    private let credentials: Credentials?
    private let tls: ClientTLS
    private let pace: Pace
    private let limits: NUTClientLimits
    private let timekeeper: any Timekeeper

    /// Makes a source; without credentials nothing can be set and no command be run.
    public init(
        place: Place, credentials: Credentials? = nil, tls: ClientTLS = .off, pace: Pace = Pace(),
        limits: NUTClientLimits = NUTClientLimits(), timekeeper: any Timekeeper
    ) {
        self.place = place
        self.credentials = credentials
        self.tls = tls
        self.pace = pace
        self.limits = limits
        self.timekeeper = timekeeper
    }

    /// Connects, and begins to ask.
    public func open() async throws(DeviceFailure) -> any SourcedLink {
        do throws(NUTClientError) {
            let client = try await NUTClient.connect(
                host: self.place.host, port: self.place.port, tls: self.tls, limits: self.limits)
            if let credentials {
                do throws(NUTClientError) {
                    try await client.authenticate(user: credentials.user, password: credentials.password)
                } catch {
                    await client.close()
                    throw error
                }
            }
            return UpstreamLink(
                client, place: self.place, mayOrder: self.credentials != nil, pace: self.pace,
                timekeeper: self.timekeeper)
        } catch {
            throw error.failure(of: self.place)
        }
    }
}

extension NUTClientError {
    /// The failure of a device behind another server.
    func failure(of place: UpstreamSource.Place) -> DeviceFailure {
        DeviceFailure(self.kind, device: place.description, detail: self.description)
    }

    private var kind: DeviceFailure.Kind {
        switch self {
        case .unreachable, .closed: .gone
        case .notEncrypted: .notPermitted
        case .timedOut, .noResult: .timedOut
        case .tooManyRequests: .busy
        case .unreadable, .unexpected: .stalled
        case .unsendable: .notSupported
        case .failed(_, _, let trouble): trouble.flatMap(Self.kind) ?? .stalled
        case .refused(.accessDenied, _, _): .notPermitted
        case .refused(_, _, let trouble): trouble.flatMap(Self.kind) ?? .notSupported
        }
    }

    /// What another server of ours means by its word for what stood in the way.
    private static func kind(of trouble: String) -> DeviceFailure.Kind? {
        switch OrderTrouble(rawValue: trouble) {
        case .locked: .locked
        case .notPermitted, .interlock: .notPermitted
        case .unreachable: .timedOut
        case .notFound: .notSupported
        case .failed, .notVerified, .partly, nil: nil
        }
    }
}
