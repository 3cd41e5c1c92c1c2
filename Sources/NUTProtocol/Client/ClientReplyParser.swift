/// Puts a server's bytes together into whole answers, at the client's end of the wire.
public struct ClientReplyParser: Sendable {
    /// Records of one list. The largest devices known have some 400 variables; a server may serve many devices.
    public static let maximumLines = 8_192

    /// Bytes of one answer: a thousand variables with the longest lines that NUT's servers send.
    public static let maximumBytes = 512 * 1_024

    private var parser = LineParser()
    /// What the list being read is a list of; nil between answers.
    private var subject: [String]?
    private var records: [[String]] = []
    private var bytesOfAnswer = 0

    /// Makes a parser that stands before an answer.
    public init() {}

    /// Takes bytes from `start` on, up to and including the one that ends an answer.
    ///
    /// Returns the index of the first byte not taken and the answer, or nil when more bytes are needed.
    public mutating func consume(
        _ bytes: Span<UInt8>, from start: Int = 0
    ) throws(ClientReplyFault) -> (next: Int, answer: ClientAnswer?) {
        var index = start
        while index < bytes.count {
            let (next, event) = self.parser.consume(bytes, from: index)
            self.bytesOfAnswer += next - index
            guard self.bytesOfAnswer <= Self.maximumBytes else { throw .endlessAnswer }
            index = next
            switch event {
            case .incomplete: return (index, nil)
            case .unreadable, .endless: throw .unreadableLine
            case .line:
                guard let answer = try self.take(ClientReply(words: self.parser.line.texts)) else { continue }
                self.bytesOfAnswer = 0
                return (index, answer)
            }
        }
        return (index, nil)
    }

    private mutating func take(_ reply: ClientReply) throws(ClientReplyFault) -> ClientAnswer? {
        guard let subject = self.subject else { return try self.takeFirst(reply) }
        switch reply {
        case .endList(let ended):
            guard subject == ended else { throw .unexpectedEnd }
            self.subject = nil
            let records = self.records
            self.records = []
            return .list(subject, records: records)
        case .record(let words):
            guard self.records.count < Self.maximumLines else { throw .endlessAnswer }
            self.records.append(words)
            return nil
        case .error, .ok, .beginList:
            throw .unexpectedEnd
        }
    }

    private mutating func takeFirst(_ reply: ClientReply) throws(ClientReplyFault) -> ClientAnswer? {
        switch reply {
        case .beginList(let subject):
            self.subject = subject
            return nil
        case .endList:
            throw .unexpectedEnd
        case .ok, .error, .record:
            return .line(reply)
        }
    }
}
