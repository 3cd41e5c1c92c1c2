import PowerCore
import Testing

@testable import NUTProtocol

struct NUTFileScannerTests {
    private func scan(_ text: String) -> [NUTFileLine] {
        NUTFileScanner.scan(Array(text.utf8)).lines
    }

    private func words(_ text: String) -> [[String]] {
        self.scan(text).map { $0.words.map(\.text) }
    }

    /// The places of all words, `line:column`.
    private func marks(_ text: String) -> [[String]] {
        self.scan(text).map { $0.words.map { "\($0.mark)" } }
    }

    static let texts: [(String, [[String]])] = [
        ("", []), ("\n\n  \n# only a comment\n", []), ("MAXAGE 15\n", [["MAXAGE", "15"]]),
        ("port=auto\n", [["port", "=", "auto"]]), ("desc = \"a b\" # c\n", [["desc", "=", "a b"]]),
        ("a\r\nb\r\n", [["a"], ["b"]]), ("a \\\nb\n", [["a", "b"]]), ("a\\\nb\n", [["ab"]]),
        ("a \\\n  b\n", [["a", "", "b"]]), ("\"a\\\nb\"\n", [["ab"]]), ("last line", [["last", "line"]]),
        ("joined\\", [["joined"]]), ("\"a\"b\n", [["a", "b"]]), ("'a b'\n", [["'a", "b'"]]),
    ]

    @Test(arguments: texts) func `words are those of the line parser`(text: String, expected: [[String]]) {
        #expect(self.words(text) == expected)
    }

    @Test(arguments: texts) func `a file reads like the same bytes on the wire`(text: String, expected: [[String]]) {
        var parser = LineParser()
        var lines: [[String]] = []
        for byte in Array("\(text)\n\n".utf8) where parser.take(byte) == .line {
            if parser.line.count > 0 { lines.append(parser.line.texts) }
        }
        #expect(lines == self.words(text))
    }

    @Test func `each word knows where it begins`() {
        #expect(self.marks("[ups]\n  port = \"a b\"\n") == [["1:1"], ["2:3", "2:8", "2:10"]])
        #expect(self.marks("a=b#c\n\td") == [["1:1", "1:2", "1:3"], ["2:2"]])
        #expect(self.marks("a \\\n  \"b c\" d\n") == [["1:1", "1:3", "2:3", "2:9"]])
    }

    @Test func `a character of UTF-8 takes one column`() {
        #expect(self.marks("\"ä€\" b\n") == [["1:1", "1:6"]])
    }

    @Test func `a quote that stays open costs its own line only`() throws {
        let lines = self.scan("a = \"b\nc = d\n\"\n")
        #expect(lines.map(\.isUnreadable) == [true, false, true])
        #expect(lines.map(\.faults) == [[.openQuote], [], [.openQuote]])
        #expect(lines.map { "\($0.mark)" } == ["1:1", "2:1", "3:1"])
        #expect(self.scan("a = \"b").map(\.faults) == [[.openQuote]])
    }

    @Test func `a hash in quotes costs its line`() {
        let lines = self.scan("password = \"a#b\"\nnext = 1\n")
        #expect(lines.map(\.faults) == [[.hashInQuotes], []])
        #expect(lines[0].words.map(\.text) == ["password", "="])
    }

    @Test func `what the grammar drops is said`() {
        #expect(self.scan("a \u{01}b\n").map(\.faults) == [[.droppedBytes]])
        #expect(self.scan("desc = \"B\u{fc}ro\"\n").map(\.faults) == [[.droppedBytes]])
        #expect(self.scan("# B\u{fc}ro\na # B\u{fc}ro\n").map(\.faults) == [[]])
        let words = Array(repeating: "w", count: LineLimits.words)
        #expect(self.scan(words.joined(separator: " ") + " # c\n").map(\.faults) == [[]])
        #expect(self.scan(words.joined(separator: " ") + " w\n").map(\.faults) == [[.droppedWords]])
        let word = String(repeating: "w", count: LineLimits.wordBytes)
        #expect(self.scan("\(word)\n\"\(word)\"\n").map(\.faults) == [[], []])
        #expect(self.scan("\(word)w\n\"\(word)w\"\n").map(\.faults) == [[.cutWord], [.cutWord]])
    }

    @Test func `a line longer than the limit is refused, and the next one is read`() {
        let line = String(repeating: "w ", count: LineLimits.lineBytes)
        let lines = self.scan("\(line)\nnext\n")
        #expect(lines.map(\.faults) == [[.tooLong, .droppedWords], []])
        #expect(lines[1].words.map(\.text) == ["next"])
    }

    @Test func `a file with more directives than the limit is cut there`() {
        let text = String(repeating: "a\n", count: NUTFileLimits.directives + 5)
        let scan = NUTFileScanner.scan(Array(text.utf8))
        #expect(scan.lines.count == NUTFileLimits.directives)
        #expect(scan.cutAt == ConfigurationMark(line: NUTFileLimits.directives + 1, column: 1))
    }
}
