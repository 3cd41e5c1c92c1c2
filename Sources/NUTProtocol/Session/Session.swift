// NUTProtocol knows the grammar of NUT's network protocol, the rules of a session, and both ends of the wire. It
// refuses to know sockets, event loops, TLS and clocks: bytes and words come in, bytes and effects go out, and the
// identifiers and moments it needs are given to it. Names of commands and errors are NUT's own (RFC 9271, and upsd's
// behaviour where the two differ).

public import PowerCore

/// The server's side of one connection, as a value.
///
/// It is handed one line after the other, writes the answers into a buffer and returns what else must be done.
public struct Session: Sendable {
    /// The numeric address that the client comes from.
    public let address: String
    var user: String?
    var password: String?
    /// What is known of the password that was given.
    var proof: PasswordProof?
    /// The device that the client has logged in to; one for the whole life of a connection.
    public private(set) var device: DeviceID?
    var isTracking = false
    /// Whether the connection is encrypted, or will be before another line is read.
    public private(set) var isEncrypted = false

    /// Makes the session of a client that has just connected from `address`.
    public init(address: String) {
        self.address = address
    }

    /// Who gives the orders of this session.
    public var actor: Actor { Actor(user: self.user ?? "", address: self.address) }

    /// Answers `line` into `replies`, and returns what must be done; usually nothing.
    public mutating func handle(
        _ line: Line, in world: some SessionWorld, replies: inout ReplyBuffer
    ) -> [SessionEffect] {
        do throws(ErrorWord) {
            guard let verb = Verb.table[line.keyword(0)] else { throw .unknownCommand }
            guard self.isEncrypted || verb.isHarmlessInPlain || world.encryption != .required else {
                replies.appendError(.accessDenied, "TLS is required: begin with STARTTLS")
                return []
            }
            return try self.answer(verb, line, in: world, replies: &replies)
        } catch {
            replies.appendError(error)
            return []
        }
    }

    private mutating func answer(
        _ verb: Verb, _ line: Line, in world: some SessionWorld, replies: inout ReplyBuffer
    ) throws(ErrorWord) -> [SessionEffect] {
        if verb.needsCredentials {
            try self.requireCredentials()
            if let check = self.openCheck(in: world) { return [.check(check)] }
        }
        switch verb {
        case .get: try self.get(line, in: world, replies: &replies)
        case .list: try self.list(line, in: world, replies: &replies)
        case .set: return try self.set(line, in: world, replies: &replies)
        case .instantCommand: return try self.instantCommand(line, in: world)
        case .username: try self.takeUsername(line, replies: &replies)
        case .password: try self.takePassword(line, replies: &replies)
        case .login: return try self.login(line, in: world, replies: &replies)
        case .logout: return try self.logout(line, replies: &replies)
        case .primary: try self.grantPrimary(line, "OK PRIMARY-GRANTED", in: world, replies: &replies)
        case .master: try self.grantPrimary(line, "OK MASTER-GRANTED", in: world, replies: &replies)
        case .forcedShutdown: return try self.forcedShutdown(line, in: world)
        case .startTLS: return try self.startTLS(in: world, replies: &replies)
        case .help: try self.say(Self.help, line, replies: &replies)
        case .version: try self.say(world.version.text, line, replies: &replies)
        case .netVersion, .protocolVersion: try self.say(ServerVersion.netProtocol, line, replies: &replies)
        }
        return []
    }

    /// The words that NUT 2.8.5 shows; the others exist but are not for people.
    static let help =
        "Commands: HELP VER PROTVER GET LIST SET INSTCMD LOGIN LOGOUT USERNAME PASSWORD STARTTLS"

    private func say(_ text: String, _ line: Line, replies: inout ReplyBuffer) throws(ErrorWord) {
        guard line.count == 1 else { throw .invalidArgument }
        replies.append(ArraySlice(text.utf8))
        replies.endLine()
    }

    private mutating func login(
        _ line: Line, in world: some SessionWorld, replies: inout ReplyBuffer
    ) throws(ErrorWord) -> [SessionEffect] {
        guard line.count == 2 else { throw .invalidArgument }
        guard self.device == nil else { throw .alreadyLoggedIn }
        let device = try self.page(line[1], in: world).device.id
        try self.require(.login, on: device, in: world)
        self.device = device
        replies.appendLine("OK")
        return [.login(device)]
    }

    /// Takes any words behind the command, as NUT's server does.
    private mutating func startTLS(
        in world: some SessionWorld, replies: inout ReplyBuffer
    ) throws(ErrorWord) -> [SessionEffect] {
        guard !self.isEncrypted else { throw .alreadyEncrypted }
        guard world.encryption != .none else { throw .featureNotConfigured }
        self.isEncrypted = true
        replies.appendLine("OK STARTTLS")
        return [.startTLS]
    }

    private mutating func logout(_ line: Line, replies: inout ReplyBuffer) throws(ErrorWord) -> [SessionEffect] {
        guard line.count == 1 else { throw .invalidArgument }
        replies.appendLine("OK Goodbye")
        guard let device = self.device else { return [.close] }
        self.device = nil
        return [.logout(device), .close]
    }
}
