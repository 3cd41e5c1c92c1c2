/// Why a driver cannot be listened to any more.
public enum DriverFault: Error, Hashable, Sendable {
    /// A line has no end in sight.
    case endlessLine
    /// It has told more variables than ``DriverLimits/variables``.
    case tooManyVariables
    /// It has told more commands than ``DriverLimits/commands``.
    case tooManyCommands
    /// It has told more values and ranges than ``DriverLimits/choices``.
    case tooManyChoices
}

extension DriverFault: CustomStringConvertible {
    /// What is wrong, as a part of a sentence.
    public var description: String {
        switch self {
        case .endlessLine: "it sends a line of more than \(LineLimits.lineBytes) bytes"
        case .tooManyVariables: "it has more than \(DriverLimits.variables) variables"
        case .tooManyCommands: "it has more than \(DriverLimits.commands) commands"
        case .tooManyChoices: "its variables have more than \(DriverLimits.choices) values to choose from"
        }
    }
}
