/// How one NUT variable is had from a usage path.
struct VariableRule: Sendable {
    /// The variable's name in NUT.
    var name: String
    /// The paths that may hold it; the first that the device has counts.
    var paths: [String]
    /// How the number becomes the variable's text.
    var conversion: Conversion
    /// How often it is worth reading.
    var poll: PollClass
    /// The length of the text that a client may set; nil where the variable is read only.
    var writableLength: Int?

    /// How a number on the wire becomes a variable's text, and back.
    enum Conversion: Sendable {
        /// The number with so many decimals.
        case number(Int)
        /// The number times a factor with so many decimals.
        case scaled(Double, Int)
        /// A word for each number; a number without a word gives no variable.
        case words([Int: String])
        /// (year - 1980) x 512 + month x 32 + day, as `2004/07/03`; 0 is `not set` (Power Device Class 1.1, 4.2.6).
        case date
        /// Month, day and year in two hexadecimal digits each that read as decimal ones, as `2004/07/03`.
        case digitDate
        /// The string descriptor of that index; empty where the device has none.
        case string
        /// The number with a percent sign.
        case percentSign
        /// Kelvins as degrees Celsius with so many decimals.
        case celsius(Int)
        /// Always this text, where the device has the path at all.
        case fixed(String)
        /// The number times the number of another path times a factor, without decimals.
        case product(String, Double)
    }

    /// A variable that can only be read.
    static func read(
        _ name: String, _ paths: String..., as conversion: Conversion = .number(0), poll: PollClass = .full
    ) -> VariableRule {
        VariableRule(name: name, paths: paths, conversion: conversion, poll: poll, writableLength: nil)
    }

    /// A variable that can be set with a text of at most `length` bytes.
    static func readWrite(
        _ name: String, _ paths: String..., as conversion: Conversion = .number(0), length: Int = 10
    ) -> VariableRule {
        VariableRule(name: name, paths: paths, conversion: conversion, poll: .semiStatic, writableLength: length)
    }
}
