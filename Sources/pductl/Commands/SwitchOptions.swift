import ArgumentParser
import Foundation
import NUTTransport
import PowerCore

/// What `on`, `off` and `cycle` have in common.
struct SwitchOptions: ParsableArguments {
    @Argument(help: "`outlet`, and which: 4, rack-a/4, its name, or the host it feeds.")
    var words: [String]

    @Option(help: "The name of the host or load that may lose its power by this, typed out.")
    var force: String?

    @Flag(help: "Do not ask before power is taken away.")
    var yes = false

    @OptionGroup var options: ServerOptions

    /// The target behind the word `outlet`, which may be left out.
    func target() throws(Outcome) -> String {
        let rest = self.words.first == "outlet" ? Array(self.words.dropFirst()) : self.words
        guard rest.count == 1, !rest[0].isEmpty else {
            throw .failure(
                .usage, "name one outlet: pductl cycle outlet rack-a/4. See:",
                details: ["pductl\(self.options.flags) list outlets"], json: self.options.json)
        }
        return rest[0]
    }

    /// Finds the outlet, asks, gives the order, waits for its outcome and reads the state back.
    func run(_ action: OutletAction) async throws {
        let (target, json) = (try self.target(), self.options.json)
        try await self.options.withClient { client in
            let picture = try await ServerReader(client: client).picture(withCommands: true)
            let decision = try SwitchDecision(
                action, target, force: self.force, in: picture, flags: self.options.flags, json: json)
            try self.confirm(decision)
            try await self.options.authenticate(client)
            try await self.carryOut(decision, client).show()
        }
    }

    private func carryOut(_ decision: SwitchDecision, _ client: NUTClient) async throws(Outcome) -> Outcome {
        let (id, json) = (decision.outlet.id, self.options.json)
        do {
            let command = decision.outlet.command(decision.action)
            let result = try await client.run(command, on: id.pdu.name, parameter: decision.force)
            let status = try? await client.value(of: "outlet.\(id.number).status", on: id.pdu.name)
            return decision.report(isDone: result == .done, status: status, json: json)
        } catch {
            throw Outcome(error, about: "outlet \(decision.outlet.title)", json: json)
        }
    }

    /// Asks on a terminal; a script means what it says.
    private func confirm(_ decision: SwitchDecision) throws(Outcome) {
        guard let question = decision.question, !self.yes, isatty(STDIN_FILENO) == 1 else { return }
        FileHandle.standardError.write(Data(PlainText.printable(question).utf8))
        let answer = readLine()?.lowercased() ?? ""
        guard ["y", "yes"].contains(answer) else {
            throw .failure(.failed, "nothing was switched", json: self.options.json)
        }
    }
}
