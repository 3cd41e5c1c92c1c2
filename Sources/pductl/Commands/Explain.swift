import ArgumentParser

/// `pductl explain`.
struct Explain: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Says what stands with a host and what comes next.",
        discussion: """
            The sentences are the server's own, with the figures it decides by at this moment. Without a host there is \
            a line for each.
            """)

    @Argument(
        help: "The host; all of them, a line each, without it.", completion: .shellCommand("pductl __complete hosts"))
    var host: String?

    @OptionGroup var options: ServerOptions

    func run() async throws {
        try await self.options.withPicture { picture, _ in
            let (report, json) = (ExplainReport(picture: picture), self.options.json)
            if let host = self.host {
                try self.options.show(report.report(of: host, json: json))
            } else {
                try self.options.show(report.overview(json: json))
            }
        }
    }
}
