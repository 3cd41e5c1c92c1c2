/// How an order to an outlet is to be carried out, beside what is ordered.
public struct OutletOptions: Hashable, Sendable {
    /// The name of what may lose its power by this, typed out; nil where nobody did.
    public var force: String?
    /// How long the outlet stays off in a cycle; nil for ``PolicyEngine/cyclePause``.
    public var offTime: Duration?
    /// How long to wait before anything is done.
    public var delay: Duration
    /// Whether the PDU's own off-and-on is wanted, which goes on when nobody can reach the PDU any more.
    public var isNative: Bool
    /// Why it is done, in the words of who ordered it.
    public var reason: String?

    /// The longest time off: beyond it, somebody means "off".
    public static let longestOffTime = Duration.seconds(3600)
    /// The longest delay: as long as an order waits, its outlet is nobody else's.
    public static let longestDelay = Duration.seconds(600)

    /// Makes options; what is left out is as usual.
    public init(
        force: String? = nil, offTime: Duration? = nil, delay: Duration = .zero, isNative: Bool = false,
        reason: String? = nil
    ) {
        self.force = force
        self.offTime = offTime
        self.delay = delay
        self.isNative = isNative
        self.reason = reason
    }

    /// Reads the one parameter of a NUT command.
    ///
    /// Words with blanks between: `off-time=15` and `delay=30` in seconds, `native`, a bare word for ``force``, and
    /// `reason=`, which takes all of the rest. Of the delayed commands a bare number is the delay, as in NUT.
    public init(parameter: String?, isDelayed: Bool = false) throws(OrderRefusal) {
        self.init()
        var rest = parameter.map { $0[...] } ?? ""
        while let start = rest.firstIndex(where: { $0 != " " }) {
            rest = rest[start...]
            if rest.hasPrefix("reason=") {
                self.reason = String(rest.dropFirst("reason=".count))
                return
            }
            let word = rest.prefix { $0 != " " }
            rest = rest[word.endIndex...]
            try self.take(word, isDelayed: isDelayed)
        }
    }

    private mutating func take(_ word: Substring, isDelayed: Bool) throws(OrderRefusal) {
        let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        switch (parts[0], parts.count) {
        case ("off-time", 2): self.offTime = try Self.seconds(parts[1], of: "off-time", atMost: Self.longestOffTime)
        case ("delay", 2): self.delay = try Self.seconds(parts[1], of: "delay", atMost: Self.longestDelay)
        case ("native", 1): self.isNative = true
        case (_, 1) where isDelayed && word.allSatisfy(\.isNumber):
            self.delay = try Self.seconds(word, of: "delay", atMost: Self.longestDelay)
        case (_, 1) where self.force == nil: self.force = String(word)
        default:
            throw OrderRefusal(
                "'\(word)' is not understood; write a name, off-time=SECONDS, delay=SECONDS, native or reason=TEXT")
        }
    }

    private static func seconds(
        _ text: Substring, of key: String, atMost limit: Duration
    ) throws(OrderRefusal) -> Duration {
        guard let number = Int64(text), number >= 0, .seconds(number) <= limit else {
            throw OrderRefusal("\(key) is '\(text)'; write seconds from 0 to \(limit.components.seconds)")
        }
        return .seconds(number)
    }
}
