import ArgumentParser

/// `pductl cycle`.
struct Cycle: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Switches outlets, or all feeds of a host, off and on.",
        discussion: """
            The power is seen to be gone before it is given back; an outlet that is off ends on. All feeds of a host are \
            off at the same time, also where they were named one by one.
            """)

    @OptionGroup var arguments: SwitchOptions

    @Option(help: "How long the power stays away (15, 1m); as long as the server is used to without it.")
    var offTime: String?

    @Flag(help: "Let the PDU cycle by itself: for what the way to the PDU hangs on.")
    var native = false

    @Option(help: "Let the PDU or the server do it so much later (30, 2m).")
    var delay: String?

    func run() async throws {
        let order = try OrderOptions(
            forced: self.arguments.force, reason: self.arguments.reason, offTime: self.offTime, delay: self.delay,
            isNative: self.native, json: self.arguments.options.json)
        try await self.arguments.run(.cycle, order)
    }
}
