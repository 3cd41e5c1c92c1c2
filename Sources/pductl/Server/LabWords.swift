import PowerCore

/// The words behind `pductl lab` as an instant command of the device `lab`.
///
/// The server's own list of commands says what there is: `mains off river` is `mains.off` with the parameter
/// `river`, `charge river 30` is `charge.set` with `river=30`.
struct LabWords: Equatable {
    /// The device that takes them.
    static let device = RackValidation.labName

    /// The instant command.
    var command: String
    /// Its parameter.
    var parameter: String?

    /// Finds the command, or says what there is.
    init(_ words: [String], among commands: [String], json: Bool) throws(Outcome) {
        guard let first = words.first?.lowercased() else {
            throw Self.unknown("no command given", commands, json: json)
        }
        let two = words.prefix(2).map { $0.lowercased() }.joined(separator: ".")
        if words.count >= 2, commands.contains(two) {
            self.init(two, words.dropFirst(2))
        } else if commands.contains(first) {
            self.init(first, words.dropFirst())
        } else {
            let named = commands.filter { $0.split(separator: ".").contains { $0 == first } }
            guard named.count == 1 else {
                let sentence = "'\(words.joined(separator: " "))' is no command of the lab"
                throw Self.unknown(sentence, named.isEmpty ? commands : named, json: json)
            }
            self.init(named[0], words.dropFirst())
        }
    }

    /// A command for a list: as it is typed, and what it does.
    ///
    /// The server describes parameters at the end: `Set the charge of a UPS (parameter: UPS=PERCENT)`.
    static func usage(of command: String, described description: String) -> (typed: String, text: String) {
        let words = command.split(separator: ".").joined(separator: " ")
        let parts = description.split(separator: " (parameter: ", maxSplits: 1)
        guard parts.count == 2, parts[1].hasSuffix(")") else { return (words, description) }
        let parameter = parts[1].dropLast().split(separator: "=").joined(separator: " ")
        return ("\(words) \(parameter)", String(parts[0]))
    }

    private init(_ command: String, _ arguments: ArraySlice<String>) {
        self.command = command
        self.parameter = arguments.isEmpty ? nil : arguments.joined(separator: "=")
    }

    private static func unknown(_ sentence: String, _ commands: [String], json: Bool) -> Outcome {
        let details = commands.map { $0.split(separator: ".").joined(separator: " ") }
        return .failure(.usage, "\(sentence). There are:", details: details, json: json)
    }
}
