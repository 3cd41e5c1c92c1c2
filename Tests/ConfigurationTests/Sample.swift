import PowerCore
import Testing

@testable import RackFile

/// Small files for tests, and what is said of them.
enum Sample {
    /// A sound beginning of a file: three lines, so that what is added begins in line 4.
    static let base = """
        ups: {river: {driver: emulated, model: river-3-plus, capacity: 286 Wh}, delta: {driver: emulated, model: delta-3-plus, capacity: 1 kWh}}
        pdu: {rack-a: {driver: emulated, feed: river}, rack-b: {driver: emulated, feed: delta, outlets: 4}}
        tiers: [soft, core]

        """

    /// Every problem of a file as `LINE:COLUMN: severity: message; remedy`.
    static func problems(_ yaml: String) -> [String] {
        ConfigurationFile.read(yaml).problems.map { String($0.line(in: "").dropFirst()) }
    }

    /// Every problem of ``base`` with `more` added.
    static func problems(adding more: String) -> [String] {
        Self.problems(Self.base + more)
    }

    /// What is read from `more` added to ``base``; nil where there is an error.
    static func configuration(adding more: String) -> Configuration? {
        ConfigurationFile.read(Self.base + more).configuration
    }
}

/// A piece of a file and the one thing that is to be said of it.
struct Refusal: Sendable, CustomTestStringConvertible {
    /// What is wrong, for the list of tests.
    var testDescription: String
    /// The piece, added to the sample or a whole file.
    var yaml: String
    /// The problem as it is printed.
    var problem: String

    /// Makes a case.
    init(_ description: String, _ yaml: String, _ problem: String) {
        self.testDescription = description
        self.yaml = yaml
        self.problem = problem
    }
}
