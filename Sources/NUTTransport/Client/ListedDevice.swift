/// A device as `LIST UPS` shows it.
public struct ListedDevice: Hashable, Sendable {
    /// The NUT name.
    public let name: String
    /// The description, or the server's words for none.
    public let description: String
}
