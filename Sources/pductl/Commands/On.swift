import ArgumentParser

/// `pductl on`.
struct On: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Switches an outlet on.")

    @OptionGroup var arguments: SwitchOptions

    func run() async throws {
        try await self.arguments.run(.on)
    }
}
