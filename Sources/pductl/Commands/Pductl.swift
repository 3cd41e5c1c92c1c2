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
            Exit status: 0 done, 1 failed, 2 wrong command line, 3 not found or ambiguous, 4 not permitted, \
            5 unreachable, 6 refused by an interlock, 7 partly done, 8 not verified.
            """,
        version: productVersion,
        subcommands: [
            List.self, Get.self, Describe.self, Status.self, On.self, Off.self, Cycle.self, Lock.self, Unlock.self,
            Rename.self, Watch.self, Top.self, Discover.self, Explain.self, Plan.self, Drill.self, Simulate.self,
            History.self, Lab.self, Reload.self, Config.self,
            Completions.self, Complete.self, Fence.self,
        ])

    static func main() async {
        do {
            var command = try Self.parseAsRoot(Self.words(CommandLine.arguments))
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

    /// The words behind the program's name; a link of the fence agent's name is the command `fence`.
    static func words(_ arguments: [String]) -> [String] {
        let name = arguments.first?.split(separator: "/").last.map(String.init)
        return (name == Fence.programName ? ["fence"] : []) + arguments.dropFirst()
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
