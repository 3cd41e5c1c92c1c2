import NUTProtocol
import PowerCore

/// What the import of a NUT directory says: a line for every directive, and how many there are of each kind.
struct ImportReport {
    /// What became of the directives.
    let translation: NUTTranslation
    /// What the reader of configurations says of the result.
    let reading: ConfigurationReading

    /// Prepares to report on `translation`.
    init(_ translation: NUTTranslation) {
        self.translation = translation
        self.reading = translation.reading
    }

    /// Why `upsd-swift` would refuse the result, each with the place in NUT's files it came of; usually nothing.
    var errors: [String] {
        self.reading.problems.filter { $0.severity == .error }.map {
            "\($0.message)\($0.remedy.isEmpty ? "" : "; \($0.remedy)")"
        }
    }

    /// The number of directives with this verdict.
    func count(_ verdict: NUTFileNote.Verdict) -> Int {
        self.translation.notes.count { $0.verdict == verdict }
    }

    /// A line for each directive, then the numbers.
    var text: String {
        let lines = self.translation.notes.map { PlainText.printable($0.line) }
        return (lines + [self.summary]).joined(separator: "\n") + "\n"
    }

    /// `34 directives: 20 taken, 6 changed, 3 not needed, 4 not supported, 1 mistake`.
    var summary: String {
        let all = self.translation.notes.count
        let parts = NUTFileNote.Verdict.allCases.map { verdict in
            let count = self.count(verdict)
            return "\(count) \(verdict.rawValue)\(verdict == .mistake && count != 1 ? "s" : "")"
        }
        return "\(all) directive\(all == 1 ? "" : "s"): \(parts.joined(separator: ", "))"
    }

    /// The same as JSON; `written` are the files that were made.
    func json(written: [String]) -> JSONValue {
        let notes = self.translation.notes.map { note in
            JSONValue.object([
                ("file", .string(note.place.file.rawValue)), ("line", .number("\(note.place.mark.line)")),
                ("column", .number("\(note.place.mark.column)")), ("verdict", .string(note.verdict.rawValue)),
                ("subject", .string(note.subject)), ("text", .string(note.text)),
            ])
        }
        let counts = NUTFileNote.Verdict.allCases.map { ($0.rawValue, JSONValue.number("\(self.count($0))")) }
        return .object([
            ("directives", .array(notes)), ("counts", .object(counts)),
            ("refused", .array(self.errors.map { .string($0) })),
            ("configuration", .string(self.translation.document.yaml)),
            ("password-files", .array(self.translation.secrets.map { .string($0.path) })),
            ("written", .array(written.map { .string($0) })),
        ])
    }
}
