public import PowerCore

/// A server's end of the conversation with one NUT driver, without the socket.
///
/// It asks for everything, follows every change, and says when the driver was heard. It has no clock: whoever owns the
/// socket hands in the bytes and the moments, and sends what it is given to send.
public struct DriverSession: Sendable {
    /// How the data of the device stands.
    public enum Standing: Equatable, Sendable {
        /// The driver has not told everything yet.
        case incomplete
        /// This is all of it, and it is good.
        case fresh(SourcedState)
        /// The driver says that its data is not good (`DATASTALE`).
        case stale
    }

    /// What a driver says became of an order.
    public struct Answer: Equatable, Sendable {
        /// The identifier from ``DriverSession/order(_:)``.
        public var order: String
        /// How it came out.
        public var verdict: DriverVerdict
    }

    private enum Phase: Sendable {
        /// The driver is telling everything it has; nothing of it is shown before it is complete.
        case dumping
        /// The driver tells what changes.
        case following
    }

    private var parser = LineParser()
    private var phase = Phase.dumping
    private var table = DriverTable()
    private var isStale = false
    /// What ``table`` amounts to; nil after a change.
    private var state: SourcedState?
    /// When the driver was heard last, the beginning of the session at first.
    public private(set) var lastHeard: Moment
    private var isPinged = false
    private var nextOrder = 1

    /// Makes a session that begins with sending ``greeting``.
    public init(at now: Moment) {
        self.lastHeard = now
    }

    /// What is sent first: the driver is to tell everything.
    public static let greeting = Array("DUMPALL\n".utf8)

    /// What asks for a sign of life.
    public static let ping = Array("PING\n".utf8)

    /// Takes what the driver has sent; returns what it says of orders.
    public mutating func take(_ bytes: Span<UInt8>, at now: Moment) throws(DriverFault) -> [Answer] {
        self.lastHeard = now
        self.isPinged = false
        var answers: [Answer] = []
        var index = 0
        while index < bytes.count {
            let (next, event) = self.parser.consume(bytes, from: index)
            index = next
            switch event {
            case .line: try self.take(DriverLine(words: self.parser.line.texts), answers: &answers)
            // NUT's server drops a line that nobody can read, and reads on.
            case .incomplete, .unreadable: break
            case .endless: throw .endlessLine
            }
        }
        return answers
    }

    private mutating func take(_ line: DriverLine, answers: inout [Answer]) throws(DriverFault) {
        switch line {
        case .tracking(let order, let verdict): answers.append(Answer(order: order, verdict: verdict))
        case .quality(let isStale): self.isStale = isStale
        case .dumpDone: self.phase = .following
        default: if try self.table.take(line) { self.state = nil }
        }
    }

    /// How the data stands; put together anew only when it has changed.
    public mutating func standing() -> Standing {
        guard case .following = self.phase else { return .incomplete }
        if self.isStale { return .stale }
        let state = self.state ?? self.table.state
        self.state = state
        return .fresh(state)
    }

    // MARK: Silence

    /// Whether the driver should be asked for a sign of life: it has been silent for `interval`, and was not asked yet.
    public mutating func shouldPing(at now: Moment, after interval: Duration) -> Bool {
        guard !self.isPinged, now - self.lastHeard >= interval else { return false }
        self.isPinged = true
        return true
    }

    // MARK: Orders

    /// Writes an order with an identifier of its own; nil where the words cannot be sent.
    ///
    /// `words` are `SET`, the variable and the value, or `INSTCMD`, the command and perhaps its parameter. Every word
    /// is quoted that needs it: an unquoted parameter with a space would be two.
    public mutating func order(_ words: [String]) -> (id: String, bytes: [UInt8])? {
        let id = String(self.nextOrder)
        guard let request = ClientRequest(words + ["TRACKING", id]) else { return nil }
        self.nextOrder &+= 1
        return (id, request.bytes)
    }
}
