/// What an emulated host is doing.
public enum HostState: String, Hashable, Sendable, CaseIterable {
    /// Nothing runs; powered or not.
    case off
    /// The operating system starts.
    case booting
    /// Everything runs.
    case running
    /// The operating system goes down.
    case stopping
}
