/// A variable as `LIST VAR` shows it.
public struct ListedVariable: Hashable, Sendable {
    /// The name (`battery.charge`).
    public let name: String
    /// The value, unquoted.
    public let value: String
}
