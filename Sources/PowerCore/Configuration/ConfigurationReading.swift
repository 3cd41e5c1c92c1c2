/// What came of reading a configuration file: all its problems, and its values where none is an error.
public struct ConfigurationReading: Hashable, Sendable {
    /// The values; nil when there is at least one error.
    public var configuration: Configuration?
    /// Everything that is wrong, in the order of the file.
    public var problems: [ConfigurationProblem]
    /// Where the password file or hash of each user stands, for whoever looks at it.
    public var passwordMarks: [String: ConfigurationMark]
    /// Where the files of the certificate are named, for whoever opens them.
    public var tlsMarks: TLSMarks?
    /// The files that hosts name, as they are written, for whoever looks at them.
    public var hostFiles: [HostFile]

    /// Makes a result.
    public init(
        configuration: Configuration?, problems: [ConfigurationProblem],
        passwordMarks: [String: ConfigurationMark] = [:], tlsMarks: TLSMarks? = nil,
        hostFiles: [HostFile] = []
    ) {
        self.configuration = configuration
        self.problems = problems
        self.passwordMarks = passwordMarks
        self.tlsMarks = tlsMarks
        self.hostFiles = hostFiles
    }

    /// Whether the daemon must not start.
    public var hasErrors: Bool { self.problems.contains { $0.severity == .error } }
}
