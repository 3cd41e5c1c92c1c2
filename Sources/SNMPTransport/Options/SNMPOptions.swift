public import PowerCore

/// Where an SNMP agent is and how it is spoken to, passwords and all.
public struct SNMPOptions: Hashable, Sendable {
    /// How an agent is spoken to.
    public enum Access: Hashable, Sendable {
        /// SNMPv1 with the communities for reading and for orders.
        case v1(read: String, write: String)
        /// SNMPv2c with the communities for reading and for orders.
        case v2c(read: String, write: String)
        /// SNMPv3.
        case v3(SNMPUser)
    }

    /// The name or address of the agent's host.
    public var host: String
    /// The agent's UDP port.
    public var port: Int
    /// How the agent is spoken to.
    public var access: Access
    /// How long an answer is waited for before the request is sent again.
    public var timeout: Duration
    /// How often a request is sent again.
    public var retries: Int

    /// Makes options.
    public init(
        host: String, port: Int = 161, access: Access = .v2c(read: "public", write: "public"),
        timeout: Duration = .seconds(3), retries: Int = 2
    ) {
        self.host = host
        self.port = port
        self.access = access
        self.timeout = timeout
        self.retries = retries
    }

    /// The options of an agent of the configuration; `secret` gives the first line of a file.
    public init<Failure: Error>(
        _ agent: Configuration.SNMPAgent, secret: (_ path: String) throws(Failure) -> String
    ) throws(Failure) {
        let access: Access
        switch agent.access {
        case .v1(let read, let write):
            let word = try read.word(secret)
            access = .v1(read: word, write: try write?.word(secret) ?? word)
        case .v2c(let read, let write):
            let word = try read.word(secret)
            access = .v2c(read: word, write: try write?.word(secret) ?? word)
        case .v3(let user):
            access = .v3(try SNMPUser(user, secret: secret))
        }
        self.init(
            host: agent.address.host, port: agent.address.port, access: access, timeout: agent.timeout,
            retries: agent.retries)
    }
}

extension Configuration.SNMPAgent.Community {
    /// The community itself.
    func word<Failure: Error>(_ secret: (_ path: String) throws(Failure) -> String) throws(Failure) -> String {
        switch self {
        case .text(let text): text
        case .file(let path): try secret(path)
        }
    }
}
