import ArgumentParser
import NUTTransport

/// `pductl explain`.
struct Explain: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Says what stands with a host and what comes next.",
        discussion: """
            The sentences are the server's own, with the figures it decides by at this moment. Without a host there is \
            a line for each.
            """)

    @Argument(help: "The host; all of them, a line each, without it.")
    var host: String?

    @OptionGroup var options: ServerOptions

    func run() async throws {
        try await self.options.withClient { client in
            let report = ExplainReport(picture: try await ServerReader(client: client).picture())
            let (json, colour) = (self.options.json, self.options.isColoured)
            let text =
                if let host = self.host {
                    try report.text(of: host, json: json)
                } else {
                    try report.overview(colour: colour, json: json)
                }
            Outcome.done(text).show()
        }
    }
}
