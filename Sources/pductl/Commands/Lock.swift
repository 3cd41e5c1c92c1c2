import ArgumentParser

/// `pductl lock`.
struct Lock: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Locks outlets, so that nobody switches them.")

    @OptionGroup var arguments: SwitchOptions

    func run() async throws {
        let order = try OrderOptions(
            forced: self.arguments.force, reason: self.arguments.reason, json: self.arguments.options.json)
        try await self.arguments.run(.lock, order)
    }
}
