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
            Pductl.show(.done(text))
        }
    }
}

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
                Pductl.show(.done(try report.text(of: target, colour: colour, json: json)))
            } else {
                Pductl.show(.done(json ? report.json.text + "\n" : report.text(colour: colour)))
            }
        }
    }
}

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
            Pductl.show(.done(text))
        }
    }
}

/// `pductl explain`.
struct Explain: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Says what stands with a host and what comes next.")

    @Argument(help: "The host.")
    var host: String

    @OptionGroup var options: ServerOptions

    func run() async throws {
        try await self.options.withClient { client in
            let report = ExplainReport(picture: try await ServerReader(client: client).picture())
            Pductl.show(.done(try report.text(of: self.host, json: self.options.json)))
        }
    }
}
