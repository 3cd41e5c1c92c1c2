public import PowerCore

/// NUT's configuration in our format, and what becomes of each of its directives.
///
/// Pure. Every directive gets exactly one note: what nothing is known of is noted as not supported. Where a directive
/// can be meant in two ways none is chosen, and the note says what to mend.
public struct NUTTranslation: Sendable {
    /// What the files themselves do not say.
    public struct Surroundings: Hashable, Sendable {
        /// Where the files are for the daemon; NUT's relative paths begin there.
        public var directory: String
        /// The name of the machine that the files are of; nil where it is not known.
        public var host: String?
        /// Where the password files go, relative to the configuration.
        public var secrets: String

        /// Makes surroundings.
        public init(directory: String = "/etc/nut", host: String? = nil, secrets: String = "secrets") {
            self.directory = directory
            self.host = host
            self.secrets = secrets
        }
    }

    /// A file with a password in its first line.
    public struct Secret: Hashable, Sendable {
        /// The path as the configuration names it.
        public var path: String
        /// The password.
        public var password: String
    }

    /// The configuration in our format.
    public internal(set) var document = RackDocument()
    /// A note for every directive, in the order of the files.
    public internal(set) var notes: [NUTFileNote] = []
    /// The files with passwords that the document names.
    public internal(set) var secrets: [Secret] = []

    /// What is translated.
    let nut: NUTConfiguration
    /// What the files do not say.
    let surroundings: Surroundings
    /// The UPSes as far as they could be translated.
    var upses: [NUTTranslatedUPS] = []
    /// What has been said of directives so far.
    private var verdicts: [NUTFilePlace: (verdict: NUTFileNote.Verdict, text: String)] = [:]

    /// Translates `nut`.
    public init(_ nut: NUTConfiguration, in surroundings: Surroundings = Surroundings()) {
        self.nut = nut
        self.surroundings = surroundings
        for mistake in nut.mistakes { self.verdicts[mistake.place] = (.mistake, mistake.text) }
        self.translateEnvironment()
        self.translateUPSes()
        let server = self.translatedServer()
        self.document.entries = server.isEmpty ? [] : [RackDocument.Entry("server", .group(server))]
        let hosts = self.translatedHosts()
        self.document.entries += self.translatedUPSEntries() + hosts
        self.translateSchedule()
        self.notes = nut.directives.map { self.finalNote(of: $0) }
    }

    /// What the reader of configurations says of the document as it is written; marks are those of NUT's files.
    public var reading: ConfigurationReading { ConfigurationReader.read(self.document.node) }

    // What the parts use to say what they do.

    /// Says what becomes of the directive at `place`; what was said first holds.
    mutating func note(_ place: NUTFilePlace, _ verdict: NUTFileNote.Verdict, _ text: String) {
        if self.verdicts[place] == nil { self.verdicts[place] = (verdict, text) }
    }

    /// Says it whatever was said before.
    mutating func overrule(_ place: NUTFilePlace, _ verdict: NUTFileNote.Verdict, _ text: String) {
        self.verdicts[place] = (verdict, text)
    }

    /// The note of a directive, what the grammar dropped included.
    private func finalNote(of directive: NUTDirective) -> NUTFileNote {
        let subject = NUTDirectiveNames.subject(of: directive)
        guard let (verdict, text) = self.verdicts[directive.place] else { return self.unknown(directive, subject) }
        var note = NUTFileNote(directive.place, verdict, subject, text)
        guard verdict != .mistake else { return note }
        let dropped = directive.faults.compactMap { fault -> String? in
            switch fault {
            case .droppedWords: "words behind the \(LineLimits.words)nd are dropped, as by NUT"
            case .cutWord: "a word is cut behind \(LineLimits.wordBytes) bytes, as by NUT"
            case .droppedBytes: "characters beyond ASCII are dropped, as by NUT"
            case .hashInQuotes, .openQuote, .tooLong: nil
            }
        }
        guard !dropped.isEmpty else { return note }
        if verdict == .taken { note.verdict = .changed }
        note.text = ([text] + dropped).joined(separator: "; ")
        return note
    }

    /// What is said of a directive that NUT does not know either.
    private func unknown(_ directive: NUTDirective, _ subject: String) -> NUTFileNote {
        let names = NUTDirectiveNames.names(of: directive.place.file)
        let near = Spelling.nearest(to: directive.name, among: names, atMost: 1).first
        let remedy = near.map { "did you mean \($0)?" } ?? "NUT ignores it too"
        let sentence =
            directive.place.file == .ups
            ? "there is no such setting for all UPSes" : "\(directive.place.file.rawValue) has no such setting"
        return NUTFileNote(directive.place, .mistake, subject, "\(sentence); \(remedy)")
    }
}
