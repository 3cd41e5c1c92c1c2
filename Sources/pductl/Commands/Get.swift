import ArgumentParser
import NUTTransport

/// `pductl get`.
struct Get: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Prints the variables of a device, or one of them.")

    @Argument(help: "The device.")
    var device: String

    @Argument(help: "The variable (battery.charge); all of them without it.")
    var variable: String?

    @OptionGroup var options: ServerOptions

    func run() async throws {
        try await self.options.withClient { client in
            let report = GetReport(picture: try await ServerReader(client: client).picture())
            let text = try report.text(of: self.device, variable: self.variable, json: self.options.json)
            Outcome.done(text).show()
        }
    }
}
