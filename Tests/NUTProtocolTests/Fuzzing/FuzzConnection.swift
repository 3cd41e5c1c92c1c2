import NUTProtocol
import PowerCore

/// One connection of a client, carried out as the server does it, with every answer looked at.
struct FuzzConnection {
    var world: FuzzWorld
    /// How often the world still changes, once with each answer; a change costs more than a line.
    var turns = 0
    /// The bytes of replies after which no further line is taken; with 1 each answer is looked at by itself.
    var limit = 1
    private var conversation = Conversation(address: "192.0.2.7")
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
            let progress = self.conversation.take(bytes.span, from: index, limit: self.limit, in: self.world)
            switch progress.stop {
            case .end: try NUTFuzz.require(progress.next == bytes.count, "bytes are left over")
            case .full: break
            case .effects(let effects): try self.carryOut(effects)
            case .endless: self.isOver = true
            }
            try self.send()
            try NUTFuzz.require(progress.next > index, "nothing is taken")
            index = progress.next
        }
    }

    private mutating func send() throws(NUTFuzz.Violation) {
        let replies = self.conversation.replies.bytes
        guard !replies.isEmpty else { return }
        if self.limit == 1 { try NUTFuzz.checkAnswer(replies) }
        self.answered += replies
        self.conversation.replies.removeAll()
        guard self.turns > 0 else { return }
        self.turns -= 1
        self.world.turn()
    }

    private mutating func carryOut(_ effects: [SessionEffect]) throws(NUTFuzz.Violation) {
        var effects = effects
        if case .check(let check)? = effects.first {
            try NUTFuzz.require(effects.count == 1, "a password is not checked alone")
            let isRight = check.hash == FuzzWorld.hash && check.candidate == "right"
            effects = self.conversation.conclude(check, isRight: isRight, in: self.world)
        }
        try NUTFuzz.require(effects.count <= 2, "too many effects: \(effects)")
        for effect in effects { try self.carryOut(effect) }
    }

    private mutating func carryOut(_ effect: SessionEffect) throws(NUTFuzz.Violation) {
        switch effect {
        case .login(let device): self.world.logins[device, default: []].append("2001:db8::7")
        case .logout(let device): self.world.logins[device] = nil
        case .startTLS: self.conversation.forgetLine()
        case .close: self.isOver = true
        case .check: throw NUTFuzz.Violation(description: "the same password is checked twice")
        case .submit(let order, let isTracked): self.answer(order, isTracked: isTracked)
        }
    }

    private mutating func answer(_ order: ClientOrder, isTracked: Bool) {
        self.orders += 1
        if self.orders.isMultiple(of: 3) {
            let reason = "no \"\n\\" + String(repeating: "#", count: 600)
            return self.conversation.replies.appendRefused(order, OrderRefusal(reason))
        }
        let id = "ID-\(self.orders)"
        if isTracked { self.world.tracking[id] = self.orders.isMultiple(of: 2) ? .pending : .finished(.failed("\n")) }
        self.conversation.replies.appendTaken(order, trackingID: isTracked ? id : nil)
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
