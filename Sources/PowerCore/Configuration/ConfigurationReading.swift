/// What came of reading a configuration file: all its problems, and its values where none is an error.
public struct ConfigurationReading: Hashable, Sendable {
    /// The values; nil when there is at least one error.
    public var configuration: Configuration?
    /// Everything that is wrong, in the order of the file.
    public var problems: [ConfigurationProblem]
    /// Where the password file of each user is named, for whoever opens it.
    public var passwordMarks: [String: ConfigurationMark]

    /// Makes a result.
    public init(
        configuration: Configuration?, problems: [ConfigurationProblem],
        passwordMarks: [String: ConfigurationMark] = [:]
    ) {
        self.configuration = configuration
        self.problems = problems
        self.passwordMarks = passwordMarks
    }

    /// Whether the daemon must not start.
    public var hasErrors: Bool { self.problems.contains { $0.severity == .error } }
}
