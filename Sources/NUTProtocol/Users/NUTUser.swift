public import PowerCore

/// A user that clients may give with `USERNAME` and `PASSWORD`, and what the user may do.
public struct NUTUser: Hashable, Sendable {
    /// What an `upsmon` with this user is to its UPS.
    public enum Role: Hashable, Sendable {
        /// A host that is told to shut down; may `LOGIN`.
        case secondary
        /// The host that tells the others; may `LOGIN`, `PRIMARY`, `MASTER` and `FSD`.
        case primary
    }

    /// What a role gives together, and NUT's `actions` one by one.
    public enum Power: Hashable, Sendable {
        /// To be counted as a host that depends on a device (`LOGIN`).
        case login
        /// To be told that it is the primary (`PRIMARY`, `MASTER`).
        case actAsPrimary
        /// To tell all hosts of a device to shut down (`FSD`).
        case forceShutdown
    }

    /// Something a user may be allowed to do to a device.
    public enum Right: Hashable, Sendable {
        /// To be counted as a host that depends on it (`LOGIN`).
        case login
        /// To be told that it is the primary (`PRIMARY`, `MASTER`).
        case actAsPrimary
        /// To tell all its hosts to shut down (`FSD`).
        case forceShutdown
        /// To set this variable (`SET VAR`).
        case set(variable: String)
        /// To run this instant command (`INSTCMD`).
        case run(command: String)
    }

    /// The name, compared with case.
    public var name: String
    /// What the password is checked against.
    public var password: Password
    /// The role in a shutdown; nil for a user that no `upsmon` uses.
    public var role: Role?
    /// What the user may do besides what its role gives.
    public var powers: Set<Power> = []
    /// The variables that the user may set.
    public var settable: Grant
    /// The instant commands that the user may run.
    public var commands: Grant
    /// The devices that all of this holds for.
    public var devices: Grant

    /// Makes a user that may do nothing but what is said.
    public init(
        name: String, password: Password, role: Role? = nil, settable: Grant = .none, commands: Grant = .none,
        devices: Grant = .all
    ) {
        self.name = name
        self.password = password
        self.role = role
        self.settable = settable
        self.commands = commands
        self.devices = devices
    }

    /// Whether the user may do `right` to `device`.
    public func may(_ right: Right, on device: DeviceID) -> Bool {
        guard self.devices.covers(device.name) else { return false }
        switch right {
        case .login: return self.role != nil || self.powers.contains(.login)
        case .actAsPrimary: return self.role == .primary || self.powers.contains(.actAsPrimary)
        case .forceShutdown: return self.role == .primary || self.powers.contains(.forceShutdown)
        case .set(let variable): return self.settable.covers(variable)
        case .run(let command): return self.commands.covers(command)
        }
    }
}
