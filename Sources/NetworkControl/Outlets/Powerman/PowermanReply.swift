/// A reply of a `powermand` to one command: lines, each with a number that says what it is.
///
/// Numbers from 100 on say that it was done, from 200 on that it was not, from 300 on hold what was asked for. Seen with 2.3.27.
struct PowermanReply: Hashable, Sendable {
    /// One line.
    struct Line: Hashable, Sendable {
        var code: Int
        var text: String
    }

    /// What some numbers mean.
    enum Code {
        static let version = 1
        static let rangesExpanded = 105
        static let busy = 208
        static let noSuchNode = 209
        static let doneWithErrors = 210
        static let queriedWithErrors = 211
        static let cannotBeDone = 213
        static let state = 303
        static let node = 307
        /// What went wrong with a device, and in newer versions what it said.
        static let troubles = 308...309
    }

    var lines: [Line]

    /// Reads what came before the prompt; lines without a number are passed over.
    init(_ bytes: [UInt8]) {
        self.lines = bytes.split { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }.compactMap { line in
            let text = String(decoding: line, as: UTF8.self)
            guard let code = Int(text.prefix(3)), text.dropFirst(3).first == " " else { return nil }
            return Line(code: code, text: String(text.dropFirst(4)))
        }
    }

    /// The number that ends the reply, nil where it has none.
    var end: Int? { self.lines.last { !(300..<400).contains($0.code) }?.code }

    /// The words of the line that ends the reply.
    var endText: String { self.lines.last { !(300..<400).contains($0.code) }?.text ?? "" }

    /// Whether everything was done.
    var isDone: Bool { self.end.map { (100..<200).contains($0) } ?? false }

    /// What is said to have gone wrong, without its repetitions.
    var troubles: String {
        var said: [String] = []
        for line in self.lines where Code.troubles.contains(line.code) {
            let text = line.text.shown
            if !said.contains(text) { said.append(text) }
        }
        return said.isEmpty ? self.endText.shown : said.joined(separator: ", ").shown
    }

    /// The texts of the lines with this number.
    func texts(_ code: Int) -> [String] {
        self.lines.filter { $0.code == code }.map(\.text)
    }
}
