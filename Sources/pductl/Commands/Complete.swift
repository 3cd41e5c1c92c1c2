import ArgumentParser
import Foundation
import NUTTransport

/// `pductl __complete`: names for the shell that is completing a command line; says nothing where there are none.
struct Complete: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "__complete", abstract: "Prints names for the completion of shells.", shouldDisplay: false)

    /// What may be completed.
    enum Subject: String, CaseIterable, ExpressibleByArgument {
        case targets
        case outlets
        case devices
        case hosts
        case consumers
    }

    /// How long anything may take: a person has pressed a key.
    private static let patience = Duration.milliseconds(800)

    @Argument(help: "What is completed.")
    var subject: Subject

    func run() async {
        var limits = NUTClientLimits()
        (limits.connect, limits.answer) = (Self.patience / 2, Self.patience / 2)
        await withTaskGroup(of: [String].self) { group in
            group.addTask { [limits, subject = self.subject] in await Self.names(subject, limits) }
            group.addTask {
                try? await Task.sleep(for: Self.patience)
                return []
            }
            let names = await group.next() ?? []
            Outcome.done(names.map { PlainText.printable($0) + "\n" }.joined()).show()
            // Without waiting for a server that has not answered yet.
            Foundation.exit(0)
        }
    }

    private static func names(_ subject: Subject, _ limits: NUTClientLimits) async -> [String] {
        guard let options = try? ServerOptions.parse([]) else { return [] }
        var names: [String] = []
        try? await options.withClient(limits: limits) { client in
            names = Self.names(subject, in: try await ServerReader(client: client).picture())
        }
        return names
    }

    /// The names of a kind, each once.
    static func names(_ subject: Subject, in picture: ServerPicture) -> [String] {
        let devices = picture.devices.map(\.name)
        let places = picture.outlets.map { "\($0.id)" }
        let all: [String] =
            switch subject {
            case .outlets: places
            case .devices: devices
            case .hosts: picture.devices(.host).map(\.name)
            case .consumers: picture.consumers
            case .targets:
                Kind.allCases.map(\.rawValue) + places + devices + picture.consumers
                    + picture.groups.map { "group=\($0)" }
            }
        var seen: Set<String> = []
        return all.filter { Self.isHarmless($0) && seen.insert($0).inserted }
    }

    /// Whether a shell takes the name for nothing but a word: bash expands what it is offered for completion, and names
    /// come from a server.
    private static func isHarmless(_ name: String) -> Bool {
        !name.isEmpty && !name.hasPrefix("-")
            && name.utf8.allSatisfy { letter in
                (0x30...0x39).contains(letter) || (0x41...0x5a).contains(letter) || (0x61...0x7a).contains(letter)
                    || "-._/=".utf8.contains(letter)
            }
    }
}
