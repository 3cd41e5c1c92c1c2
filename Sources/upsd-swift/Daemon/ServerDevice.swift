import PowerCore
import Synchronization

/// The daemon itself as a device that takes commands; no list of devices shows it.
final class ServerDevice: CommandDevice {
    /// The longest text of a refusal; a reply has 511 bytes.
    static let longestText = 440

    private let reload = Mutex<Reload?>(nil)

    /// Lets `reload` be asked for.
    func attach(_ reload: Reload) {
        self.reload.withLock { $0 = reload }
    }

    func snapshot() async -> DeviceSnapshot {
        DeviceSnapshot(
            id: ServerCommand.device, availability: .fresh, variables: [Variable("device.type", "server")],
            commands: [InstantCommand(ServerCommand.reload, description: "Read the configuration again")])
    }

    func run(_ command: String, parameter: String?) async throws(OrderRefusal) {
        guard command == ServerCommand.reload, let reload = self.reload.withLock({ $0 }) else {
            throw OrderRefusal("there is no command \(command) now")
        }
        do throws(Reload.Refusal) {
            try await reload.reload()
        } catch {
            throw OrderRefusal(Self.text(of: error.lines))
        }
    }

    /// As many whole lines as a reply has room for; how many more there are is said.
    static func text(of lines: [String]) -> String {
        var text = ""
        for (index, line) in lines.enumerated() {
            let next = text.isEmpty ? line : text + ServerCommand.lineSeparator + line
            let rest = lines.count - index
            guard index == 0 || next.utf8.count <= Self.longestText else {
                return text + ServerCommand.lineSeparator + "\(rest) more in the log"
            }
            text = next
        }
        return text
    }
}
