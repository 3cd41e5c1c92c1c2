@testable import PowerCore

extension JournalEntry {
    /// A host that was told to stop at `second`.
    static func asked(_ host: HostID, _ second: Int) -> JournalEntry {
        .host(host, .asked(second))
    }

    static func battery(_ ups: DeviceID, _ charge: Double) -> JournalEntry {
        let condition = UPSCondition(supply: .battery, charge: Percent(charge))
        return .ups(ups, UPSMemory(condition: condition, heard: .at(5)))
    }
}

extension HostMemory {
    static func asked(_ second: Int) -> HostMemory {
        HostMemory(phase: .asked(since: .at(second), deadline: .at(second + 300)))
    }
}

extension Moment {
    static func at(_ second: Int) -> Moment { Moment(sinceOrigin: .seconds(second)) }
}

extension HistoryEvent {
    static func notice(_ text: String, subject: String = "pve1", at second: Int = 0) -> HistoryEvent {
        HistoryEvent(moment: .at(second), level: .notice, subject: subject, text: text)
    }
}
