import ArgumentParser
import NUTTransport

/// `pductl top`.
struct Top: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Shows the outlets by what they draw; on a terminal again and again, until it is interrupted.")

    @Option(help: "Between two looks (1s, 10s).")
    var interval = "2s"

    @Flag(help: "Look once, also on a terminal.")
    var once = false

    @OptionGroup var options: ServerOptions

    func run() async throws {
        let pause = try OrderOptions.duration(self.interval, "--interval", json: self.options.json)
        let isShown = Terminal.isShown && !self.once && [.table, .wide].contains(self.options.format)
        try await self.options.withClient { client in
            guard isShown else {
                return try self.options.show(
                    TopReport(picture: try await ServerReader(client: client).picture()).report)
            }
            while true {
                let picture = try await ServerReader(client: client).picture()
                // The sentence, an empty line, the titles, and the line that the cursor stands in.
                let limit = max(1, (Terminal.size?.rows ?? 24) - 4)
                let report = TopReport(picture: picture, limit: limit).report
                Outcome.done("\u{1b}[H\u{1b}[2J" + report.text(self.options.isColoured)).show()
                try await Task.sleep(for: pause)
            }
        }
    }
}
