@testable import PowerCore

extension JournalEntry {
    /// A host that was told to stop at `second`.
    static func asked(_ host: HostID, _ second: Int) -> JournalEntry {
        .host(host, .asked(second))
    }

    static func battery(_ ups: DeviceID, _ charge: Double) -> JournalEntry {
        let condition = UPSCondition(supply: .battery, charge: Percent(charge))
        var memory = UPSMemory()
        memory.condition = condition
        memory.heard = .at(5)
        return .ups(ups, memory)
    }
}

extension HostMemory {
    static func asked(_ second: Int) -> HostMemory {
        var memory = HostMemory()
        memory.phase = .asked(since: .at(second), deadline: .at(second + 300))
        return memory
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
