import NUTProtocol
import Testing

/// The lines in `bytes`, each as its words; an event that is no line is shown by its name in brackets.
private func lines(in bytes: [UInt8], cutAt cuts: Set<Int> = []) -> [[String]] {
    var parser = LineParser()
    var result: [[String]] = []
    var start = 0
    for end in cuts.sorted() + [bytes.count] where end > start {
        let piece = Array(bytes[start..<end])
        var index = 0
        while index < piece.count {
            let (next, event) = parser.consume(piece.span, from: index)
            index = next
            switch event {
            case .incomplete: break
            case .line: result.append(parser.line.texts)
            case .unreadable, .endless: result.append(["<\(event)>"])
            }
        }
        start = end
    }
    return result
}

private func lines(in text: String) -> [[String]] {
    lines(in: Array(text.utf8))
}

struct LineParserTests {
    @Test(arguments: [
        ("VER\n", [["VER"]]),
        ("GET VAR ups ups.status\n", [["GET", "VAR", "ups", "ups.status"]]),
        (" \t GET\u{0B}\u{0C}VAR \r\n", [["GET", "VAR"]]),
        ("VER\r\nHELP\r\n", [["VER"], ["HELP"]]),
        ("VER\rHELP\n", [["VER", "HELP"]]),
        ("\n", [[]]),
        ("  \n", [[]]),
        ("# nothing\n", [[]]),
        ("VER#x y\n", [["VER"]]),
        ("VER # x\n", [["VER"]]),
        ("a=b\n", [["a", "=", "b"]]),
        ("a = b\n", [["a", "=", "b"]]),
        ("==\n", [["=", "="]]),
        ("\"a b\" c\n", [["a b", "c"]]),
        ("\"a\"\"b\"\n", [["a", "b"]]),
        ("\"a\"b\n", [["a", "b"]]),
        ("a\"b\"\n", [["a\"b\""]]),
        ("'a b'\n", [["'a", "b'"]]),
        ("\"\"\n", [[""]]),
        ("\"a=b\" \"c\\#d\"\n", [["a=b", "c#d"]]),
        ("\\#a b\\ c \\\"d \\\\\n", [["#a", "b c", "\"d", "\\"]]),
        ("\"a\\\"b\\\\c\"\n", [["a\"b\\c"]]),
        ("VE\\\nR\n", [["VER"]]),
        ("\\\n VER\n", [["", "VER"]]),
        ("\"a\\\nb\"\n", [["ab"]]),
        ("\"a\nb\"\n", [["ab"]]),
        ("\"a\tb\" c\\\td\n", [["ab", "cd"]]),
        ("\u{01} a\u{02}b\n", [["", "ab"]]),
        ("\u{7F}\n", [["\u{7F}"]]),
        ("caf\u{E9}\n", [["caf"]]),
    ])
    func `a line is split as NUT splits it`(text: String, expected: [[String]]) {
        #expect(lines(in: text) == expected)
    }

    @Test func `a hash in quotes loses the line and no other one`() {
        #expect(lines(in: "SET \"a#b\" c\nVER\n") == [["<unreadable>"], ["VER"]])
        #expect(lines(in: "\"a#b\nVER\n") == [["<unreadable>"], ["VER"]])
    }

    @Test func `a line that has not ended is no line`() {
        #expect(lines(in: "VER") == [])
        #expect(lines(in: "VER\\\n") == [])
        #expect(lines(in: "\"VER\n") == [])
    }

    @Test func `words beyond the limit are dropped`() {
        let words = (1...40).map { "w\($0)" }
        #expect(lines(in: words.joined(separator: " ") + "\n") == [Array(words.prefix(LineLimits.words))])
    }

    @Test func `bytes of a word beyond the limit are dropped`() {
        let long = String(repeating: "x", count: LineLimits.wordBytes + 1)
        let kept = String(long.dropLast())
        #expect(lines(in: "\(long) y\n") == [[kept, "y"]])
        #expect(lines(in: "\"\(long)\" y\n") == [[kept, "y"]])
    }

    @Test func `a line without end is noticed, and the next one is read`() {
        let endless = [UInt8](repeating: 0x20, count: LineLimits.lineBytes)
        #expect(lines(in: endless + Array("VER\n".utf8)) == [["<endless>"], ["VER"]])
    }

    @Test func `the longest line with a meaning is no endless one`() {
        let word = "\"" + String(repeating: "\\#", count: LineLimits.wordBytes) + "\""
        let line = Array(repeating: word, count: LineLimits.words).joined(separator: " ") + "\n"
        let words = lines(in: line)
        #expect(words.count == 1)
        #expect(words.first?.count == LineLimits.words)
        #expect(words.first?.allSatisfy { $0.utf8.count == LineLimits.wordBytes } == true)
    }

    @Test func `a quote that stays open over many lines is noticed`() {
        let polls = String(repeating: "GET VAR ups ups.status\n", count: LineLimits.quotedLineEnds)
        #expect(lines(in: "VER \"" + polls) == [])
        #expect(lines(in: "VER \"" + polls + "\nVER\n") == [["<endless>"], ["VER"]])
        #expect(
            lines(in: "VER \"" + String(repeating: "\\\n", count: LineLimits.quotedLineEnds + 1)) == [["<endless>"]])
    }

    @Test func `each of the 256 bytes is read alone, in a word and in quotes`() {
        for byte in UInt8.min...UInt8.max {
            let travels = (0x20...0x7F).contains(byte)
            let kept = travels ? String(decoding: [byte], as: UTF8.self) : ""
            let quoted = lines(in: [0x22, 0x5C, byte, 0x22, 0x0A])
            #expect(quoted == [[kept]], "byte \(byte) escaped in quotes")
            let escaped = lines(in: [0x61, 0x5C, byte, 0x62, 0x0A])
            #expect(escaped == [["a\(kept)b"]], "byte \(byte) escaped in a word")
        }
    }

    @Test func `the result does not depend on how the stream is cut`() {
        var generator = SeededGenerator(seed: 1)
        for _ in 0..<300 {
            let bytes = generator.line(length: 200)
            let whole = lines(in: bytes)
            #expect(lines(in: bytes, cutAt: Set(0..<bytes.count)) == whole)
            let cuts = Set((0..<5).map { _ in Int.random(in: 0..<bytes.count, using: &generator) })
            #expect(lines(in: bytes, cutAt: cuts) == whole)
        }
    }

    @Test func `words never hold what cannot travel`() {
        var generator = SeededGenerator(seed: 2)
        for _ in 0..<100 {
            let bytes = (0..<2_000).map { _ in UInt8.random(in: 0...255, using: &generator) }
            for word in lines(in: bytes).joined() where !word.hasPrefix("<") {
                #expect(word.utf8.allSatisfy { (0x20...0x7F).contains($0) })
                #expect(word.utf8.count <= LineLimits.wordBytes)
            }
        }
    }
}
