import Testing

@testable import NetworkControl

struct OutputTailTests {
    @Test func `the last three lines go into a sentence, empty ones left out`() {
        #expect(OutputTail("one\ntwo\r\n\n  three\nfour\n").note == "two / three / four")
        #expect(OutputTail("").note == "")
        #expect(OutputTail("\n \n").note == "")
    }

    @Test func `what a terminal would obey is made harmless`() {
        #expect(OutputTail("\u{1B}[2Jgone\u{7}").note == "\u{FFFD}[2Jgone\u{FFFD}")
        // A direction override shows words in another order; C1 controls are escapes of one character.
        #expect(OutputTail("a\u{202E}b\u{9B}c\u{2028}d").note == "a\u{FFFD}b\u{FFFD}c\u{FFFD}d")
        #expect(OutputTail("Gerät läuft noch, 5 €").note == "Gerät läuft noch, 5 €")
    }

    @Test func `bytes that are no text are shown as such`() {
        var tail = OutputTail()
        tail.append([0x61, 0xFF, 0xC3, 0x0A, 0x80])
        #expect(tail.note == "a\u{FFFD}\u{FFFD} / \u{FFFD}")
    }

    @Test(arguments: [1, 7, 4095, 4096, 4097, 10_000]) func `of much output the two ends are kept`(size: Int) {
        let bytes = Array("first\n".utf8) + Array(repeating: UInt8(ascii: "x"), count: 20_000) + Array("\nlast".utf8)
        var tail = OutputTail()
        for start in stride(from: 0, to: bytes.count, by: size) {
            tail.append(Array(bytes[start..<min(start + size, bytes.count)]))
        }
        #expect(tail.firstLines.first == "first")
        #expect(tail.firstLines.joined().utf8.count < OutputTail.kept)
        // The long line has lost its beginning, and so it is not shown.
        #expect(tail.lastLines == ["last"])
    }

    @Test func `a long line is cut at its beginning`() {
        let note = OutputTail(String(repeating: "x", count: 500) + "end").note
        #expect(note.count == OutputTail.shownCharacters + 1)
        #expect(note.hasPrefix("…x"))
        #expect(note.hasSuffix("xend"))
    }
}
