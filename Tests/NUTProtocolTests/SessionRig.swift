import NUTProtocol
import PowerCore

/// A server in memory: one connection, one session, a world of plain values.
struct SessionRig: SessionWorld {
    var catalogue: Catalogue
    var users: UserTable = Self.standardUsers
    var version = ServerVersion(product: "upsd-swift 0.0.0")
    var encryption = EncryptionOffer.none
    var session = Session(address: "192.0.2.7")
    var parser = LineParser()
    /// What the daemon says to the next order; nil takes it.
    var refusal: String?
    /// Everything but replies that the session asked for, in order.
    var effects: [SessionEffect] = []
    var isClosed = false
    private var logins: [DeviceID: [String]] = [:]
    private var tracking: [String: TrackingState] = [:]
    private var orders = 0

    init(_ devices: [DeviceSnapshot] = Self.standardDevices) {
        self.catalogue = Catalogue(PowerSnapshot(devices: devices))
    }

    func clients(of device: DeviceID) -> [String] { self.logins[device] ?? [] }

    func trackingState(of id: String) -> TrackingState? { self.tracking[id.uppercased()] }

    /// Sends `text` as it is and returns all that comes back.
    mutating func send(_ text: String) -> String {
        self.send(bytes: Array(text.utf8))
    }

    /// Sends one line and returns all that comes back, without the last line end.
    mutating func ask(_ line: String) -> String {
        var reply = self.send(line + "\n")
        if reply.last == "\n" { reply.removeLast() }
        return reply
    }

    mutating func send(bytes: [UInt8]) -> String {
        var replies = ReplyBuffer()
        var index = 0
        while index < bytes.count, !self.isClosed {
            let (next, event) = self.parser.consume(bytes.span, from: index)
            index = next
            switch event {
            case .incomplete, .unreadable: break
            case .endless: self.isClosed = true
            case .line:
                for effect in self.session.handle(self.parser.line, in: self, replies: &replies) {
                    self.carryOut(effect, replies: &replies)
                }
            }
        }
        return replies.text
    }

    /// Gives the user's name and password.
    mutating func authenticate(_ user: String, _ password: String) {
        _ = self.send("USERNAME \(user)\nPASSWORD \(password)\n")
    }

    /// Says how the order with the identifier `id` came out.
    mutating func finish(_ id: String, _ outcome: OrderOutcome) {
        self.tracking[id] = .finished(outcome)
    }

    private mutating func carryOut(_ effect: SessionEffect, replies: inout ReplyBuffer) {
        self.effects.append(effect)
        switch effect {
        case .login(let device): self.logins[device, default: []].insert(self.session.address, at: 0)
        case .logout(let device): self.logins[device] = nil
        case .close: self.isClosed = true
        // The bytes that follow come through TLS.
        case .startTLS: break
        case .submit(let order, let isTracked):
            if let refusal = self.refusal { return replies.appendRefused(order, OrderRefusal(refusal)) }
            self.orders += 1
            let id = "00000000-0000-4000-8000-00000000000\(self.orders)"
            if isTracked { self.tracking[id] = .pending }
            replies.appendTaken(order, trackingID: isTracked ? id : nil)
        }
    }
}

extension SessionRig {
    static let standardDevices = [
        DeviceSnapshot(
            id: "ups", description: "Rack UPS", availability: .fresh,
            variables: [
                Variable("battery.charge", "100", kind: .number),
                Variable("battery.charge.low", "20", kind: .range(10...50), isWritable: true),
                Variable(
                    "input.sensitivity", "normal", kind: .enumeration(["low", "normal", "high"]), isWritable: true),
                Variable("ups.delay.start", "30", kind: .number, isWritable: true),
                Variable("ups.id", "rack", kind: .string(maximumLength: 8), isWritable: true),
                Variable("ups.mfr", "Example"),
                Variable("ups.model", #"A "B" \ #1"#),
                Variable("ups.status", "OL CHRG"),
                Variable("ups.test.date", "never", kind: .string(maximumLength: 0), isWritable: true),
            ],
            commands: [
                InstantCommand("load.off"), InstantCommand("outlet.4.load.cycle"),
                InstantCommand("vendor.dance", description: "Dance"),
            ]),
        DeviceSnapshot(
            id: "Attic", availability: .fresh, variables: [Variable("ups.status", "OB DISCHRG")]),
        DeviceSnapshot(id: "quiet", availability: .stale, variables: [Variable("ups.status", "OL")]),
        DeviceSnapshot(id: "never", availability: .notConnected),
    ]

    static let standardUsers = UserTable([
        NUTUser("admin", "secret", .primary, settable: .all, commands: .all),
        NUTUser("mon", "pass", .secondary),
        NUTUser("picky", "pass", nil, settable: .only(["ups.id"]), commands: .only(["LOAD.OFF"])),
        NUTUser("fenced", "pass", .primary, settable: .all, commands: .all, devices: .only(["attic"])),
        NUTUser("odd name", #"a "b" #c\"#, .secondary),
    ])
}

extension NUTUser {
    /// A user with a password that is known to be sendable.
    init(
        _ name: String, _ password: String, _ role: Role?, settable: Grant = .none, commands: Grant = .none,
        devices: Grant = .all
    ) {
        guard let password = Password(plain: password) else { preconditionFailure("a test's password is sendable") }
        self.init(
            name: name, password: password, role: role, settable: settable, commands: commands, devices: devices)
    }
}
