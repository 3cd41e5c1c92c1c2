import NUTProtocol
import PowerCore

/// What a server in the place of NUT's does, as NUT's own files say it.
struct CompatibilityConfiguration: Equatable {
    /// A UPS behind the socket of a driver.
    struct UPS: Equatable {
        var id: DeviceID
        var socket: String
        var description: String?
    }

    /// Why the server does not start, or goes on with what it had.
    struct Refusal: Error, Equatable, CustomStringConvertible {
        var description: String
    }

    /// NUT's `MAXAGE` without more words.
    static let usualMaximumAge = 15
    /// NUT waits a second longer than `MAXAGE` says (2.8.5).
    static let grace = 1

    /// The UPSes in the order of ups.conf.
    var upses: [UPS] = []
    /// Where to listen, in the order of upsd.conf.
    var listen: [NUTServerSettings.Listen] = []
    /// Whether the places in ``listen`` are those of a file without any.
    var isListenUsual = false
    /// Who may do what.
    var users = UserTable()
    /// How long a driver may say nothing until its data is stale.
    var staleAfter = Duration.seconds(Self.usualMaximumAge + Self.grace)
    /// For how long the outcome of an order can be asked for; nil for the usual time.
    var trackingDelay: Duration?
    /// Connections at once, those of drivers and listeners counted in; nil for as many as the system gives.
    var maximumConnections: Int?
    /// Whether the server starts without a UPS.
    var allowsNoDevice = false
    /// Whether it starts where it cannot listen at every place.
    var allowsNotAllListeners = false
    /// How much is logged at least.
    var debugMinimum = 0
    /// The PEM file with the server's certificate and its key.
    var certificate: String?
    /// What is not done as it is written, a line each.
    var notes: [String] = []

    /// Understands `nut`; `places` are where the sockets are.
    init(_ nut: NUTConfiguration, places: CompatibilityPlaces, environment: [String: String] = [:]) {
        self.readServer(nut.server, environment)
        var users: [NUTUser] = []
        for user in nut.users { if let known = self.known(user) { users.append(known) } }
        self.users = UserTable(users)
        self.readUPSes(nut, places)
        self.noteMistakes(nut)
    }

    private mutating func readServer(_ server: NUTServerSettings, _ environment: [String: String]) {
        self.listen = server.listen.map(\.value)
        if self.listen.isEmpty {
            self.isListenUsual = true
            self.listen = ["127.0.0.1", "::1"].map { .init(address: $0) }
        }
        self.staleAfter = .seconds(max(1, server.maximumAge?.value ?? Self.usualMaximumAge) + Self.grace)
        self.trackingDelay = server.trackingDelay.map { .seconds($0.value) }
        self.maximumConnections = server.maximumConnections?.value
        self.debugMinimum = server.debugMinimum?.value ?? 0
        self.allowsNoDevice = server.allowsNoDevice?.value ?? Self.isTrue(environment["ALLOW_NO_DEVICE"])
        self.allowsNotAllListeners =
            server.allowsNotAllListeners?.value ?? Self.isTrue(environment["ALLOW_NOT_ALL_LISTENERS"])
        self.certificate = server.encryption.last { $0.name == "CERTFILE" }?.value
        for setting in server.encryption where setting.name != "CERTFILE" { self.noteEncryption(setting) }
    }

    private static func isTrue(_ text: String?) -> Bool {
        ["true", "yes", "on", "1"].contains(text?.lowercased() ?? "")
    }

    private mutating func note(_ place: NUTFilePlace, _ text: String) {
        self.notes.append("\(place): \(text)")
    }

    private mutating func noteEncryption(_ setting: NUTDirective) {
        switch setting.name {
        case "DISABLE_WEAK_SSL": break
        case "CERTREQUEST" where ["0", "NO"].contains(setting.value?.uppercased() ?? ""): break
        case "CERTREQUEST":
            self.note(setting.place, "CERTREQUEST is not honoured: clients are asked for no certificate")
        default:
            self.note(setting.place, "\(setting.name) is not honoured: the certificate and its key stand in CERTFILE")
        }
    }

    // MARK: Users

    /// The user with its rights; nil for one as whom nobody can log in.
    private mutating func known(_ user: NUTFileUser) -> NUTUser? {
        guard let text = user.password?.value else {
            self.note(user.place, "the user has no password that is known; nobody can log in as it")
            return nil
        }
        guard let password = Password(plain: text) else {
            self.note(user.place, "the user's password has characters that no client can send")
            return nil
        }
        var known = NUTUser(name: user.name, password: password)
        known.powers = Set(user.actions.compactMap(\.power))
        if user.actions.contains(.set) { known.settable = .all }
        switch user.commands {
        case .all: known.commands = .all
        case .only(let names): known.commands = .only(names)
        }
        return known
    }

    /// What stands in the files of the server that cannot be meant as it stands.
    private mutating func noteMistakes(_ nut: NUTConfiguration) {
        for mistake in nut.mistakes where mistake.place.file == .upsd || mistake.place.file == .users {
            self.note(mistake.place, "\(mistake.subject): \(mistake.text)")
        }
        let known = CompatibilityConfiguration.serverNames
        for directive in nut.directives
        where directive.place.file == .upsd && directive.shape == .words && !known.contains(directive.name) {
            self.note(directive.place, "upsd.conf has no such setting; it is ignored")
        }
    }

    private static let serverNames: Set<String> = [
        "LISTEN", "MAXAGE", "TRACKINGDELAY", "MAXCONN", "STATEPATH", "DATAPATH", "ALLOW_NO_DEVICE",
        "ALLOW_NOT_ALL_LISTENERS", "DEBUG_MIN", "CERTFILE", "CERTPATH", "CERTIDENT", "CERTREQUEST", "DISABLE_WEAK_SSL",
    ]
}

extension NUTFileUser.Action {
    /// What our server calls it; nil for the right to set, which has an extent.
    fileprivate var power: NUTUser.Power? {
        switch self {
        case .login: .login
        case .primary: .actAsPrimary
        case .forceShutdown: .forceShutdown
        case .set: nil
        }
    }
}
