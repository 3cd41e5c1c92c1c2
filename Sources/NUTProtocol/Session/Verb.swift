/// The first word of a request.
enum Verb: String, CaseIterable {
    case get = "GET"
    case list = "LIST"
    case set = "SET"
    case instantCommand = "INSTCMD"
    case username = "USERNAME"
    case password = "PASSWORD"
    case login = "LOGIN"
    case logout = "LOGOUT"
    case primary = "PRIMARY"
    /// What `PRIMARY` was called before NUT 2.8; old clients still say it.
    case master = "MASTER"
    case forcedShutdown = "FSD"
    case startTLS = "STARTTLS"
    case help = "HELP"
    case version = "VER"
    case netVersion = "NETVER"
    /// What newer clients say for `NETVER`.
    case protocolVersion = "PROTVER"

    static let table = KeywordTable<Verb>()

    /// Whether a user name and a password must have been given; looked at before anything else.
    var needsCredentials: Bool {
        switch self {
        case .set, .instantCommand, .login, .primary, .master, .forcedShutdown: true
        case .get, .list, .username, .password, .logout, .startTLS, .help, .version, .netVersion, .protocolVersion:
            false
        }
    }

    /// Whether a client may say it in plain to a server that requires encryption: what it says tells nobody
    /// anything but what server this is.
    var isHarmlessInPlain: Bool {
        switch self {
        case .startTLS, .logout, .help, .version, .netVersion, .protocolVersion: true
        case .get, .list, .set, .instantCommand, .username, .password, .login, .primary, .master, .forcedShutdown:
            false
        }
    }
}
