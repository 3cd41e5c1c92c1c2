import Foundation
import NUTTransport
import Testing

/// What Debian's `upsd` was recorded to say, said again to our server, with the same drivers behind it.
struct RecordedTests {
    @Test(arguments: Transcript.all)
    func `ours answers as the recorded server, but for what is listed`(transcript: Transcript) async throws {
        let tls = transcript.isEncrypted ? try #require(Certificates.made).own : nil
        let rack = try await ScriptedRack(tls: tls?.tls())
        do {
            // All drivers have said what they have when the first has: nobody waits for the second.
            for name in ["ups", "Attic"] {
                #expect(try await Self.shows("VAR \(name) ups.status", "GET VAR \(name) ups.status", port: rack.port))
            }
            let differences = try Difference.all()
            for conversation in transcript.conversations {
                var replay = Replay(conversation, of: transcript.name, on: rack, allowing: differences)
                try await replay.run()
            }
        } catch {
            await rack.stop()
            throw error
        }
        await rack.stop()
    }

    @Test func `the recordings say what was recorded, and enough of it`() throws {
        #expect(Transcript.all.count >= 8)
        for transcript in Transcript.all {
            #expect(transcript.head[0].contains(/^# Recorded from Network UPS Tools upsd 2\.\d+\.\d+/))
        }
        #expect(Transcript.all.reduce(0) { $0 + $1.exchanges.count } >= 150)
    }

    @Test func `each difference is one, and has a reason`() throws {
        let exchanges = Transcript.all.flatMap(\.exchanges)
        for difference in try Difference.all() {
            #expect(!difference.why.isEmpty)
            let isUsed = exchanges.contains { $0.request.wholeMatch(of: difference.request) != nil }
            #expect(isUsed, "\(difference.why)")
        }
    }

    private static func shows(_ text: String, _ question: String, port: Int) async throws -> Bool {
        let client = try await RawClient(port: port)
        for _ in 0..<200 {
            if await client.ask(question).hasPrefix(text) { return true }
            try await Task.sleep(for: .milliseconds(50))
        }
        return false
    }
}

/// One conversation, held again.
private struct Replay {
    let conversation: Transcript.Conversation
    let file: String
    let rack: ScriptedRack
    let differences: [Difference]
    private var clients: [Substring: RawClient] = [:]
    /// Those that the server has closed.
    private var ended: Set<Substring> = []
    private var identifier = ""

    init(
        _ conversation: Transcript.Conversation, of file: String, on rack: ScriptedRack,
        allowing differences: [Difference]
    ) {
        (self.conversation, self.file, self.rack, self.differences) = (conversation, file, rack, differences)
    }

    mutating func run() async throws {
        guard !self.conversation.exchanges.contains(where: { $0.answer == ["OK STARTTLS"] }) else {
            return try await self.runEncrypted()
        }
        for step in self.conversation.steps {
            switch step {
            case .driver(let name, let what): try self.rack.driver(name, does: what)
            case .says(let exchange): try await self.hold(exchange)
            }
        }
        for (name, client) in self.clients where !self.ended.contains(name) {
            #expect(await client.finish() == RawClient.Heard(text: "", isClosed: true), "\(self.conversation.name)")
        }
    }

    private mutating func hold(_ exchange: Transcript.Exchange) async throws {
        let client: RawClient
        if let known = self.clients[exchange.client] {
            client = known
        } else {
            client = try await RawClient(port: self.rack.port)
            self.clients[exchange.client] = client
        }
        let wanted = self.normal(exchange.answer.joined(separator: "\n"), to: exchange)
        var heard = ""
        // What drivers do and other clients leave shows a moment later; asking again makes no difference.
        for _ in 0..<(exchange.isQuestion ? 600 : 1) {
            heard = await self.say(exchange, to: client)
            if self.normal(heard, to: exchange) == wanted { return }
            try await Task.sleep(for: .milliseconds(50))
        }
        #expect(self.normal(heard, to: exchange) == wanted, "\(self.file):\(exchange.line): \(exchange.request)")
    }

    private mutating func say(_ exchange: Transcript.Exchange, to client: RawClient) async -> String {
        let bytes =
            exchange.request.contains("{id}")
            ? Array((exchange.request.replacing("{id}", with: self.identifier) + "\n").utf8) : exchange.bytes
        guard await client.send(bytes: bytes) else { return "(not taken)" }
        if exchange.answer.isEmpty { return "" }
        var heard =
            exchange.isQuestion
            ? await client.hearAnswer()
            : await client.hear(lines: exchange.answer.filter { $0 != Exchange.closed }.count)
        var text = heard.text
        if exchange.answer.last == Exchange.closed {
            heard = await client.hearOut()
            text += heard.text
            if heard.isClosed {
                text += Exchange.closed + "\n"
                self.ended.insert(exchange.client)
            }
        }
        if let match = text.firstMatch(of: /OK TRACKING ([-0-9A-F]{36})/) {
            self.identifier = String(match.1)
            text = text.replacing(self.identifier, with: "{id}")
        }
        return text.hasSuffix("\n") ? String(text.dropLast()) : text
    }

    private typealias Exchange = Transcript.Exchange

    private func normal(_ answer: String, to exchange: Transcript.Exchange) -> String {
        self.differences.reduce(answer) { $1.apply(to: $0, of: exchange.request) }
    }

    /// What is said behind TLS is said by OpenSSL, one line for each question.
    private func runEncrypted() async throws {
        let exchanges = self.conversation.exchanges
        let parts = exchanges.split(maxSplits: 1) { $0.answer == ["OK STARTTLS"] }
        let heard = try await TLSTool.talk(
            port: self.rack.port, plain: parts[0].map(\.request), encrypted: parts[1].map(\.request))
        let wanted = (parts[0] + parts[1]).flatMap { $0.answer.filter { $0 != Exchange.closed } }
        #expect(heard == wanted, "\(self.file): \(self.conversation.name)")
    }
}
