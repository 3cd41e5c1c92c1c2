public import PowerCore

extension LabCommand {
    /// Every command as a NUT client sees it, with what its parameter is.
    public static var instantCommands: [InstantCommand] {
        LabVerb.allCases.map { verb in
            let parameter = verb.arguments.joined(separator: "=")
            let explanation = verb.explanation + (parameter.isEmpty ? "" : " (parameter: \(parameter))")
            return InstantCommand(verb.rawValue, description: explanation)
        }
    }

    /// The name of the NUT instant command (`charge.set`).
    public var name: String { self.verb.rawValue }

    /// The one parameter NUT allows (`river=30`), nil where the command needs none.
    public var parameter: String? {
        self.arguments.isEmpty ? nil : self.arguments.joined(separator: "=")
    }

    /// Reads a NUT instant command.
    ///
    /// The parts of the parameter may be parted by a colon as well: an unquoted `=` is a word of its own in NUT's
    /// grammar, and not every client quotes it.
    public init(name: String, parameter: String?) throws(LabCommandError) {
        guard let verb = LabVerb(rawValue: name.lowercased()) else {
            let possible = LabVerb.allCases.map(\.rawValue).joined(separator: ", ")
            throw LabCommandError("unknown command \"\(name)\"; possible: \(possible)")
        }
        let text = parameter ?? ""
        let parts = text.split(maxSplits: 1, omittingEmptySubsequences: false) { $0 == "=" || $0 == ":" }
        try self.init(verb, text.isEmpty ? [] : parts.map { String($0) })
    }
}
