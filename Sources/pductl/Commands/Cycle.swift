import ArgumentParser

/// `pductl cycle`.
struct Cycle: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Switches an outlet off and on.")

    @OptionGroup var arguments: SwitchOptions

    func run() async throws {
        try await self.arguments.run(.cycle)
    }
}
