import Foundation
import PowerLab

/// Scenario files and what is expected of them: `x.scenario` and, beside it, `x.expected`.
enum ScenarioFile {
    /// Plays the files in order, and shows, checks or records what comes of them.
    static func outcome(of paths: [String], _ use: SimulateRequest.Use, json: Bool) throws(Outcome) -> Outcome {
        var whole = Outcome()
        for path in paths {
            let one = try Self.outcome(of: path, use, json: json)
            whole.output += one.output
            whole.complaint += one.complaint
            if one.status != .done { whole.status = one.status }
        }
        return whole
    }

    /// Reads and plays one file.
    static func run(_ path: String, json: Bool) throws(Outcome) -> ScenarioRun {
        let text = try RackChoice.text(of: path, limit: Scenario.maximumBytes, json: json)
        let scenario: Scenario
        do {
            scenario = try Scenario(file: text)
        } catch {
            throw .failure(.usage, "\(path): \(error.sentence)", json: json)
        }
        return try ScenarioRun(
            scenario, folder: URL(fileURLWithPath: path).deletingLastPathComponent().path, json: json)
    }

    private static func outcome(of path: String, _ use: SimulateRequest.Use, json: Bool) throws(Outcome) -> Outcome {
        switch use {
        case .show: return try Self.run(path, json: json).outcome
        case .record:
            let text = try Self.run(path, json: false).text
            guard (try? text.write(toFile: Self.expectation(of: path), atomically: true, encoding: .utf8)) != nil else {
                throw .failure(.failed, "\(Self.expectation(of: path)) cannot be written", json: json)
            }
            return .done("\(path): recorded\n")
        case .check:
            let limit = Self.longestExpectation
            let expected = try RackChoice.text(of: Self.expectation(of: path), limit: limit, json: json)
            guard let difference = Self.difference(try Self.run(path, json: false).text, expected) else {
                return .done("\(path): as expected\n")
            }
            return .failure(.failed, "\(path): not as expected", details: difference, json: json)
        }
    }

    /// A timeline of some days with every outlet in it.
    private static let longestExpectation = 4 * 1024 * 1024

    /// Where what is expected stands.
    static func expectation(of path: String) -> String {
        (path.hasSuffix(".scenario") ? String(path.dropLast(".scenario".count)) : path) + ".expected"
    }

    /// The first line that differs; nil where none does.
    static func difference(_ text: String, _ expected: String) -> [String]? {
        guard text != expected else { return nil }
        let (got, wanted) = (
            text.split(separator: "\n", omittingEmptySubsequences: false),
            expected.split(separator: "\n", omittingEmptySubsequences: false)
        )
        let line = zip(got, wanted).prefix { $0 == $1 }.count
        return [
            "line \(line + 1)", "expected: \(wanted.indices.contains(line) ? String(wanted[line]) : "nothing more")",
            "is:       \(got.indices.contains(line) ? String(got[line]) : "nothing more")",
        ]
    }
}
