import PowerCore
import Yams

/// Lets a file with keys that stand twice be read to its end, so that everything else in it is checked as well.
///
/// Yams stops at the first mapping with a key twice and says where the first of the two stands. That one is
/// written over with signs of the same number, and the text is parsed again; the converter puts the key back.
struct DuplicateKeys {
    /// How many keys may stand twice before reading stops: each costs one more parse.
    static let maximumRounds = 32
    /// The first sign of the private use area, and the one that fills up (Unicode 16, 23.5): no key has them.
    private static let firstSign: UInt32 = 0xe000
    private static let filler: UInt32 = 0xf8ff

    /// The text, keys written over.
    private var text: String
    /// The keys that were written over, in order.
    private var originals: [String] = []

    /// Prepares to compose `text`.
    init(text: String) {
        self.text = text
    }

    /// The tree of the text; nil where there is nothing in it.
    mutating func compose() throws -> Node? {
        for _ in 0...Self.maximumRounds {
            do {
                return try Yams.compose(yaml: self.text)
            } catch let error as YamlError {
                guard case .duplicatedKeysInMapping(let keys, let context) = error else { throw error }
                // The mark is that of the first key in sorted order (Yams 6.2.2, Parser.checkDuplicates).
                guard let key = keys.first, self.writeOver(key, at: context.mark) else { throw error }
            }
        }
        throw ConfigurationProblem(.error, at: .start, "more than \(Self.maximumRounds) keys stand twice")
    }

    /// The key that stood where now `signs` stand; nil for any other key.
    func original(of signs: String) -> String? {
        guard let first = signs.unicodeScalars.first?.value, first >= Self.firstSign else { return nil }
        let index = Int(first - Self.firstSign)
        return self.originals.indices.contains(index) ? self.originals[index] : nil
    }

    /// Writes over the key at `mark`; false where the text does not have the key there in so many letters.
    private mutating func writeOver(_ key: String, at mark: Mark) -> Bool {
        guard let start = self.index(of: mark) else { return false }
        let scalars = self.text.unicodeScalars
        for written in [key, "\"\(key)\"", "'\(key)'"] where scalars[start...].starts(with: written.unicodeScalars) {
            guard let end = scalars.index(start, offsetBy: written.unicodeScalars.count, limitedBy: scalars.endIndex),
                let sign = Unicode.Scalar(Self.firstSign + UInt32(self.originals.count)),
                let filler = Unicode.Scalar(Self.filler), start < end
            else { return false }
            var signs = String.UnicodeScalarView([sign])
            signs.append(contentsOf: repeatElement(filler, count: written.unicodeScalars.count - 1))
            self.text.unicodeScalars.replaceSubrange(start..<end, with: signs)
            self.originals.append(key)
            return true
        }
        return false
    }

    /// The place in the text that Yams marks; nil where there is none.
    private func index(of mark: Mark) -> String.Index? {
        let scalars = self.text.unicodeScalars
        var index = scalars.startIndex
        var line = 1
        while line < mark.line {
            guard let end = scalars[index...].firstIndex(where: { $0 == "\n" }) else { return nil }
            index = scalars.index(after: end)
            line += 1
        }
        guard mark.column >= 1 else { return nil }
        return scalars.index(index, offsetBy: mark.column - 1, limitedBy: scalars.endIndex)
    }
}
