import ArgumentParser

/// `pductl off`.
struct Off: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Switches outlets, or all feeds of a host, off.")

    @OptionGroup var arguments: SwitchOptions

    @Option(help: "Let the PDU or the server do it so much later (30, 2m).")
    var delay: String?

    func run() async throws {
        let order = try OrderOptions(
            forced: self.arguments.force, reason: self.arguments.reason, delay: self.delay,
            json: self.arguments.options.json)
        try await self.arguments.run(.off, order)
    }
}
