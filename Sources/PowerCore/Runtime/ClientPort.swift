/// How trustworthy a device's variables are for a client at this moment.
public enum Availability: Hashable, Sendable {
    /// The values are fresh.
    case fresh
    /// The device has been silent for too long; NUT's `DATA-STALE`.
    case stale
    /// The device was never reached since the start; NUT's `DRIVER-NOT-CONNECTED`.
    case notConnected
}

/// An instant command of a device, as NUT's `LIST CMD` names it.
public struct InstantCommand: Hashable, Sendable {
    /// The name (`outlet.4.load.cycle`).
    public var name: String
    /// One sentence for `GET CMDDESC`; nil where NUT's standard text serves.
    public var description: String?

    /// Makes a command.
    public init(_ name: String, description: String? = nil) {
        self.name = name
        self.description = description
    }
}

/// All that a NUT client may know of one device, as one immutable value.
public struct DeviceSnapshot: Hashable, Sendable {
    /// The NUT name.
    public var id: DeviceID
    /// The text for `UPSDESC`; nil where the configuration gives none.
    public var description: String?
    /// How trustworthy the variables are.
    public var availability: Availability
    /// The variables, sorted by name.
    public var variables: [Variable]
    /// The commands, sorted by name.
    public var commands: [InstantCommand]

    /// Makes a snapshot; sorts what it is given.
    public init(
        id: DeviceID, description: String? = nil, availability: Availability, variables: [Variable] = [],
        commands: [InstantCommand] = []
    ) {
        self.id = id
        self.description = description
        self.availability = availability
        self.variables = Self.sorted(variables) { $0.name }
        self.commands = Self.sorted(commands) { $0.name }
    }

    /// What most devices give is sorted, and kept as it is: of a thousand devices everything would be there twice.
    private static func sorted<Element>(_ elements: [Element], by name: (Element) -> String) -> [Element] {
        let isSorted = zip(elements, elements.dropFirst()).allSatisfy { name($0) <= name($1) }
        return isSorted ? elements : elements.sorted { name($0) < name($1) }
    }

    /// The variable called `name`, without regard to case.
    public func variable(_ name: some StringProtocol) -> Variable? {
        let wanted = name.lowercased()
        return self.variables.first { $0.name.lowercased() == wanted }
    }
}

/// The whole of what clients may know, as one immutable value.
public struct PowerSnapshot: Hashable, Sendable {
    /// The devices in the order of the configuration: UPSes, PDUs, then the hosts' virtual UPSes.
    public var devices: [DeviceSnapshot]

    /// Makes a snapshot.
    public init(devices: [DeviceSnapshot] = []) {
        self.devices = devices
    }

    /// The device called `name`, without regard to case, as NUT compares names.
    public func device(_ name: some StringProtocol) -> DeviceSnapshot? {
        let wanted = name.lowercased()
        return self.devices.first { $0.id.name.lowercased() == wanted }
    }
}

/// Who gave an order: a person or program through the NUT protocol.
public struct Actor: Hashable, Codable, Sendable {
    /// The user name given with `USERNAME`.
    public var user: String
    /// The numeric address the connection comes from.
    public var address: String

    /// Makes an actor.
    public init(user: String, address: String) {
        self.user = user
        self.address = address
    }
}

/// Something a client asks the daemon to do, its right to it already checked.
public enum ClientOrder: Hashable, Sendable {
    /// Run an instant command (`INSTCMD`), with the one parameter NUT allows.
    case command(DeviceID, name: String, parameter: String?)
    /// Set a variable (`SET VAR`), the value already checked against the variable's kind.
    case set(DeviceID, variable: String, value: String)
    /// Tell everybody on this device to shut down (`FSD`).
    case forcedShutdown(DeviceID)
}

/// What kind of trouble an order met, in words that travel behind the sentence and that programs may rely on.
public enum OrderTrouble: String, Hashable, Codable, Sendable, CaseIterable {
    /// None of the others.
    case failed
    /// An interlock of the policy stands in the way, or an outlet that is not the one that is meant.
    case interlock
    /// The device cannot be reached.
    case unreachable
    /// The device has taken the order, and what is read back says otherwise.
    case notVerified = "not-verified"
    /// The device does not let this daemon do it.
    case notPermitted = "not-permitted"
    /// Somebody has locked the outlet, here or at the device.
    case locked
    /// Some of it was done and some was not.
    case partly
    /// There is no such outlet.
    case notFound = "not-found"
}

/// Why an order was not taken, with the sentence the user is shown.
public struct OrderRefusal: Error, Hashable, Sendable {
    /// The sentence, naming what stands in the way (`outlet rack-a/4 is the last live feed of storage`).
    public var reason: String
    /// Which kind of trouble it is.
    public var trouble: OrderTrouble

    /// Makes a refusal.
    public init(_ reason: String, _ trouble: OrderTrouble = .failed) {
        self.reason = reason
        self.trouble = trouble
    }
}

/// How an order that was taken came out.
public enum OrderOutcome: Hashable, Sendable {
    /// Done, and the state read back says so.
    case done
    /// Not done, with the sentence that says why, and which kind of trouble it is.
    case failed(String, OrderTrouble = .failed)
}

/// What the NUT server may ask of the rest of the daemon.
public protocol ClientPort: Sendable {
    /// What clients may know at this moment; returns at once, from any thread.
    var snapshot: PowerSnapshot { get }
    /// A client has logged in to a device (`LOGIN`): it depends on it from now on.
    func clientLoggedIn(_ device: DeviceID, by actor: Actor)
    /// A client that was logged in has left, by `LOGOUT` or by a lost connection.
    func clientLoggedOut(_ device: DeviceID, by actor: Actor, politely: Bool)
    /// Takes or refuses an order.
    ///
    /// Returns as soon as that is decided. When the order was taken, `outcome` is called exactly once, when it
    /// has been carried out or has failed, from any thread.
    func submit(
        _ order: ClientOrder, by actor: Actor, outcome: @escaping @Sendable (OrderOutcome) -> Void
    ) async throws(OrderRefusal)
}
