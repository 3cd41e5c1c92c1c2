import ArgumentParser
import NUTTransport

/// `pductl lab`.
struct Lab: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Plays with an emulated rack: mains, faults, time.",
        discussion: "For example `pductl lab mains off`, `pductl lab charge river 30`, `pductl lab status`.")

    @Argument(help: "The command and what it is about; without it all commands are listed.")
    var words: [String] = []

    @OptionGroup var options: ServerOptions

    func run() async throws {
        let json = self.options.json
        try await self.options.withClient { client in
            let picture = try await ServerReader(client: client).picture(withCommands: true)
            guard let lab = picture.device(LabWords.device) else {
                throw Outcome.failure(.failed, "this server has no emulated rack", json: json)
            }
            guard !self.words.isEmpty else { return try await self.list(lab, client) }
            let words = try LabWords(self.words, among: lab.commands, json: json)
            guard words.command != "lab.status" else { return try self.show(picture) }
            try await self.options.authenticate(client)
            try await self.carryOut(words, client)
        }
    }

    /// The true state of the lab stands in its variables, which everybody may read.
    private func show(_ picture: ServerPicture) throws {
        let report = GetReport(picture: picture)
        try self.options.show(report.report(of: LabWords.device, variable: nil, json: self.options.json))
    }

    private func carryOut(_ words: LabWords, _ client: NUTClient) async throws {
        let name = ([words.command] + [words.parameter].compactMap { $0 }).joined(separator: " ")
        do {
            _ = try await client.run(words.command, on: LabWords.device, parameter: words.parameter)
            let value = JSONValue.object([
                ("command", .string(words.command)), ("parameter", .string(orNull: words.parameter)),
                ("done", .boolean(true)),
            ])
            Outcome.done(self.options.json ? value.text + "\n" : "lab: \(PlainText.printable(name)): done\n").show()
        } catch {
            throw Outcome(error, about: "lab: \(name)", json: self.options.json)
        }
    }

    private func list(_ lab: DevicePicture, _ client: NUTClient) async throws {
        var table = TextTable("COMMAND", "WHAT IT DOES")
        var items: [JSONValue] = []
        for command in lab.commands {
            let description = try await client.description(ofCommand: command, on: lab.name)
            let usage = LabWords.usage(of: command, described: description)
            table.add(.init(usage.typed), .init(usage.text))
            items.append(.object([("command", .string(command)), ("description", .string(description))]))
        }
        try self.options.show(Report(text: { [table] in table.text(colour: $0) }, wide: nil, json: .array(items)))
    }
}
