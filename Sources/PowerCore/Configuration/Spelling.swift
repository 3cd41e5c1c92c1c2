/// Finds what somebody meant who wrote a name a little differently.
public enum Spelling {
    /// Longer words are not compared: nobody types one by mistake, and the comparison is quadratic.
    static let maximumLength = 64

    /// The candidates nearest to `word`, best first, at most `count`; empty where none is near.
    ///
    /// Near is: equal but for case, or no more than a third of the letters (at least one) changed, left out, added or
    /// swapped with the neighbour.
    public static func nearest(to word: String, among candidates: some Sequence<String>, atMost count: Int = 3)
        -> [String]
    {
        let allowed = max(1, word.unicodeScalars.count / 3)
        let ranked = candidates.enumerated().compactMap { index, candidate -> (Int, Int, String)? in
            let distance = Self.distance(word.lowercased(), candidate.lowercased())
            return distance <= allowed ? (distance, index, candidate) : nil
        }
        return ranked.sorted { ($0.0, $0.1) < ($1.0, $1.1) }.prefix(max(0, count)).map(\.2)
    }

    /// The remedy that names the nearest candidates, or all of them where none is near: `did you mean pve1?`
    static func remedy(for word: String, among candidates: [String]) -> String {
        let near = self.nearest(to: word, among: candidates)
        guard near.isEmpty else { return "did you mean \(near.joined(separator: " or "))?" }
        return candidates.isEmpty ? "" : "known: \(candidates.joined(separator: ", "))"
    }

    /// How many letters must be changed, left out, added or swapped with a neighbour to make one word of the other.
    static func distance(_ first: String, _ second: String) -> Int {
        let a = Array(first.unicodeScalars.prefix(Self.maximumLength + 1))
        let b = Array(second.unicodeScalars.prefix(Self.maximumLength + 1))
        guard a.count <= Self.maximumLength, b.count <= Self.maximumLength else { return Int.max }
        var beforeLast: [Int] = []
        var last = Array(0...b.count)
        for i in a.indices {
            var row = [i + 1]
            for j in b.indices {
                var best = min(last[j + 1] + 1, row[j] + 1, last[j] + (a[i] == b[j] ? 0 : 1))
                if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { best = min(best, beforeLast[j - 1] + 1) }
                row.append(best)
            }
            beforeLast = last
            last = row
        }
        return last[b.count]
    }
}
