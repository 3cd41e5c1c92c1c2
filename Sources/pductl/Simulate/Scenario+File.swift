import PowerCore

extension Scenario {
    /// A scenario file is a page, not a book.
    static let maximumBytes = 64 * 1024

    /// The words that a line may begin with.
    enum Keyword: String, CaseIterable {
        /// Where the rack comes from.
        case rack
        /// The mains fail.
        case outage
        /// What a battery begins with.
        case charge
        /// Something goes wrong.
        case fault
        /// How long is played.
        case length
        /// What chance is made of.
        case seed
        /// With how much time left a host was stopped needlessly.
        case needless
    }

    /// Reads a scenario file: one word and what it is about on each line, `#` before a remark.
    init(file text: String) throws(ScenarioWords.Failure) {
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let words = line.prefix { $0 != "#" }.split(whereSeparator: \.isWhitespace).map(String.init)
            guard let first = words.first else { continue }
            do {
                try self.take(first, Array(words.dropFirst()))
            } catch {
                throw ScenarioWords.Failure(sentence: "line \(index + 1): \(error.sentence)")
            }
        }
    }

    private mutating func take(_ word: String, _ arguments: [String]) throws(ScenarioWords.Failure) {
        guard let keyword = Keyword(rawValue: word) else {
            let words = Keyword.allCases.map(\.rawValue).joined(separator: ", ")
            throw ScenarioWords.Failure(sentence: "'\(word)' is none of \(words)")
        }
        guard let first = arguments.first else { throw ScenarioWords.Failure(sentence: "\(word) of what?") }
        switch keyword {
        case .outage:
            let stretch = try ScenarioWords.outage(first)
            self.outages.append(Outage(stretch: stretch, upses: Array(arguments.dropFirst())))
            return
        case .charge:
            let last = arguments[arguments.count - 1]
            guard arguments.count <= 2 else { break }
            self.charges[arguments.count == 2 ? first : nil] = try ScenarioWords.percent(last)
            return
        case .rack, .fault, .length, .seed, .needless:
            guard arguments.count == 1 else { break }
            return try self.take(keyword, first)
        }
        throw ScenarioWords.Failure(sentence: "\(word) takes fewer words")
    }

    private mutating func take(_ keyword: Keyword, _ word: String) throws(ScenarioWords.Failure) {
        switch keyword {
        case .rack: self.rack = word == "demo" ? .demo : .file(word)
        case .fault: self.faults.append(try ScenarioWords.fault(word))
        case .length: self.length = try ScenarioWords.time(word)
        case .needless: self.needlessAbove = try ScenarioWords.time(word)
        case .seed:
            guard let seed = UInt64(word) else {
                throw ScenarioWords.Failure(sentence: "'\(word)' is no whole number")
            }
            self.seed = seed
        case .outage, .charge: break
        }
    }
}
