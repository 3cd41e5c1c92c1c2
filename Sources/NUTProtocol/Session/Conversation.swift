/// What a server holds of one connection: its session, the line that has begun, and the replies that wait to be sent.
///
/// Bytes come in, replies collect, and whatever else must be done is handed back before another line is looked at. The
/// result does not depend on how the network cuts the bytes.
public struct Conversation: Sendable {
    /// Why no more bytes were taken.
    public enum Stop: Sendable {
        /// There are no more.
        case end
        /// The replies have reached the limit given.
        case full
        /// This must be done first, in the order given.
        case effects([SessionEffect])
        /// A line passed ``LineLimits/lineBytes`` or ``LineLimits/quotedLineEnds``; it has been answered, and the
        /// connection is to be closed.
        case endless
    }

    /// What came of a read.
    public struct Progress: Sendable {
        /// The index of the first byte not taken.
        public var next: Int
        /// Whether a whole line was among the bytes.
        public var hadLine = false
        /// Why no more was taken.
        public var stop = Stop.end
    }

    /// The state of the protocol.
    public private(set) var session: Session
    /// The replies that wait to be sent.
    public var replies = ReplyBuffer()
    private var parser = LineParser()

    /// Makes the conversation with a client that has just connected from `address`.
    public init(address: String) {
        self.session = Session(address: address)
    }

    /// Takes `bytes` from `start` on until they end, something must be done, or the replies are `limit` bytes long.
    public mutating func take(
        _ bytes: Span<UInt8>, from start: Int, limit: Int, in world: some SessionWorld
    ) -> Progress {
        var progress = Progress(next: start)
        while progress.next < bytes.count {
            guard self.replies.bytes.count < limit else {
                progress.stop = .full
                break
            }
            let (next, event) = self.parser.consume(bytes, from: progress.next)
            progress.next = next
            switch event {
            // NUT's server is silent to an unreadable line as well.
            case .incomplete, .unreadable: continue
            case .endless:
                self.replies.appendError(.invalidArgument, "the line has no end")
                progress.stop = .endless
                return progress
            case .line:
                progress.hadLine = true
                let effects = self.handleLine(in: world)
                guard effects.isEmpty else {
                    progress.stop = .effects(effects)
                    return progress
                }
            }
        }
        return progress
    }

    /// Takes note of what came of a check, and handles the line again that needed it.
    public mutating func conclude(
        _ check: PasswordCheck, isRight: Bool, in world: some SessionWorld
    ) -> [SessionEffect] {
        self.session.conclude(check, isRight: isRight)
        // The words of the line are still there: no byte has been taken since.
        return self.handleLine(in: world)
    }

    /// Forgets a line that has begun.
    public mutating func forgetLine() {
        self.parser = LineParser()
    }

    private mutating func handleLine(in world: some SessionWorld) -> [SessionEffect] {
        self.session.handle(self.parser.line, in: world, replies: &self.replies)
    }
}
