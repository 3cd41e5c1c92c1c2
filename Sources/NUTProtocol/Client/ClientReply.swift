internal import PowerCore

/// One line that a NUT server sent.
public enum ClientReply: Hashable, Sendable {
    /// `OK` and the words behind it (`TRACKING`, an identifier; `FSD-SET`; `Goodbye`).
    case ok([String])
    /// `ERR` with its word, and behind it, where the server gives them, a sentence and one word for the kind of trouble.
    case error(ErrorWord, sentence: String?, kind: String? = nil)
    /// `BEGIN LIST` and what is listed (`VAR`, the device).
    case beginList([String])
    /// `END LIST` and what was listed.
    case endList([String])
    /// Any other line, as words: a record of a list, the answer to `GET`, a version text.
    case record([String])

    /// Reads the words of a line.
    public init(words: [String]) {
        switch words.first {
        case "OK":
            self = .ok(Array(words.dropFirst()))
        case "ERR" where words.count > 1:
            let kind = words.count == 4 ? OrderTrouble(rawValue: words[3])?.rawValue : nil
            let sentence = words.dropFirst(2).dropLast(kind == nil ? 0 : 1).joined(separator: " ")
            self = .error(ErrorWord(words[1]), sentence: sentence.isEmpty ? nil : sentence, kind: kind)
        case "BEGIN" where words.count > 2 && words[1] == "LIST":
            self = .beginList(Array(words.dropFirst(2)))
        case "END" where words.count > 2 && words[1] == "LIST":
            self = .endList(Array(words.dropFirst(2)))
        default:
            self = .record(words)
        }
    }
}
