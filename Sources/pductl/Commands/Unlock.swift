import ArgumentParser

/// `pductl unlock`.
struct Unlock: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Takes locks of outlets away.")

    @OptionGroup var arguments: SwitchOptions

    func run() async throws {
        let order = try OrderOptions(
            forced: self.arguments.force, reason: self.arguments.reason, json: self.arguments.options.json)
        try await self.arguments.run(.unlock, order)
    }
}
