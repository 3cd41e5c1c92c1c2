/// The words behind a subcommand: `--name value` pairs, `--flag`s, and what stands behind `--`.
struct Options {
    private var values: [String: String] = [:]
    private var flags: Set<String> = []
    /// A command to start.
    private(set) var command: [String] = []

    /// The longest that any run may last, whatever is asked for.
    static let longestSeconds = 300.0

    init(_ words: some Sequence<String>, flags known: Set<String>) throws(Failure) {
        var rest = Array(words)[...]
        while let word = rest.popFirst() {
            if word == "--" {
                self.command = Array(rest)
                return
            }
            guard word.hasPrefix("--") else { throw Failure("\(word): options begin with --") }
            let name = String(word.dropFirst(2))
            if known.contains(name) {
                self.flags.insert(name)
            } else {
                guard let value = rest.popFirst() else { throw Failure("--\(name) needs a value") }
                self.values[name] = value
            }
        }
    }

    func has(_ flag: String) -> Bool { self.flags.contains(flag) }

    func text(_ name: String) -> String? { self.values[name] }

    func text(needed name: String) throws(Failure) -> String {
        guard let value = self.values[name] else { throw Failure("--\(name) is needed") }
        return value
    }

    func number(_ name: String, _ standard: Int) throws(Failure) -> Int {
        guard let text = self.values[name] else { return standard }
        guard let value = Int(text), value >= 0 else { throw Failure("--\(name) \(text): write a number") }
        return value
    }

    /// A duration in nanoseconds, given in seconds.
    func seconds(_ name: String, _ standard: Double) throws(Failure) -> Int64 {
        guard let text = self.values[name] else { return Int64(standard * 1e9) }
        guard let value = Double(text), value >= 0, value <= Self.longestSeconds else {
            throw Failure("--\(name) \(text): write seconds, at most \(Int(Self.longestSeconds))")
        }
        return Int64(value * 1e9)
    }

    func port() throws(Failure) -> UInt16 {
        let text = try self.text(needed: "port")
        guard let port = UInt16(text), port > 0 else { throw Failure("--port \(text): write a port") }
        return port
    }
}
