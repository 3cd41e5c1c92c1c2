/// Why a description of a device cannot be used for looking for it.
public struct USBMatchError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What is wrong with the value.
    public enum Reason: Error, Hashable, Sendable {
        /// Not a POSIX extended regular expression; the C library's own words.
        case notAnExpression(String)
        /// Not a place where a device can be plugged in, such as `1-2.4`.
        case notAPort
        /// Not a number from 0 to 255.
        case notANumber
    }

    /// The field with the wrong value.
    public var field: USBMatch.Field
    /// The value as it was given.
    public var value: String
    /// What is wrong with it.
    public var reason: Reason

    /// One sentence that names field and value.
    public var description: String {
        let problem =
            switch self.reason {
            case .notAnExpression(let message): "is not a POSIX extended regular expression: \(message)"
            case .notAPort: "is not a port such as 1-2.4 (bus, dash, ports joined by dots)"
            case .notANumber: "is neither a number from 0 to 255 nor a regular expression"
            }
        return "\(self.field.rawValue) = \"\(self.value)\" \(problem)"
    }
}
