import Logging

extension CompatibilityOptions {
    /// The level of `debug` times `-D` and `quiet` times `-q`.
    static func level(debug: Int, quiet: Int) -> Logger.Level {
        switch (debug, quiet) {
        case (0, 0): .notice
        case (0, 1): .warning
        case (0, _): .error
        case (1, _): .info
        case (2...5, _): .debug
        default: .trace
        }
    }
}
