/// What a device asks for with 401: a scheme and its parameters (RFC 9110, 11.3).
struct AuthenticationChallenge: Hashable {
    /// The scheme in small letters, such as `digest`.
    var scheme: String
    /// The parameters, their names in small letters.
    var parameters: [String: String] = [:]

    /// Every challenge of a `WWW-Authenticate` header; what makes no sense is left out.
    static func challenges(in header: String) -> [AuthenticationChallenge] {
        var challenges: [AuthenticationChallenge] = []
        for part in Self.parts(of: header) {
            let words = part.split(separator: " ", maxSplits: 1)
            if let scheme = words.first, !scheme.contains("=") {
                challenges.append(AuthenticationChallenge(scheme: scheme.lowercased()))
                if words.count == 2 { Self.add(words[1], to: &challenges) }
            } else {
                Self.add(part[...], to: &challenges)
            }
        }
        return challenges
    }

    private static func add(_ pair: Substring, to challenges: inout [AuthenticationChallenge]) {
        guard !challenges.isEmpty, let equals = pair.firstIndex(of: "=") else { return }
        let name = pair[..<equals].filter { $0 != " " }.lowercased()
        challenges[challenges.count - 1].parameters[name] = Self.unquoted(pair[pair.index(after: equals)...])
    }

    /// The header cut at its commas, but not at those in quotes.
    private static func parts(of header: String) -> [String] {
        var parts = [""]
        var isQuoted = false
        var isEscaped = false
        for letter in header {
            if letter == "\"", !isEscaped { isQuoted.toggle() }
            isEscaped = letter == "\\" && !isEscaped
            if letter == ",", !isQuoted { parts.append("") } else { parts[parts.count - 1].append(letter) }
        }
        return parts.map { String($0.drop { $0 == " " }) }.filter { !$0.isEmpty }
    }

    private static func unquoted(_ text: Substring) -> String {
        let text = text.drop { $0 == " " }
        guard text.first == "\"" else { return text.filter { $0 != " " } }
        var value = ""
        var isEscaped = false
        for letter in text.dropFirst() {
            if letter == "\"", !isEscaped { break }
            isEscaped = letter == "\\" && !isEscaped
            if !isEscaped { value.append(letter) }
        }
        return value
    }
}
