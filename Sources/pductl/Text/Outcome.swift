/// What a command leaves behind: text for both outputs and the exit status.
struct Outcome: Error, Equatable {
    /// For the standard output, each line with its end.
    var output = ""
    /// For the standard error, each line with its end.
    var complaint = ""
    /// How the process ends.
    var status = Ending.done

    /// Something worked; `text` is shown.
    static func done(_ text: String) -> Outcome {
        Outcome(output: text)
    }

    /// Something did not work: a sentence, and further lines below it.
    ///
    /// With `json` the same goes to the standard output as an object with the key `error`.
    static func failure(_ status: Ending, _ sentence: String, details: [String] = [], json: Bool) -> Outcome {
        let sentence = PlainText.printable(sentence)
        let details = details.map(PlainText.printable)
        guard !json else {
            let error = JSONValue.object([
                ("status", .number("\(status.rawValue)")), ("message", .string(sentence)),
                ("details", .array(details.map { .string($0) })),
            ])
            return Outcome(output: JSONValue.object([("error", error)]).text + "\n", status: status)
        }
        let lines = ["pductl: \(sentence)"] + details.map { "  \($0)" }
        return Outcome(complaint: lines.joined(separator: "\n") + "\n", status: status)
    }
}
