/// What came of reading a configuration file: all its problems, and its values where none is an error.
public struct ConfigurationReading: Hashable, Sendable {
    /// The values; nil when there is at least one error.
    public var configuration: Configuration?
    /// Everything that is wrong, in the order of the file.
    public var problems: [ConfigurationProblem]
    /// Where the password file of each user is named, for whoever opens it.
    public var passwordMarks: [String: ConfigurationMark]
    /// Where the files of the certificate are named, for whoever opens them.
    public var tlsMarks: TLSMarks?

    /// Makes a result.
    public init(
        configuration: Configuration?, problems: [ConfigurationProblem],
        passwordMarks: [String: ConfigurationMark] = [:], tlsMarks: TLSMarks? = nil
    ) {
        self.configuration = configuration
        self.problems = problems
        self.passwordMarks = passwordMarks
        self.tlsMarks = tlsMarks
    }

    /// Whether the daemon must not start.
    public var hasErrors: Bool { self.problems.contains { $0.severity == .error } }
}
