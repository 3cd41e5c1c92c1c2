import ArgumentParser
import Foundation
import PowerCore

/// Shows and switches what hangs on a NUT server.
///
/// Everything that is decided or printed is a pure function beside the commands; they themselves only connect, ask
/// and print.
@main
struct Pductl: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pductl",
        abstract: "Shows and switches the UPSes, PDUs, outlets and hosts of a NUT server.",
        discussion: """
            Exit status: 0 done, 1 failed or refused, 2 wrong or ambiguous command line, 3 server not reached, \
            4 not permitted.
            """,
        version: productVersion,
        subcommands: [
            List.self, Status.self, Get.self, On.self, Off.self, Cycle.self, Explain.self, Plan.self, Drill.self,
            Simulate.self, History.self, Lab.self, Reload.self, Config.self,
        ])

    static func main() async {
        do {
            var command = try Self.parseAsRoot()
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
        } catch let outcome as Outcome {
            Self.leave(with: outcome)
        } catch {
            Self.leave(with: Self.outcome(of: error))
        }
    }

    /// Help is an answer; anything else the parser says is a wrong command line.
    static func outcome(of error: any Error) -> Outcome {
        let message = Self.fullMessage(for: error) + "\n"
        guard Self.exitCode(for: error).isSuccess else { return Outcome(complaint: message, status: .usage) }
        return Outcome(output: message)
    }

    /// Prints and exits.
    private static func leave(with outcome: Outcome) {
        outcome.show()
        Foundation.exit(outcome.status.rawValue)
    }
}
