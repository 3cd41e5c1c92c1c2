/// What a person typed to say which things are meant, before anything is looked up.
///
/// `4`, `1-4,7`, `rack-a/4`, `rack-[a-b]/[1-8]`, a name, `host=pve1`, `group=lab`, `pdu=rack-a`, `all`; several with commas.
struct Selector: Equatable {
    /// One of the parts between commas.
    enum Term: Equatable {
        /// Everything there is.
        case all
        /// Outlets by number, of whichever PDU has them.
        case numbers([Int])
        /// Outlets by their PDUs and numbers.
        case places(pdus: [String], numbers: [Int])
        /// Things by kind and name (`host=pve1`).
        case property(Kind, [String])
        /// Things by name, of whichever kind.
        case names([String])
    }

    /// Most names or numbers that one part may stand for: 20 PDUs of 48 outlets, and a slip of the finger is not more.
    static let maximumNames = 1024

    /// As it was typed.
    let text: String
    /// The parts in their order, at least one.
    let terms: [Term]

    /// Reads a selector.
    init(_ text: String) throws(SelectorError) {
        var parser = SelectorParser(text)
        self.terms = try parser.terms()
        self.text = text
    }
}

/// What is wrong with a selector, and where.
struct SelectorError: Error, Equatable {
    /// The selector as it was typed.
    var text: String
    /// What is wrong, without a full stop.
    var sentence: String
    /// The place of the letter that is wrong, from 0; the end where something is missing there.
    var column: Int

    /// The failure as it is printed: the sentence, the selector, and a caret below the place.
    func outcome(json: Bool) -> Outcome {
        .failure(
            .usage, "'\(self.text)' selects nothing: \(self.sentence)",
            details: [self.text, String(repeating: " ", count: self.column) + "^"], json: json)
    }
}
