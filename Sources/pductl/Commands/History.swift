import ArgumentParser
import EventStore
import Foundation
import PowerCore

/// `pductl history`.
struct History: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Shows what was seen, decided and done, and by whom.",
        discussion: """
            It reads the file that the daemon's configuration names under `store:`, whether the daemon runs or not, and \
            changes nothing. A time is \(LocalTime.examples); 2h is two hours ago. Without one the newest \
            \(HistoryFilter.usual) events are shown.
            """)

    @Option(help: "The file of the store.")
    var store: String = HistoryFile.usualPath

    @Option(help: "Only events from this time on.")
    var since: String?

    @Option(help: "Only events before this time.")
    var until: String?

    @Option(help: "Only events about this host.")
    var host: String?

    @Option(help: "Only events about this device, host, load or outlet ('outlet rack-a/4'), as SUBJECT shows it.")
    var subject: String?

    @Option(help: "Only events of this level and those that matter more.")
    var level: HistoryFilter.Level = .notice

    @Option(help: "Only so many, the newest.")
    var last: Int?

    @Flag(help: "Print JSON.")
    var json = false

    func run() throws {
        guard self.host == nil || self.subject == nil else {
            throw Outcome.failure(.usage, "--host and --subject are the same; give one of them", json: self.json)
        }
        let local = LocalTime(zone: .current)
        let now = WallTime.now
        let wanted = HistoryFilter(
            since: self.since, until: self.until, subject: self.host ?? self.subject, level: self.level,
            last: self.last)
        let filter = try wanted.filter(local, now: now, json: self.json)
        if let failure = HistoryFile(lookingAt: self.store).failure(self.store, json: self.json) { throw failure }
        let report = HistoryReport(events: try self.events(filter), local: local)
        Outcome.done(self.json ? report.json.text + "\n" : report.text(colour: ServerOptions.isTerminalColoured))
            .show()
    }

    private func events(_ filter: EventReader.Filter) throws(Outcome) -> [StoredEvent] {
        do throws(JournalFailure) {
            return try EventReader(self.store).history(filter)
        } catch {
            throw HistoryFile.failure(error, json: self.json)
        }
    }
}
