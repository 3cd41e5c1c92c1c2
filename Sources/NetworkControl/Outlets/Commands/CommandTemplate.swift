/// The words of a command with places for what is known only when it is run.
struct CommandTemplate: Hashable {
    /// What stands for the number of an outlet, its name, and how many seconds it is to be off.
    static let (outlet, name, seconds) = ("{outlet}", "{name}", "{seconds}")

    let words: [String]

    /// The words with values in the places, each word still one word whatever the values hold.
    func filled(_ values: [String: String]) -> [String] {
        self.words.map { word in
            var (done, rest) = ("", word[...])
            while let brace = rest.firstIndex(of: "{") {
                done += rest[..<brace]
                rest = rest[brace...]
                if let (place, value) = values.first(where: { rest.hasPrefix($0.key) }) {
                    done += value
                    rest = rest.dropFirst(place.count)
                } else {
                    done += "{"
                    rest = rest.dropFirst()
                }
            }
            return done + rest
        }
    }

    /// Whether any word has the place.
    func has(_ place: String) -> Bool {
        self.words.contains { $0.contains(place) }
    }
}
