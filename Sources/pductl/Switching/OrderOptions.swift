import PowerCore

/// What is said of an order besides what and which.
struct OrderOptions: Equatable {
    /// The names typed out of what may lose its power by it.
    var forced: [String] = []
    /// Why, for the history.
    var reason: String?
    /// How long a cycle keeps the power away, in whole seconds; the server's own time without it.
    var offTime: Int?
    /// After how many seconds it is carried out; at once without it.
    var delay: Int?
    /// Whether the PDU is to cycle by itself.
    var isNative = false

    /// Longest reason, so that it fits into a line of the protocol together with everything else.
    static let maximumReason = 200

    /// Reads the options of a command line; a failure for what cannot be meant.
    init(
        forced: [String] = [], reason: String? = nil, offTime: String? = nil, delay: String? = nil,
        isNative: Bool = false, json: Bool
    ) throws(Outcome) {
        self.reason = try Self.checked(reason, json: json)
        self.forced = try Self.checked(forced, json: json)
        self.offTime = try Self.seconds(offTime, "--off-time", json: json)
        self.delay = try Self.seconds(delay, "--delay", json: json)
        self.isNative = isNative
    }

    /// Makes options without a command line.
    init() {}

    /// Whole seconds, from `15` or from `1m30s`.
    static func seconds(_ text: String?, _ option: String, json: Bool) throws(Outcome) -> Int? {
        guard let text else { return nil }
        let duration = try Self.duration(text, option, json: json)
        guard duration.components.attoseconds == 0 else {
            throw .failure(.usage, "\(option) '\(text)' is not a whole number of seconds", json: json)
        }
        return Int(clamping: duration.components.seconds)
    }

    /// A time, from `15` (seconds) or from `1m30s` or `500ms`.
    static func duration(_ text: String, _ option: String, json: Bool) throws(Outcome) -> Duration {
        let isBare = !text.isEmpty && text.utf8.allSatisfy { (0x30...0x39).contains($0) }
        guard let duration = try? ConfigurationScalar.duration(isBare ? "\(text)s" : text) else {
            throw .failure(.usage, "\(option) '\(text)' is no time; write it like 15 (seconds), 90s or 2m", json: json)
        }
        return duration
    }

    private static func checked(_ reason: String?, json: Bool) throws(Outcome) -> String? {
        guard let reason, !reason.isEmpty else { return nil }
        guard reason.count <= Self.maximumReason, PlainText.printable(reason) == reason else {
            throw .failure(
                .usage, "--reason takes at most \(Self.maximumReason) letters of plain ASCII", json: json)
        }
        return reason
    }

    private static func checked(_ forced: [String], json: Bool) throws(Outcome) -> [String] {
        if let word = forced.first(where: { $0.isEmpty || $0.contains(" ") || $0.contains("=") }) {
            throw .failure(.usage, "--force '\(word)' is no name", json: json)
        }
        return forced
    }

    /// The one parameter that goes with an order about something with these names; nil where nothing is to be said, so that
    /// servers that know no parameters are sent none.
    ///
    /// A bare word is the name typed for `--force`, the reason takes the rest of the text. A delay alone is a bare number,
    /// as NUT's own `.delay` commands take it. `isAlone`: the only order of a command takes the name whatever it is, so
    /// that the server says what it thinks of it.
    func parameter(for names: [String], isAlone: Bool) -> String? {
        let wanted = Set(names.map { $0.lowercased() })
        let force = self.forced.first { wanted.contains($0.lowercased()) } ?? (isAlone ? self.forced.first : nil)
        if let delay = self.delay, force == nil, self.reason == nil, self.offTime == nil, !self.isNative {
            return "\(delay)"
        }
        var words: [String] = []
        if let force { words.append(force) }
        if let offTime = self.offTime { words.append("off-time=\(offTime)") }
        if let delay = self.delay { words.append("delay=\(delay)") }
        if self.isNative { words.append("native") }
        if let reason = self.reason { words.append("reason=\(reason)") }
        return words.isEmpty ? nil : words.joined(separator: " ")
    }
}
