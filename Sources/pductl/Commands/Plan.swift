import ArgumentParser
import NUTTransport

/// `pductl plan`.
struct Plan: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Shows in which order hosts would be stopped or started, and whether the batteries last.",
        usage: "pductl plan [stop|start] [TARGET ...] [--json]",
        discussion: """
            It changes nothing. Stopping a host stops first what needs it; starting it starts first what it needs. The \
            times are those that hosts have shown, the configured ones until then; AT THE LATEST is when the time of \
            every step has run out.
            """)

    @Argument(help: "`stop` or `start` (stop where neither is said), and hosts or loads; everything without them.")
    var words: [String] = []

    @OptionGroup var options: ServerOptions

    func run() async throws {
        let (json, flags) = (self.options.json, self.options.flags)
        try await self.options.withClient { client in
            let reader = ServerReader(client: client)
            let basis = try await reader.planBasis(json: json)
            let report = try PlanReport(self.words, basis, try await reader.picture(), flags: flags, json: json)
            try self.options.show(Report(text: { report.text(colour: $0) }, wide: nil, json: report.json))
        }
    }
}
