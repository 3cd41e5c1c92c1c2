/// Something that is wrong with the configuration file, where it stands, and what can be done about it.
public struct ConfigurationProblem: Error, Hashable, Sendable {
    /// Whether the daemon can start all the same.
    public enum Severity: String, Hashable, Sendable {
        /// The file cannot be used.
        case error
        /// The file is used, with the consequence the message names.
        case warning
    }

    /// Whether the daemon can start all the same.
    public var severity: Severity
    /// Where it stands.
    public var mark: ConfigurationMark
    /// What is wrong, as a sentence without a full stop.
    public var message: String
    /// What can be done about it; empty where the message says it already.
    public var remedy: String

    /// Makes a problem.
    public init(_ severity: Severity, at mark: ConfigurationMark, _ message: String, remedy: String = "") {
        self.severity = severity
        self.mark = mark
        self.message = message
        self.remedy = remedy
    }

    /// The problem as one line that editors and terminals can follow: `rack.yaml:12:9: error: …; remedy`.
    public func line(in file: String) -> String {
        "\(file):\(self.mark): \(self.severity.rawValue): \(self.message)\(self.remedy.isEmpty ? "" : "; \(self.remedy)")"
    }
}
