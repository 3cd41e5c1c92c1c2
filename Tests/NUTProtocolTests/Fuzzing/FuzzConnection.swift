import NUTProtocol
import PowerCore

/// One connection of a client, carried out as the server does it, with every answer looked at.
struct FuzzConnection {
    var world: FuzzWorld
    /// How often the world still changes, once with each line; a change costs more than a line.
    var turns = 0
    private var session = Session(address: "192.0.2.7")
    private var parser = LineParser()
    private var replies = ReplyBuffer()
    private var orders = 0
    /// All that was answered.
    private(set) var answered: [UInt8] = []
    private(set) var isOver = false

    init(_ world: FuzzWorld) {
        self.world = world
    }

    mutating func take(_ bytes: some Collection<UInt8>) throws(NUTFuzz.Violation) {
        let bytes = Array(bytes)
        var index = 0
        while index < bytes.count, !self.isOver {
            let (next, event) = self.parser.consume(bytes.span, from: index)
            try NUTFuzz.require(next > index, "the parser takes nothing")
            index = next
            try self.handle(event)
        }
        // The handler keeps a part of a line between reads; a whole one must have been answered.
        try NUTFuzz.require(self.replies.isEmpty, "an answer is left over")
    }

    private mutating func handle(_ event: LineParser.Event) throws(NUTFuzz.Violation) {
        switch event {
        case .incomplete, .unreadable: return
        case .endless:
            self.replies.appendError(.invalidArgument, "the line has no end")
            self.isOver = true
        case .line:
            try self.checkWords()
            try self.answer()
            guard self.turns > 0 else { break }
            self.turns -= 1
            self.world.turn()
        }
        try NUTFuzz.checkAnswer(self.replies.bytes)
        self.answered += self.replies.bytes
        self.replies.removeAll()
    }

    private func checkWords() throws(NUTFuzz.Violation) {
        let line = self.parser.line
        try NUTFuzz.require(line.count <= LineLimits.words, "\(line.count) words")
        for index in 0..<line.count {
            let word = line[index] ?? []
            try NUTFuzz.require(
                word.count <= LineLimits.wordBytes && word.allSatisfy { (0x20...0x7F).contains($0) },
                "a word that cannot be: \(word)")
        }
    }

    private mutating func answer() throws(NUTFuzz.Violation) {
        var effects = self.session.handle(self.parser.line, in: self.world, replies: &self.replies)
        if case .check(let check)? = effects.first {
            try NUTFuzz.require(effects.count == 1 && self.replies.isEmpty, "a password is not checked alone")
            self.session.conclude(check, isRight: check.hash == FuzzWorld.hash && check.candidate == "right")
            effects = self.session.handle(self.parser.line, in: self.world, replies: &self.replies)
        }
        try NUTFuzz.require(effects.count <= 2, "too many effects: \(effects)")
        for effect in effects { try self.carryOut(effect) }
    }

    private mutating func carryOut(_ effect: SessionEffect) throws(NUTFuzz.Violation) {
        switch effect {
        case .login(let device): self.world.logins[device, default: []].append("2001:db8::7")
        case .logout(let device): self.world.logins[device] = nil
        case .startTLS: self.parser = LineParser()
        case .close: self.isOver = true
        case .check: throw NUTFuzz.Violation(description: "the same password is checked twice")
        case .submit(let order, let isTracked):
            try NUTFuzz.require(self.replies.isEmpty, "an order is answered before it is given")
            self.orders += 1
            if self.orders.isMultiple(of: 3) {
                return self.replies.appendRefused(order, OrderRefusal("no \"\n\\" + String(repeating: "#", count: 600)))
            }
            let id = "ID-\(self.orders)"
            if isTracked {
                self.world.tracking[id] = self.orders.isMultiple(of: 2) ? .pending : .finished(.failed("\n"))
            }
            self.replies.appendTaken(order, trackingID: isTracked ? id : nil)
        }
    }
}

extension NUTFuzz {
    /// Checks that `bytes` are one answer: a line, or a list with its two frames, each line as a client can take it.
    static func checkAnswer(_ bytes: [UInt8]) throws(Violation) {
        var lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
        try Self.require(lines.popLast()?.isEmpty == true && !lines.isEmpty, "an answer is not made of lines")
        for line in lines {
            try Self.require(line.count < LineLimits.replyBytes, "a reply of \(line.count + 1) bytes")
            try Self.require(line.allSatisfy { (0x20...0x7F).contains($0) }, "a raw byte in a reply: \(Array(line))")
        }
        let texts = lines.map { String(decoding: $0, as: UTF8.self) }
        guard texts[0].hasPrefix("BEGIN LIST ") else {
            return try Self.require(lines.count == 1, "a line is answered by \(lines.count): \(texts)")
        }
        let subject = texts[0].dropFirst("BEGIN LIST ".count)
        try Self.require(texts.count > 1 && texts.last == "END LIST \(subject)", "a list without its end: \(texts)")
        let topic = subject.prefix { $0 != " " }
        try Self.require(texts.dropFirst().dropLast().allSatisfy { $0.hasPrefix("\(topic) ") }, "a stranger in a list")
    }
}
