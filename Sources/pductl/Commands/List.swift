import ArgumentParser
import NUTTransport

/// `pductl list`.
struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Lists devices, or outlets with what they feed.")

    @Argument(help: "ups, pdus, outlets or hosts; all devices without it.")
    var subject: ListReport.Subject?

    @OptionGroup var options: ServerOptions

    func run() async throws {
        try await self.options.withClient { client in
            let report = ListReport(picture: try await ServerReader(client: client).picture())
            let colour = self.options.isColoured
            let text =
                self.options.json ? report.json(self.subject).text + "\n" : report.text(self.subject, colour: colour)
            Outcome.done(text).show()
        }
    }
}
