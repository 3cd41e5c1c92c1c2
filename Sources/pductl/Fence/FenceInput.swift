/// The parameters of one call of the fence agent, as they came in.
struct FenceInput: Equatable {
    /// Why they are not understood, without a full stop.
    struct Failure: Error, Equatable {
        var sentence: String
    }

    /// The values by the names of the parameters; the last one counts.
    private(set) var values: [String: String] = [:]
    /// The node that is to be fenced, as clusters give it besides.
    private(set) var node: String?

    /// Most bytes that are read from the standard input; clusters send a few hundred.
    static let maximumBytes = 65_536

    /// Reads lines `name=value`, as clusters send them; what is not known is left out, as the interface demands.
    init(lines text: String) {
        for line in text.split(whereSeparator: \.isNewline) {
            let line = line.drop { $0 == " " || $0 == "\t" }
            guard !line.hasPrefix("#"), let equals = line.firstIndex(of: "=") else { continue }
            let (name, value) = (String(line[..<equals]), String(line[line.index(after: equals)...]))
            if name == "nodename" { self.node = value }
            if name == "option" { self.values["action"] = value }
            guard let parameter = Self.parameter(named: name) else { continue }
            self.values[parameter.name] = value
        }
    }

    /// Reads the words of a command line: `-o off`, `-ooff`, `--action=off`, `--action off`, `-zq`.
    init(words: [String]) throws(Failure) {
        var rest = words[...]
        while let word = rest.popFirst() {
            if word.hasPrefix("--") {
                try self.take(long: word.dropFirst(2), &rest)
            } else if word.hasPrefix("-"), word.count > 1 {
                try self.take(short: word.dropFirst(), &rest)
            } else {
                throw Failure(sentence: "'\(word)' is no option")
            }
        }
    }

    private mutating func take(long word: Substring, _ rest: inout ArraySlice<String>) throws(Failure) {
        let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard let name = parts.first, let parameter = Self.parameter(named: String(name).replacing("-", with: "_"))
        else {
            throw Failure(sentence: "there is no option --\(word)")
        }
        let value = parts.count == 2 ? String(parts[1]) : nil
        self.values[parameter.name] = try Self.value(of: parameter, value, &rest)
    }

    private mutating func take(short letters: Substring, _ rest: inout ArraySlice<String>) throws(Failure) {
        var letters = letters
        while let letter = letters.popFirst() {
            guard let parameter = FenceParameter.all.first(where: { $0.letter == letter }) else {
                throw Failure(sentence: "there is no option -\(letter)")
            }
            let takesRest = parameter.content != .boolean && !letters.isEmpty
            self.values[parameter.name] = try Self.value(of: parameter, takesRest ? String(letters) : nil, &rest)
            if takesRest { return }
        }
    }

    private static func value(
        of parameter: FenceParameter, _ value: String?, _ rest: inout ArraySlice<String>
    ) throws(Failure) -> String {
        if parameter.content == .boolean { return value ?? "1" }
        guard let value = value ?? rest.popFirst() else {
            throw Failure(sentence: "--\(parameter.option) needs a value")
        }
        return value
    }

    private static func parameter(named name: String) -> FenceParameter? {
        FenceParameter.all.first { $0.name == name || $0.oldName == name }
    }
}
