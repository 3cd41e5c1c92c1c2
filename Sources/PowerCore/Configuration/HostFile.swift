/// A file that a host of the configuration cannot be told without, and where the configuration names it.
public struct HostFile: Hashable, Sendable {
    /// What it is for.
    public enum Use: Hashable, Sendable {
        /// It is run.
        case program
        /// It is a private key.
        case key
    }

    /// The host.
    public var host: HostID
    /// The key that names it, for sentences (`host pve1: stop: command`).
    public var label: String
    /// The path as it is written.
    public var path: String
    /// What it is for.
    public var use: Use
    /// Where it is named.
    public var mark: ConfigurationMark

    /// Makes a file.
    public init(host: HostID, label: String, path: String, use: Use, mark: ConfigurationMark) {
        self.host = host
        self.label = label
        self.path = path
        self.use = use
        self.mark = mark
    }
}
