/// A program that is to be run: its words, for whose sake, and what it is told besides.
struct ProgramCall: Hashable, Sendable {
    /// The program and its arguments.
    let words: [String]
    /// Whom it is about, for sentences.
    let subject: String
    /// What it finds in its environment beside `PATH`.
    let environment: [String: String]

    init(_ words: [String], for subject: String, environment: [String: String] = [:]) {
        self.words = words
        self.subject = subject
        self.environment = environment
    }
}
