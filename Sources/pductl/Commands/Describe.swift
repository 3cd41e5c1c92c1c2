import ArgumentParser
import NUTTransport

/// `pductl describe`.
struct Describe: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Shows everything that is known of an outlet, host, group, PDU or UPS.",
        discussion: "For a host that includes the sentences of `pductl explain`.")

    @Argument(
        help: "The kind (outlet, pdu, group, host, ups; may be left out) and which: rack-a/4, a name, host=pve1.",
        completion: .shellCommand("pductl __complete targets"))
    var words: [String]

    @OptionGroup var options: ServerOptions

    func run() async throws {
        let words = KindedWords(self.words)
        try await self.options.withPicture(withCommands: true) { picture, client in
            let things = try self.options.things(
                words.words, kind: words.kind, in: picture, command: "describe")
            var reports: [Report] = []
            for thing in things {
                var report = DescribeReport(thing: thing)
                if let device = thing.device { report.clients = (try? await client.clients(of: device.name)) ?? [] }
                reports.append(report.report)
            }
            guard reports.count > 1 else { return try self.options.show(reports[0]) }
            let all = reports
            try self.options.show(
                Report(
                    text: { colour in all.map { $0.text(colour) }.joined(separator: "\n") }, wide: nil,
                    json: .array(all.map(\.json))))
        }
    }
}
