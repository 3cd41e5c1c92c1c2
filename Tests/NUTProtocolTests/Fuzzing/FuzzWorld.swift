import NUTProtocol
import PowerCore

/// The world that the fuzzed sessions see: every kind of variable, right and password, and lines that do not fit.
struct FuzzWorld: SessionWorld {
    var catalogue: Catalogue
    var users = Self.standardUsers
    var version = ServerVersion(product: "upsd-swift 0.0.0")
    var encryption: EncryptionOffer
    var logins: [DeviceID: [String]] = [:]
    var tracking: [String: TrackingState] = [:]

    init(_ devices: [DeviceSnapshot] = Self.standardDevices, encryption: EncryptionOffer = .none) {
        self.catalogue = Catalogue(PowerSnapshot(devices: devices))
        self.encryption = encryption
    }

    func clients(of device: DeviceID) -> [String] { self.logins[device] ?? [] }

    func trackingState(of id: String) -> TrackingState? { self.tracking[id.uppercased()] }

    /// Makes fresh what is stale and the other way round; catalogues are made anew when something changes.
    mutating func turn() {
        var snapshot = self.catalogue.snapshot
        for index in snapshot.devices.indices {
            let old = snapshot.devices[index]
            let turned: Availability = old.availability == .fresh ? .stale : .fresh
            snapshot.devices[index].availability = old.id == "never" ? .notConnected : turned
        }
        self.catalogue = Catalogue(snapshot, reusing: self.catalogue)
    }

    static let hash = "a hash of right"

    static let standardDevices = [
        DeviceSnapshot(
            id: "ups", description: "Rack \"UPS\" #1 \\", availability: .fresh,
            variables: [
                Variable("battery.charge", "100", kind: .number, isWritable: true),
                Variable("battery.charge.low", "20", kind: .range(10...50), isWritable: true),
                Variable("input.sensitivity", "a b", kind: .enumeration(["a b", "\"", "#"]), isWritable: true),
                Variable("ups.id", "rack", kind: .string(maximumLength: 8), isWritable: true),
                Variable("ups.model", String(repeating: "\"\\#", count: 300)),
                Variable("ups.mfr", "1\"\nERR x\r\0\u{1B}Grüße"),
                Variable("ups.status", "OL CHRG"),
                Variable("ups.test.date", "never", kind: .string(maximumLength: 0), isWritable: true),
            ],
            commands: [
                InstantCommand("load.off"), InstantCommand("go", description: "x\ny\""),
            ]),
        DeviceSnapshot(
            id: DeviceID(String(repeating: "d", count: DevicePage.maximumNameBytes)), availability: .fresh,
            variables: [Variable(String(repeating: "v", count: 180), "1", kind: .range(.min ... .max))]),
        DeviceSnapshot(id: "Attic", availability: .fresh, variables: [Variable("ups.status", "OB")]),
        DeviceSnapshot(id: "never", availability: .notConnected),
    ]

    static let standardUsers = UserTable(
        [
            ("a", "p", NUTUser.Role.primary, Grant.all, Grant.all),
            ("m", "p", .secondary, .none, .all),
            ("s", "p q", nil, .only(["ups.id"]), .only(["attic"])),
        ].compactMap { name, password, role, rights, devices in
            Password(plain: password).map {
                NUTUser(name: name, password: $0, role: role, settable: rights, commands: rights, devices: devices)
            }
        } + [NUTUser(name: "h", password: Password(hash: Self.hash), role: .primary, settable: .all, commands: .all)])
}
