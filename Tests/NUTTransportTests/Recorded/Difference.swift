import Foundation

/// Something that ours may answer otherwise than the recorded server, and why.
struct Difference {
    var why: String
    /// Which requests it is about, over their whole text.
    var request: Regex<AnyRegexOutput>
    /// What may differ in their answers.
    var answer: Regex<AnyRegexOutput>
    /// What it becomes in both.
    var instead: String

    static func all() throws -> [Difference] {
        let text = try String(contentsOf: Transcript.folder.appending(path: "differences"), encoding: .utf8)
        return try text.split(separator: "\n\n").filter { !$0.hasPrefix("#") }.map { block in
            let fields = Dictionary(
                block.split(separator: "\n").map { line in
                    (line.prefix { $0 != ":" }, String(line.drop { $0 != ":" }.dropFirst(2)))
                }, uniquingKeysWith: { first, _ in first })
            return Difference(
                why: fields["why"] ?? "", request: try Regex(fields["request"] ?? ""),
                answer: try Regex(fields["answer"] ?? ""), instead: fields["instead"] ?? "")
        }
    }

    /// An answer without what may differ.
    func apply(to answer: String, of request: String) -> String {
        guard request.wholeMatch(of: self.request) != nil else { return answer }
        return answer.replacing(self.answer, with: self.instead)
    }
}
