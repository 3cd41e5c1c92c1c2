import ArgumentParser
import EventStore
import PowerCore

/// Which events `pductl history` is asked for, as the command line says it.
struct HistoryFilter: Equatable {
    /// The levels by their words.
    enum Level: String, CaseIterable, ExpressibleByArgument {
        case notice
        case warning
        case alarm
    }

    /// The most events that are read at once: all that a store keeps.
    static let most = StoreLimits().historyEvents

    /// How many are shown where nobody says: some screenfuls.
    static let usual = 100

    /// The text of `--since`.
    var since: String?
    /// The text of `--until`.
    var until: String?
    /// The text of `--host` or `--subject`.
    var subject: String?
    /// The level from which on events are shown.
    var level = Level.notice
    /// How many, the newest of them.
    var last: Int?

    /// The filter for the store; a failure where a text says nothing.
    ///
    /// With a time and no number everything from then on is meant.
    func filter(_ local: LocalTime, now: WallTime, json: Bool) throws(Outcome) -> EventReader.Filter {
        let since = try self.time("--since", self.since, local, now, json)
        let until = try self.time("--until", self.until, local, now, json)
        if let since, let until, since >= until {
            throw .failure(
                .usage,
                "nothing lies between \(local.text(since)) and \(local.text(until)): --since must be before "
                    + "--until", json: json)
        }
        guard self.last.map({ (1...Self.most).contains($0) }) ?? true else {
            throw .failure(.usage, "--last takes 1 to \(Self.most)", json: json)
        }
        return EventReader.Filter(
            since: since, until: until, subject: self.subject,
            level: PolicyRecord.Level(rawValue: self.level.rawValue) ?? .notice,
            limit: self.last ?? (since == nil ? Self.usual : Self.most))
    }

    private func time(
        _ option: String, _ text: String?, _ local: LocalTime, _ now: WallTime, _ json: Bool
    ) throws(Outcome) -> WallTime? {
        guard let text else { return nil }
        guard let time = local.parse(text, now: now) else {
            throw .failure(.usage, "\(option) '\(text)' is no time; write \(LocalTime.examples)", json: json)
        }
        return time
    }
}
