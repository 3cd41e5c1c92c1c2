import EventStore
import PowerCore

/// `pductl history`: what was seen, decided and done, a line each.
struct HistoryReport {
    /// The events in the order they came.
    let events: [StoredEvent]
    /// How times are written.
    let local: LocalTime

    /// The table.
    func text(colour: Bool) -> String {
        guard !self.events.isEmpty else { return "the history has no such event\n" }
        var table = TextTable("TIME", "LEVEL", "SUBJECT", "EVENT")
        for stored in self.events {
            let event = stored.event
            table.add(
                .init(self.local.text(stored.wall)), .init(event.level.rawValue, event.level.paint),
                .init(event.subject), .init(event.textWithActor))
        }
        return table.text(colour: colour)
    }

    /// The same as JSON.
    var json: JSONValue {
        .array(
            self.events.map { stored in
                .object([
                    ("time", .string(self.local.machineText(stored.wall))),
                    ("level", .string(stored.event.level.rawValue)), ("subject", .string(stored.event.subject)),
                    ("actor", .string(orNull: stored.event.actor)), ("text", .string(stored.event.text)),
                ])
            })
    }
}

extension HistoryEvent {
    /// The sentence, and who did it where the sentence does not say so itself.
    fileprivate var textWithActor: String {
        guard let actor, !self.text.contains(actor) else { return self.text }
        return "\(self.text) (by \(actor))"
    }
}

extension PolicyRecord.Level {
    fileprivate var paint: TextTable.Paint {
        switch self {
        case .notice: .plain
        case .warning: .doubtful
        case .alarm: .bad
        }
    }
}
