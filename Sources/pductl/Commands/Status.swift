import ArgumentParser
import NUTTransport

/// `pductl status`.
struct Status: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Shows how everything stands, or one device or outlet.")

    @Argument(help: "A device, a host, or an outlet (4, rack-a/4, or its name).")
    var target: String?

    @OptionGroup var options: ServerOptions

    func run() async throws {
        try await self.options.withClient { client in
            let report = StatusReport(picture: try await ServerReader(client: client).picture())
            let (json, colour) = (self.options.json, self.options.isColoured)
            if let target = self.target {
                Outcome.done(try report.text(of: target, colour: colour, json: json)).show()
            } else {
                Outcome.done(json ? report.json.text + "\n" : report.text(colour: colour)).show()
            }
        }
    }
}
