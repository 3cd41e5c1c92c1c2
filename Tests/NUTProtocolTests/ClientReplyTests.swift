import NUTProtocol
import Testing

/// The answers in `text`, which is handed over in pieces of `size` bytes.
private func answers(in text: String, size: Int = .max) throws -> [ClientAnswer] {
    var parser = ClientReplyParser()
    var result: [ClientAnswer] = []
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
        let piece = Array(rest.prefix(size))
        rest = rest.dropFirst(size)
        var index = 0
        while index < piece.count {
            let (next, answer) = try parser.consume(piece.span, from: index)
            index = next
            if let answer { result.append(answer) }
        }
    }
    return result
}

struct ClientReplyTests {
    @Test(arguments: [
        ("OK\n", ClientReply.ok([])),
        ("OK TRACKING 1-2\n", .ok(["TRACKING", "1-2"])),
        ("OK Goodbye\n", .ok(["Goodbye"])),
        ("ERR DATA-STALE\n", .error(.dataStale, sentence: nil)),
        ("ERR INSTCMD-FAILED \"not now\"\n", .error(.commandFailed, sentence: "not now")),
        ("ERR NEVER-HEARD-OF\n", .error(ErrorWord("NEVER-HEARD-OF"), sentence: nil)),
        ("ERR\n", .record(["ERR"])),
        ("VAR ups ups.model \"A \\\"B\\\" \\#1\"\n", .record(["VAR", "ups", "ups.model", "A \"B\" #1"])),
        ("PENDING\n", .record(["PENDING"])),
        ("1.3\n", .record(["1.3"])),
        ("\n", .record([])),
        ("OKAY\n", .record(["OKAY"])),
    ])
    func `a line is read for what it is`(text: String, reply: ClientReply) throws {
        #expect(try answers(in: text) == [.line(reply)])
    }

    @Test func `a list is one answer, however it is cut`() throws {
        let text =
            "OK\nBEGIN LIST UPS\nUPS a \"First\"\nUPS b \"\"\nEND LIST UPS\nBEGIN LIST VAR a\nEND LIST VAR a\nOK\n"
        let expected: [ClientAnswer] = [
            .line(.ok([])),
            .list(["UPS"], records: [["UPS", "a", "First"], ["UPS", "b", ""]]),
            .list(["VAR", "a"], records: []),
            .line(.ok([])),
        ]
        for size in [1, 2, 7, .max] { #expect(try answers(in: text, size: size) == expected) }
    }

    @Test(arguments: [
        "END LIST UPS\n", "BEGIN LIST UPS\nEND LIST VAR a\n", "BEGIN LIST VAR a\nEND LIST VAR b\n",
        "BEGIN LIST UPS\nOK\n", "BEGIN LIST UPS\nERR DATA-STALE\n", "BEGIN LIST UPS\nBEGIN LIST UPS\n",
    ])
    func `a list that does not end as it began is a fault`(text: String) {
        #expect(throws: ClientReplyFault.unexpectedEnd) { try answers(in: text) }
    }

    @Test func `a line that cannot be read is a fault`() {
        #expect(throws: ClientReplyFault.unreadableLine) { try answers(in: "VAR a b \"x#y\"\n") }
        let endless = String(repeating: "x", count: LineLimits.lineBytes)
        #expect(throws: ClientReplyFault.unreadableLine) { try answers(in: endless) }
    }

    @Test func `a list without end is a fault`() {
        let short = "BEGIN LIST UPS\n" + String(repeating: "a\n", count: ClientReplyParser.maximumLines + 1)
        #expect(throws: ClientReplyFault.endlessAnswer) { try answers(in: short) }
        let long = "BEGIN LIST UPS\n" + String(repeating: String(repeating: "x", count: 511) + "\n", count: 1_024)
        #expect(throws: ClientReplyFault.endlessAnswer) { try answers(in: long) }
    }

    @Test func `many answers are not one long answer`() throws {
        let text = String(repeating: String(repeating: "x", count: 511) + "\n", count: 1_100)
        #expect(try answers(in: text).count == 1_100)
    }

    @Test func `random bytes are answers or a fault`() {
        var generator = SeededGenerator(seed: 5)
        for _ in 0..<300 {
            var bytes = generator.line(length: 300)
            if Bool.random(using: &generator) { bytes = Array("BEGIN LIST UPS\n".utf8) + bytes }
            var parser = ClientReplyParser()
            var index = 0
            while index < bytes.count {
                guard let (next, _) = try? parser.consume(bytes.span, from: index) else { break }
                index = next
            }
        }
    }

    @Test(arguments: [
        (["VER"], "VER\n"),
        (["GET", "VAR", "ups", "ups.status"], "GET VAR ups ups.status\n"),
        (["SET", "VAR", "ups", "ups.id", "two words"], "SET VAR ups ups.id \"two words\"\n"),
        (["PASSWORD", ""], "PASSWORD \"\"\n"),
        (["PASSWORD", "a=b"], "PASSWORD \"a=b\"\n"),
        (["PASSWORD", "a\"b\\c#d"], "PASSWORD \"a\\\"b\\\\c\\#d\"\n"),
    ])
    func `a request is quoted only where it must be`(words: [String], line: String) {
        #expect(ClientRequest(words)?.bytes == Array(line.utf8))
    }

    @Test(arguments: [["a\nb"], ["grün"], ["\0"], [], Array(repeating: "x", count: LineLimits.words + 1)])
    func `what cannot travel is no request`(words: [String]) {
        #expect(ClientRequest(words) == nil)
    }

    @Test func `a request is read at the other end as it was meant`() throws {
        var generator = SeededGenerator(seed: 6)
        for _ in 0..<500 {
            let words = (0..<Int.random(in: 1...5, using: &generator)).map { _ in
                String(
                    decoding: (0..<Int.random(in: 0...20, using: &generator)).map { _ in
                        UInt8.random(in: 0x20...0x7F, using: &generator)
                    }, as: UTF8.self)
            }
            let request = try #require(ClientRequest(words))
            var parser = LineParser()
            #expect(parser.consume(request.bytes.span).event == .line)
            #expect(parser.line.texts == words)
        }
    }

    @Test func `the client reads what the server writes`() throws {
        var rig = SessionRig()
        let list = try answers(in: rig.send("LIST VAR ups\n"))
        guard case .list(["VAR", "ups"], let records) = list.first else { return #expect(Bool(false), "no list") }
        #expect(records.contains(["VAR", "ups", "ups.model", #"A "B" \ #1"#]))
        #expect(records.count == 9)
    }
}
