import ArgumentParser
import NUTTransport
import PowerCore

/// `pductl rename`.
struct Rename: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Gives an outlet another name, which its PDU keeps.",
        usage: "pductl rename [outlet] TARGET NAME",
        discussion: "For example `pductl rename outlet rack-a/4 'NAS left'`. Not every PDU keeps names.")

    @Argument(
        help: "The outlet, and its new name.", completion: .shellCommand("pductl __complete outlets"))
    var words: [String]

    @Flag(help: "Show what would be renamed, and do nothing.")
    var dryRun = false

    @OptionGroup var options: ServerOptions

    func run() async throws {
        let json = self.options.json
        let words = self.words.count == 3 && Kind(self.words[0]) == .outlet ? Array(self.words.dropFirst()) : self.words
        guard words.count == 2, !words[1].isEmpty, PlainText.printable(words[1]) == words[1] else {
            throw Outcome.failure(
                .usage, "name an outlet and its new name in plain ASCII: pductl rename outlet rack-a/4 NAME", json: json
            )
        }
        try await self.options.withPicture { picture, client in
            let things = try self.options.things([words[0]], kind: .outlet, in: picture, command: "rename")
            guard things.count == 1, let outlet = things[0].outlets.first else {
                throw Outcome.failure(.usage, "'\(words[0])' is more than one outlet", json: json)
            }
            guard !self.dryRun else { return self.say("would be called \(words[1])", outlet, words[1]) }
            try await self.options.authenticate(client)
            try await self.rename(outlet, to: words[1], client)
            self.say("is called \(words[1]) now", outlet, words[1])
        }
    }

    private func rename(_ outlet: OutletPicture, to name: String, _ client: NUTClient) async throws(Outcome) {
        let variable = "outlet.\(outlet.id.number).name"
        let (title, json) = ("outlet \(outlet.title)", self.options.json)
        let now: String
        do throws(NUTClientError) {
            try await client.set(variable, on: outlet.id.pdu.name, to: name)
            now = try await client.value(of: variable, on: outlet.id.pdu.name)
        } catch {
            throw Outcome(error, about: title, json: json)
        }
        guard now == name else {
            throw .failure(.notVerified, "\(title): the order was taken, but it is called '\(now)'", json: json)
        }
    }

    private func say(_ sentence: String, _ outlet: OutletPicture, _ name: String) {
        let value = JSONValue.object([("outlet", .string("\(outlet.id)")), ("name", .string(name))])
        let text = PlainText.printable("outlet \(outlet.id) \(sentence)")
        Outcome.done(self.options.json ? value.text + "\n" : text + "\n").show()
    }
}
