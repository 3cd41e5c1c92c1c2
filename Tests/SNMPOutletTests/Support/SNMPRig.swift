import OutletContract
import PowerCore
import SNMPFamilies
import SNMPTables
import SNMPTransport
import Synchronization

/// A recording in the simulator with its faults: each fault is a device of its own, to which the driver is led over.
final class SNMPRig: OutletRig {
    /// How the simulator's devices are spoken to.
    enum Version: Sendable {
        case v1, v2c
        case v3(String)
    }

    /// Which recording, and what of it.
    struct Device: Sendable {
        var name: String
        var recording: String
        var roots: [String]
        var version: Version
        /// The column of states and its numbers for on and off, for a question that does not go through the driver.
        var column: String
        var on: String
        var off: String
        var count: Int
        /// The name of outlet 1.
        var firstName: String
    }

    /// The variants by name.
    private static let variants: [String: @Sendable (String) -> SimulatedPDU.Change] = [
        "well": { _ in .init() },
        "stuck": { _ in .init(extra: [1: "stuck=1"]) },
        "slow": { _ in .init(extra: [1: "lag=4"]) },
        "refuses": { _ in .init(extra: [1: "locked=1"]) },
        "renamed": { .init(names: [$0: "elsewhere"]) },
    ]

    let pdu: DeviceID = "rack-a"
    let controller: any OutletController
    let expected: [OutletReading]
    let usable = [1, 2, 3]
    let timekeeper: any Timekeeper = RealClock()
    private let device: Device
    private let simulator: Simulator
    private let port: SwitchedPort

    /// Starts a simulator with the device in all its variants.
    init(_ device: Device) async throws {
        self.device = device
        let files = try Dictionary(
            uniqueKeysWithValues: Self.variants.map { name, change in
                (name, try SimulatedPDU.lines(device.recording, below: device.roots, change(device.firstName)))
            })
        self.simulator = try await Simulator(files)
        self.port = SwitchedPort(
            Dictionary(uniqueKeysWithValues: (Array(files.keys) + ["nobody"]).map { [simulator] name in
                let isThere = name != "nobody"
                let access = Self.access(device.version, name)
                return (name, simulator.agent(access, timeout: isThere ? .seconds(3) : .milliseconds(300), retries: isThere ? 2 : 0))
            }))
        self.controller = SNMPOutlets(id: self.pdu, port: self.port, families: EmbeddedFamilies.all)
        self.expected = (1...device.count).map {
            OutletReading(number: $0, name: $0 == 1 ? device.firstName : nil, position: .on)
        }
    }

    private static func access(_ version: Version, _ name: String) -> SNMPOptions.Access {
        switch version {
        case .v1: return .v1(read: name, write: name)
        case .v2c: return .v2c(read: name, write: name)
        case .v3(let user):
            let (digest, cipher): (SNMPUser.Digest, SNMPUser.Cipher) =
                switch user {
                case "md5des": (.md5, .des)
                case "sha256aes": (.sha256, .aes128)
                default: (.sha, .aes128)
                }
            return .v3(
                SNMPUser(
                    name: user, authentication: .init(digest: digest, password: "authpass123"),
                    privacy: .init(cipher: cipher, password: "privpass123"), context: name))
        }
    }

    func stop() { self.simulator.stop() }

    func stand(of outlet: Int) async throws -> OutletPosition? {
        let answer = try await Command.run(
            "/usr/bin/snmpget",
            [
                "-v2c", "-c", self.port.variant, "-Oqv", "127.0.0.1:\(self.simulator.port)",
                "\(self.device.column).\(outlet)",
            ])
        switch answer.output.trimmingPrefix(while: \.isWhitespace).prefix(while: { !$0.isWhitespace }) {
        case self.device.on[...]: return .on
        case self.device.off[...]: return .off
        default: return nil
        }
    }

    func put(_ fault: OutletFault) async throws -> Bool {
        switch fault {
        case .stuck: self.port.lead(to: "stuck")
        case .slow: self.port.lead(to: "slow")
        case .refuses: self.port.lead(to: "refuses")
        case .renamed: self.port.lead(to: "renamed")
        case .unreachable: self.port.lead(to: "nobody")
        case .reboots: self.port.leaveAfterNextOrder(for: .seconds(3))
        // No device that was recorded has locks of its own.
        case .locked: return false
        }
        return true
    }

    func heal() async throws {
        self.port.lead(to: "well")
        for outlet in self.usable { try await self.controller.turn(outlet, .on) }
    }
}

/// Leads to one of several agents, or to none for some seconds after an order.
final class SwitchedPort: SNMPPort {
    private struct State {
        var variant = "well"
        var absence: Duration?
        var awayUntil: ContinuousClock.Instant?
    }

    private let agents: [String: any SNMPPort]
    private let state = Mutex(State())

    init(_ agents: [String: any SNMPPort]) {
        self.agents = agents
    }

    var variant: String { self.state.withLock { $0.variant } }

    func lead(to variant: String) {
        self.state.withLock { $0 = State(variant: variant) }
    }

    func leaveAfterNextOrder(for absence: Duration) {
        self.state.withLock { $0.absence = absence }
    }

    private func agent() throws(SNMPFailure) -> any SNMPPort {
        let name = self.state.withLock { state in
            if let until = state.awayUntil, ContinuousClock.now < until { return "nobody" }
            return state.variant
        }
        guard let agent = self.agents[name] else { throw SNMPFailure(.silent, "no such variant") }
        return agent
    }

    func get(_ names: [OID]) async throws(SNMPFailure) -> [SNMPValue] {
        try await self.agent().get(names)
    }

    func walk(_ root: OID, limit: Int) async throws(SNMPFailure) -> [(name: OID, value: SNMPValue)] {
        try await self.agent().walk(root, limit: limit)
    }

    func set(_ objects: [(name: OID, value: SNMPValue)], isRepeatable: Bool) async throws(SNMPFailure) {
        try await self.agent().set(objects, isRepeatable: isRepeatable)
        self.state.withLock { state in
            guard let absence = state.absence else { return }
            state.absence = nil
            state.awayUntil = ContinuousClock.now + absence
        }
    }
}

/// The machine's clock.
struct RealClock: Timekeeper {
    private static let origin = ContinuousClock.now

    var now: Moment { Moment(sinceOrigin: ContinuousClock.now - Self.origin) }

    func sleep(until moment: Moment) async throws {
        try await Task.sleep(until: Self.origin + (moment - Moment(sinceOrigin: .zero)), clock: .continuous)
    }
}
