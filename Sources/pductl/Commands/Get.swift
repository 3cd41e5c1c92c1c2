import ArgumentParser

/// `pductl get`.
struct Get: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Prints the variables of a device or an outlet, or one of them.",
        usage: "pductl get [KIND] TARGET [VARIABLE]",
        discussion: "For example `pductl get river battery.charge`, `pductl get outlet rack-a/4 realpower`.")

    @Argument(
        help: "The device, or `outlet` and which; then the variable, all of them without it.",
        completion: .shellCommand("pductl __complete targets"))
    var words: [String]

    @OptionGroup var options: ServerOptions

    func run() async throws {
        let words = KindedWords(self.words)
        let json = self.options.json
        guard let target = words.words.first, words.words.count <= 2 else {
            throw Outcome.failure(.usage, "name a device or an outlet, and perhaps one of its variables", json: json)
        }
        let variable = words.words.count == 2 ? words.words[1] : nil
        try await self.options.withPicture { picture, _ in
            let report = GetReport(picture: picture)
            guard words.kind == .outlet || target.contains("/") else {
                return try self.options.show(report.report(of: target, variable: variable, json: json))
            }
            let things = try self.options.things([target], kind: .outlet, in: picture, command: "get")
            guard things.count == 1, let outlet = things[0].outlets.first else {
                throw Outcome.failure(.usage, "'\(target)' is more than one outlet", json: json)
            }
            try self.options.show(report.report(of: outlet, variable: variable, json: json))
        }
    }
}
