import Foundation
import NUTProtocol
import PowerCore
import Testing

/// Conversations kept as files: what a client says (`>`), what it must hear (`<`), what the server must do (`*`).
///
/// A line `== name` begins a new connection, `refuse: sentence` and `take` say what the daemon answers to orders
/// from there on; `tls: offered` and `tls: required` give the server a certificate. What is not said must not happen: a `>` without `<` behind it gets no reply.
struct TranscriptTests {
    @Test func `every conversation goes as written`() throws {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../Fixtures/NUT")
            .standardized
        let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
            .filter { $0.pathExtension == "transcript" }
        #expect(!files.isEmpty)
        for file in files {
            let text = try String(contentsOf: file, encoding: .utf8)
            for conversation in Conversation.all(in: text, file: file.lastPathComponent) { conversation.check() }
        }
    }
}

/// One connection of a transcript.
private struct Conversation {
    enum Step {
        case says(String, line: Int)
        case refuses(String?)
        case encrypts(EncryptionOffer)
    }

    var file: String
    var name: String
    var steps: [Step] = []
    /// What must come of each step that says something, by its line.
    var expected: [Int: [String]] = [:]

    static func all(in text: String, file: String) -> [Conversation] {
        var result: [Conversation] = []
        var said = 0
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let number = index + 1
            if line.isEmpty || line.hasPrefix("# ") { continue }
            if line.hasPrefix("== ") {
                result.append(Conversation(file: file, name: String(line.dropFirst(3))))
                continue
            }
            guard !result.isEmpty else {
                Issue.record("\(file):\(number): a conversation begins with ==")
                continue
            }
            let last = result.count - 1
            if line.hasPrefix("> ") || line == ">" {
                said = number
                result[last].steps.append(.says(String(line.dropFirst(2)), line: number))
                result[last].expected[said] = []
            } else if line.hasPrefix("< ") || line.hasPrefix("* ") {
                result[last].expected[said]?.append(String(line))
            } else if line.hasPrefix("refuse: ") {
                result[last].steps.append(.refuses(String(line.dropFirst(8))))
            } else if line == "tls: offered" {
                result[last].steps.append(.encrypts(.offered))
            } else if line == "tls: required" {
                result[last].steps.append(.encrypts(.required))
            } else if line == "take" {
                result[last].steps.append(.refuses(nil))
            } else {
                Issue.record("\(file):\(number): not a line of a transcript: \(line)")
            }
        }
        return result
    }

    func check() {
        var rig = SessionRig()
        for step in self.steps {
            switch step {
            case .refuses(let sentence): rig.refusal = sentence
            case .encrypts(let offer): rig.encryption = offer
            case .says(let text, let line):
                let effects = rig.effects.count
                let replies = rig.ask(text).split(separator: "\n", omittingEmptySubsequences: false)
                var heard = replies == [""] ? [] : replies.map { "< \($0)" }
                heard += rig.effects.dropFirst(effects).map { "* \($0.transcript)" }
                #expect(heard == self.expected[line], "\(self.file):\(line): \(self.name)")
            }
        }
    }
}

extension SessionEffect {
    /// The effect as transcripts write it.
    fileprivate var transcript: String {
        switch self {
        case .login(let device): "login \(device)"
        case .logout(let device): "logout \(device)"
        case .close: "close"
        case .startTLS: "start TLS"
        case .submit(.forcedShutdown(let device), _): "shut down \(device)"
        case .submit(.command(let device, let name, let parameter), let isTracked):
            "run \(device) \(name)" + (parameter.map { " [\($0)]" } ?? "") + (isTracked ? " tracked" : "")
        case .submit(.set(let device, let variable, let value), let isTracked):
            "set \(device) \(variable) [\(value)]" + (isTracked ? " tracked" : "")
        }
    }
}
