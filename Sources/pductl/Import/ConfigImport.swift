import ArgumentParser
import Foundation
import NUTProtocol

/// `pductl config import`.
struct ConfigImport: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Turns NUT's configuration directory into a configuration file, and reports every line.",
        discussion: """
            Reads ups.conf, upsd.conf, upsd.users, upsmon.conf, upssched.conf and nut.conf. Without --output nothing \
            is written: the configuration goes to the standard output, the report to the standard error. Passwords \
            are never printed; they go into files of their own beside the output, readable only by their owner.
            """)

    @Argument(help: "The directory, for example /etc/nut.")
    var directory: String

    @Option(help: "Write the configuration to this file, and passwords to secrets/NAME beside it.")
    var output: String?

    @Option(help: "The name of the machine that the files are of; this machine's without it.")
    var host: String?

    @Flag(help: "Replace files that exist.")
    var force = false

    @Flag(help: "Print JSON.")
    var json = false

    func run() async throws {
        let outcome = try self.outcome()
        guard outcome.status == .done else { throw outcome }
        outcome.show()
    }

    /// Reads, translates and writes; says what is to be printed.
    func outcome() throws(Outcome) -> Outcome {
        let files: [NUTFile: [UInt8]]
        do {
            files = try NUTFolder(path: self.directory).files
        } catch {
            throw .failure(.usage, error.reason, json: self.json)
        }
        let folder = URL(fileURLWithPath: self.directory).standardizedFileURL.path
        let surroundings = NUTTranslation.Surroundings(directory: folder, host: self.host ?? Self.machine)
        let report = ImportReport(NUTTranslation(NUTConfiguration(files), in: surroundings))
        return self.outcome(of: report, written: try self.write(report))
    }

    /// Writes the files where that is asked for and the daemon would take them; the paths that were written.
    private func write(_ report: ImportReport) throws(Outcome) -> [String] {
        guard let output = self.output, report.errors.isEmpty else { return [] }
        let folder = URL(fileURLWithPath: output).deletingLastPathComponent().path
        let secrets = report.translation.secrets.map {
            NewFile(path: "\(folder)/\($0.path)", text: $0.password + "\n", mode: 0o600)
        }
        let document = NewFile(path: output, text: self.header + report.translation.document.yaml, mode: 0o640)
        do {
            if !secrets.isEmpty { try FileWriter.makeFolder("\(folder)/secrets") }
            try FileWriter(replaces: self.force).write(secrets + [document])
        } catch {
            throw .failure(.failed, error.reason, details: ["nothing was written"], json: self.json)
        }
        return [output] + secrets.map(\.path)
    }

    /// The report, and what was written or would be. A mistake or a refusal ends with the status of a failure.
    private func outcome(of report: ImportReport, written: [String]) -> Outcome {
        let isDone = report.errors.isEmpty && report.count(.mistake) == 0
        let status = isDone ? Ending.done : .failed
        guard !self.json else { return Outcome(output: report.json(written: written).text + "\n", status: status) }
        let text = report.text + self.lastLines(of: report, written).map { PlainText.printable($0) + "\n" }.joined()
        guard self.output == nil else { return Outcome(output: text, status: status) }
        return Outcome(
            output: self.header + report.translation.document.yaml, complaint: text, status: status)
    }

    /// What was written, or why nothing was.
    private func lastLines(of report: ImportReport, _ written: [String]) -> [String] {
        guard report.errors.isEmpty else {
            return report.errors.map { "upsd-swift would refuse this: \($0)" } + ["nothing was written"]
        }
        let warning = report.count(.mistake) == 0 ? [] : ["look at the mistakes before you use the configuration"]
        guard written.isEmpty else { return ["written: \(written.joined(separator: ", "))"] + warning }
        let count = report.translation.secrets.count
        let passwords = count == 0 ? "" : ", with \(count) password file\(count == 1 ? "" : "s")"
        return ["nothing was written: --output FILE writes the configuration\(passwords)"] + warning
    }

    private var header: String {
        """
        # Made by `pductl config import` of \(PlainText.printable(self.directory)).
        # Its report says what became of each line there.


        """
    }

    /// The first part of this machine's name.
    private static var machine: String {
        String(ProcessInfo.processInfo.hostName.prefix { $0 != "." })
    }
}
