import NUTProtocol
import NUTTransport
import PowerCore

/// All that a daemon runs by, read whole, from whatever files.
struct LoadedConfiguration: Sendable {
    /// Why a configuration cannot be used: the lines that say it, each with its file and place.
    struct Refusal: Error, Equatable {
        var lines: [String]
    }

    /// The values.
    var configuration: Configuration
    /// Who may log in, and the passwords.
    var users: UserTable
    /// The server's certificate; nil where connections are not encrypted.
    var tls: ServerTLS?
}

extension LoadedConfiguration {
    /// What was read from our own file, or every line that says why it cannot be used.
    init(_ loaded: ConfigurationLoader.Loaded, file: String) throws(Refusal) {
        guard let configuration = loaded.reading.configuration else {
            throw Refusal(lines: loaded.reading.problems.filter { $0.severity == .error }.map { $0.line(in: file) })
        }
        self.configuration = configuration
        self.users = UserTable(
            configuration.server.users.compactMap { user in
                Self.password(of: user, among: loaded.passwords).map { NUTUser(user, password: $0) }
            })
        self.tls = loaded.tls
    }

    private static func password(of user: Configuration.User, among passwords: [String: String]) -> Password? {
        if case .hash(let hash) = user.password { return Password(hash: hash) }
        return passwords[user.name].flatMap { Password(plain: $0) }
    }
}

extension NUTUser {
    /// The user as the configuration says it, with the password read from where it stands.
    init(_ user: Configuration.User, password: Password) {
        let role: NUTUser.Role? =
            switch user.role {
            case .secondary: .secondary
            case .primary: .primary
            case nil: nil
            }
        self.init(
            name: user.name, password: password, role: role, settable: Grant(user.set),
            commands: Grant(user.commands), devices: Grant(user.devices))
    }
}

extension Grant {
    init(_ scope: Configuration.User.Scope) {
        switch scope {
        case .all: self = .all
        case .only(let names): self = .only(names)
        }
    }
}
