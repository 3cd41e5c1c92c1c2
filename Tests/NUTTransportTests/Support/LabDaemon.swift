import NUTProtocol
import PowerCore

/// The daemon behind the server, as far as clients see it, played by the test.
final class LabDaemon: ClientPort {
    /// What becomes of an order.
    enum Manner: Sendable {
        /// It is taken and done at once.
        case done
        /// It is taken, and fails at once.
        case fails(String)
        /// It is taken, and nothing comes of it before ``LabDaemon/finish(_:)``.
        case slow
        /// It is refused.
        case refuses(String)
        /// Nobody says whether it is taken before ``LabDaemon/manner`` changes.
        case ponders
    }

    enum Event: Hashable, Sendable {
        case loggedIn(DeviceID, Actor)
        case loggedOut(DeviceID, Actor, politely: Bool)
        case ordered(ClientOrder, Actor)
    }

    struct State: Sendable {
        var snapshot: PowerSnapshot
        var manner = Manner.done
        var events: [Event] = []
        var unfinished: [@Sendable (OrderOutcome) -> Void] = []
    }

    let state: Watched<State>

    init(_ devices: [DeviceSnapshot] = LabDaemon.devices) {
        self.state = Watched(State(snapshot: PowerSnapshot(devices: devices)))
    }

    var snapshot: PowerSnapshot { self.state.value.snapshot }

    var events: [Event] { self.state.value.events }

    var manner: Manner {
        get { self.state.value.manner }
        set { self.state.change { $0.manner = newValue } }
    }

    /// Puts a value into a variable of a device; what is not there is added.
    func show(_ value: String, as variable: String, of device: DeviceID = "ups") {
        self.state.change { state in
            guard let place = state.snapshot.devices.firstIndex(where: { $0.id == device }) else { return }
            var variables = state.snapshot.devices[place].variables
            if let index = variables.firstIndex(where: { $0.name == variable }) {
                variables[index].value = value
            } else {
                variables.append(Variable(variable, value))
            }
            let old = state.snapshot.devices[place]
            state.snapshot.devices[place] = DeviceSnapshot(
                id: old.id, description: old.description, availability: old.availability, variables: variables,
                commands: old.commands)
        }
    }

    /// Lets all taken orders come out.
    func finish(_ outcome: OrderOutcome) {
        let unfinished = self.state.change { state in
            defer { state.unfinished = [] }
            return state.unfinished
        }
        for finish in unfinished { finish(outcome) }
    }

    /// Returns whether the events came to be as wanted in time.
    func wait(until isDone: @escaping @Sendable ([Event]) -> Bool) async -> Bool {
        await self.state.wait { isDone($0.events) }
    }

    func clientLoggedIn(_ device: DeviceID, by actor: Actor) {
        self.state.change { $0.events.append(.loggedIn(device, actor)) }
    }

    func clientLoggedOut(_ device: DeviceID, by actor: Actor, politely: Bool) {
        self.state.change { $0.events.append(.loggedOut(device, actor, politely: politely)) }
    }

    func submit(
        _ order: ClientOrder, by actor: Actor, outcome: @escaping @Sendable (OrderOutcome) -> Void
    ) async throws(OrderRefusal) {
        self.state.change { $0.events.append(.ordered(order, actor)) }
        _ = await self.state.wait { if case .ponders = $0.manner { false } else { true } }
        switch self.manner {
        case .done, .ponders:
            self.carryOut(order)
            outcome(.done)
        case .fails(let reason): outcome(.failed(reason))
        case .slow: self.state.change { $0.unfinished.append(outcome) }
        case .refuses(let reason): throw OrderRefusal(reason)
        }
    }

    private func carryOut(_ order: ClientOrder) {
        switch order {
        case .command: break
        case .set(let device, let variable, let value): self.show(value, as: variable, of: device)
        case .forcedShutdown(let device):
            let status = self.snapshot.device(device.name)?.variable("ups.status")?.value ?? ""
            if !status.hasPrefix("FSD") { self.show("FSD \(status)", as: "ups.status", of: device) }
        }
    }
}

extension LabDaemon {
    static let devices = [
        DeviceSnapshot(
            id: "ups", description: "Rack UPS", availability: .fresh,
            variables: [
                Variable("battery.charge", "100", kind: .number),
                Variable("battery.charge.low", "20", kind: .range(10...50), isWritable: true),
                Variable(
                    "input.sensitivity", "normal", kind: .enumeration(["low", "normal", "high"]), isWritable: true),
                Variable("ups.id", "rack", kind: .string(maximumLength: 8), isWritable: true),
                Variable("ups.mfr", "Example"),
                Variable("ups.status", "OL"),
            ],
            commands: [InstantCommand("load.off"), InstantCommand("outlet.4.load.cycle")]),
        DeviceSnapshot(id: "pdu", availability: .fresh, variables: [Variable("ups.status", "OL")]),
        DeviceSnapshot(id: "quiet", availability: .stale),
        DeviceSnapshot(id: "never", availability: .notConnected),
    ]

    static let users = UserTable(
        [
            ("admin", "secret", NUTUser.Role.primary, Grant.all),
            ("mon", "pass", .secondary, .none),
        ].compactMap { name, password, role, grant in
            Password(plain: password).map {
                NUTUser(name: name, password: $0, role: role, settable: grant, commands: grant)
            }
        })
}
