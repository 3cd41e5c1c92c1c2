public import PowerCore

/// A user as `upsd.users` describes it.
public struct NUTFileUser: Hashable, Sendable {
    /// What a user may do beside setting and commanding; `upsmon` stands for several of them.
    public enum Action: String, Hashable, Sendable, CaseIterable {
        /// Set variables.
        case set = "SET"
        /// Announce a shutdown.
        case forceShutdown = "FSD"
        /// Log in as a host that depends on the UPS.
        case login = "LOGIN"
        /// Be the primary; NUT's older word is `MASTER`.
        case primary = "PRIMARY"
    }

    /// The name of the section, compared with case.
    public var name: String
    /// Where the section begins.
    public var place: NUTFilePlace
    /// The password; an empty one is one. Nobody can log in as a user without.
    public var password: NUTPlaced<String>?
    /// What it may do, `upsmon` written out.
    public var actions: Set<Action>
    /// The instant commands it may run.
    public var commands: Configuration.User.Scope

    /// The role that holds all of its actions but `SET`; nil where it may not log in.
    public var role: Configuration.User.Role? {
        guard self.actions.contains(.login) else { return nil }
        return self.actions.isSuperset(of: [.primary, .forceShutdown]) ? .primary : .secondary
    }

    /// The same user for our server, with its password as it is; nil for one without.
    ///
    /// `FSD` and `PRIMARY` without the rest of what makes a primary are left out: a right that has no equal is none.
    public var configured: Configuration.User? {
        guard let password = self.password?.value, !password.isEmpty else { return nil }
        return Configuration.User(
            name: self.name, password: .plain(password), role: self.role,
            set: self.actions.contains(.set) ? .all : .only([]), commands: self.commands)
    }
}
