/// The word behind `ERR`, as NUT's clients know it.
public struct ErrorWord: Error, Hashable, Sendable, CustomStringConvertible {
    /// The word itself (`UNKNOWN-UPS`).
    public let text: String

    /// Makes the error word `text`, which a server we do not know may have sent.
    public init(_ text: String) {
        self.text = text
    }

    /// The word itself.
    public var description: String { self.text }

    /// The user, the password or the rights do not allow it.
    public static let accessDenied = ErrorWord("ACCESS-DENIED")
    /// No device has this name.
    public static let unknownUPS = ErrorWord("UNKNOWN-UPS")
    /// The device has no such variable.
    public static let variableNotSupported = ErrorWord("VAR-NOT-SUPPORTED")
    /// The device has no such command.
    public static let commandNotSupported = ErrorWord("CMD-NOT-SUPPORTED")
    /// Words are missing, too many, or not among those allowed.
    public static let invalidArgument = ErrorWord("INVALID-ARGUMENT")
    /// The command was refused or could not be handed on.
    public static let commandFailed = ErrorWord("INSTCMD-FAILED")
    /// The value was refused or could not be handed on.
    public static let setFailed = ErrorWord("SET-FAILED")
    /// The variable cannot be set.
    public static let readOnly = ErrorWord("READONLY")
    /// The value is longer than the variable allows.
    public static let tooLong = ErrorWord("TOO-LONG")
    /// The value is not among those allowed.
    public static let invalidValue = ErrorWord("INVALID-VALUE")
    /// The server could do this but is not set up for it.
    public static let featureNotConfigured = ErrorWord("FEATURE-NOT-CONFIGURED")
    /// The connection is encrypted already.
    public static let alreadyEncrypted = ErrorWord("ALREADY-SSL-MODE")
    /// The device was never reached since the server started.
    public static let driverNotConnected = ErrorWord("DRIVER-NOT-CONNECTED")
    /// The device has been silent for too long.
    public static let dataStale = ErrorWord("DATA-STALE")
    /// This connection has logged in before.
    public static let alreadyLoggedIn = ErrorWord("ALREADY-LOGGED-IN")
    /// This connection has given a user name before.
    public static let alreadySetUsername = ErrorWord("ALREADY-SET-USERNAME")
    /// This connection has given a password before.
    public static let alreadySetPassword = ErrorWord("ALREADY-SET-PASSWORD")
    /// The command needs a user name first.
    public static let usernameRequired = ErrorWord("USERNAME-REQUIRED")
    /// The command needs a password first.
    public static let passwordRequired = ErrorWord("PASSWORD-REQUIRED")
    /// No command has this name.
    public static let unknownCommand = ErrorWord("UNKNOWN-COMMAND")
    /// Tracking: no order has this identifier, or the device did not know it.
    public static let unknown = ErrorWord("UNKNOWN")
    /// Tracking: the order was carried out and failed.
    public static let failed = ErrorWord("FAILED")
    /// The server has no room for another connection. Not one of NUT's words: its clients show it as an unknown
    /// error and try again later, while each word of NUT's own would make some of them give up.
    public static let tooManyConnections = ErrorWord("TOO-MANY-CONNECTIONS")
}
