import Foundation
import SNMPTables
import SNMPTransport

/// A recording as a device of the simulator, changed for what a test needs.
struct SimulatedPDU: Sendable {
    /// What is different from the recording.
    struct Change: Sendable {
        /// What an outlet has besides (`stuck=1`).
        var extra: [Int: String] = [:]
        /// The names of outlets that are called otherwise.
        var names: [String: String] = [:]
        /// Whether nothing can be set: the simulator then says that all is well, and that there is no such object.
        var isStatic = false
    }

    static let shared = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "shared/data/pdu")

    /// The lines of a recording below `roots`, with all outlets on and a short reboot.
    static func lines(_ recording: String, below roots: [String], _ change: Change = Change()) throws -> String {
        let file = self.shared.appending(path: "snmprec/\(recording).snmprec")
        let text = try String(contentsOf: file, encoding: .utf8)
        let kept = text.split(separator: "\n").filter { line in
            line.hasPrefix("1.3.6.1.2.1.1.") || roots.contains { line.hasPrefix("\($0).") }
        }
        return kept.map { self.changed(String($0), change) }.joined(separator: "\n") + "\n"
    }

    private static func changed(_ line: String, _ change: Change) -> String {
        let parts = line.split(separator: "|", maxSplits: 2, omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 3 else { return line }
        guard parts[1] == "2:outlet" else {
            return change.names[parts[2]].map { "\(parts[0])|\(parts[1])|\($0)" } ?? line
        }
        var words = parts[2].split(separator: ",").map(String.init)
        words.removeAll { $0.hasPrefix("init=") || $0.hasPrefix("reboot=") }
        if change.isStatic { return "\(parts[0])|2|\(words.contains("r=pend") ? 2 : 1)" }
        let outlet = words.first { $0.hasPrefix("o=") }.flatMap { Int($0.dropFirst(2)) } ?? 0
        words.append("reboot=3")
        words += change.extra[outlet].map { [$0] } ?? []
        return "\(parts[0])|2:outlet|\(words.joined(separator: ","))"
    }
}
