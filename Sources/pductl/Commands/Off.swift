import ArgumentParser

/// `pductl off`.
struct Off: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Switches an outlet off.")

    @OptionGroup var arguments: SwitchOptions

    func run() async throws {
        try await self.arguments.run(.off)
    }
}
