/// What becomes of one directive, in the words of the report.
public struct NUTFileNote: Hashable, Sendable {
    /// The kinds of outcome.
    public enum Verdict: String, Hashable, Sendable, CaseIterable {
        /// It means the same in our configuration, or goes on meaning what it did.
        case taken
        /// It has an equal that is not quite the same; the text says how.
        case changed
        /// Nothing is lost without it; the text says why.
        case notNeeded = "not needed"
        /// What it did is not done any more; the text says what that means.
        case notSupported = "not supported"
        /// It cannot be meant as it stands, or could be meant in two ways; the text says what to do.
        case mistake
    }

    /// Where the directive begins.
    public var place: NUTFilePlace
    /// The outcome.
    public var verdict: Verdict
    /// The directive by name; never a value, which may be a secret.
    public var subject: String
    /// How or why, as a sentence without a full stop.
    public var text: String

    /// Makes a note.
    public init(_ place: NUTFilePlace, _ verdict: Verdict, _ subject: String, _ text: String) {
        self.place = place
        self.verdict = verdict
        self.subject = subject
        self.text = text
    }

    /// The note as one line that editors can follow: `ups.conf:3:5: taken: vendorid: match vendor 051d`.
    public var line: String {
        "\(self.place): \(self.verdict.rawValue): \(self.subject)\(self.text.isEmpty ? "" : ": \(self.text)")"
    }
}
