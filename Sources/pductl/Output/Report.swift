/// What a command has to say, in every form in which it can be printed.
struct Report {
    /// For people, coloured or not.
    var text: (_ colour: Bool) -> String
    /// The same with more columns; nil where there are no more.
    var wide: ((_ colour: Bool) -> String)?
    /// For programs; the other forms for programs are made of it.
    var json: JSONValue

    /// The report in one form; a failure where it cannot have that form.
    func printed(as format: OutputFormat, colour: Bool) throws(Outcome) -> String {
        switch format {
        case .table: return self.text(colour)
        case .wide: return (self.wide ?? self.text)(colour)
        case .json: return self.json.text + "\n"
        case .yaml: return self.json.yaml
        case .csv:
            guard let csv = self.json.csv else { throw Self.unfit(format, try: "list outlets") }
            return csv
        case .name:
            guard let names = self.json.names else { throw Self.unfit(format, try: "list") }
            return names.map { PlainText.printable($0) + "\n" }.joined()
        }
    }

    private static func unfit(_ format: OutputFormat, try command: String) -> Outcome {
        .failure(
            .usage, "this is no list, and cannot be printed as \(format.rawValue). A list is:",
            details: ["pductl \(command) -o \(format.rawValue)"], json: false)
    }
}
