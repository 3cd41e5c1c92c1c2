import ArgumentParser
import NUTTransport
import PowerCore

/// `pductl reload`.
struct Reload: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Makes the daemon read its configuration again.",
        discussion:
            "Takes all that has changed, or nothing and says why. Nobody who is connected is disconnected for it.")

    @OptionGroup var options: ServerOptions

    func run() async throws {
        let json = self.options.json
        try await self.options.withClient { client in
            try await self.options.authenticate(client)
            do throws(NUTClientError) {
                _ = try await client.run(ServerCommand.reload, on: ServerCommand.device.name)
            } catch {
                throw ReloadReport.outcome(of: error, json: json)
            }
            ReloadReport.done(json: json).show()
        }
    }
}
