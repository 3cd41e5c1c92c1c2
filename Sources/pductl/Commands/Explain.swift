import ArgumentParser
import NUTTransport

/// `pductl explain`.
struct Explain: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Says what stands with a host and what comes next.")

    @Argument(help: "The host.")
    var host: String

    @OptionGroup var options: ServerOptions

    func run() async throws {
        try await self.options.withClient { client in
            let report = ExplainReport(picture: try await ServerReader(client: client).picture())
            Outcome.done(try report.text(of: self.host, json: self.options.json)).show()
        }
    }
}
