import HIDReport
import PowerCore
import Testing

/// The status of an EcoFlow, from the two bytes of report 07 that stand behind its ID.
struct EcoFlowStatusTests {
    /// One state of a station: its bytes, its charge, and what is to be said of it.
    struct Row: Sendable, CustomStringConvertible {
        var description: String
        var bytes: [UInt8]
        var charge: Double = 80
        var words: String
        var alarms: [String] = []
    }

    static let rows: [Row] = [
        Row(description: "mains, full, idle", bytes: [0x0c, 0x01], words: "OL"),
        Row(description: "mains, neither charging nor full", bytes: [0x0c, 0x00], words: "OL"),
        Row(description: "mains, charging", bytes: [0x0d, 0x00], words: "OL CHRG"),
        Row(description: "mains, charging but full", bytes: [0x0d, 0x01], words: "OL"),
        Row(description: "on battery", bytes: [0x0a, 0x00], words: "OB DISCHRG"),
        Row(description: "mains live and battery supplying", bytes: [0x0e, 0x00], words: "OL DISCHRG"),
        Row(description: "discharge limit reached, output cut", bytes: [0x40, 0x02], charge: 11, words: "OB"),
        Row(
            description: "output cut without the empty bit, at the limit", bytes: [0x40, 0x00], charge: 11, words: "OB"),
        Row(description: "empty while discharging", bytes: [0x0a, 0x02], charge: 0, words: "OB"),
        Row(
            description: "worn battery on mains", bytes: [0x4c, 0x00], words: "OL RB", alarms: ["Replace battery!"]),
        Row(
            description: "battery gone on mains", bytes: [0x04, 0x00], words: "OL RB",
            alarms: ["No battery installed!"]),
        Row(description: "below its own limit", bytes: [0x1a, 0x00], words: "OB DISCHRG LB"),
        Row(description: "time limit expired", bytes: [0x2a, 0x00], words: "OB DISCHRG LB"),
        Row(
            description: "shutdown imminent", bytes: [0x0a, 0x08], words: "OB DISCHRG LB",
            alarms: ["Shutdown imminent!"]),
        Row(description: "overload", bytes: [0x0c, 0x20], words: "OL OVER"),
        Row(
            description: "communication lost", bytes: [0x0c, 0x10], words: "OL", alarms: ["Internal UPS fault!"]),
    ]

    @Test(arguments: rows)
    func `the bits of report 07 become status words and alarms`(row: Row) throws {
        var reports = try EmulatedDevices.river()
        reports.set("PowerSummary.RemainingCapacity", row.charge)
        var state = reports.state(EmulatedDevices.riverIdentity)
        state.take([0x07] + row.bytes, type: .input, at: .origin)
        let reading = state.reading()
        #expect(reading.statusWords == row.words)
        #expect(reading.alarms == row.alarms)
    }

    @Test func `runtime is given in seconds to clients and believed on battery only`() throws {
        var state = try EmulatedDevices.river().state(EmulatedDevices.riverIdentity)
        #expect(state.reading().variable("battery.runtime")?.value == "151740")
        #expect(state.reading().runtime == nil)
        state.take([0x07, 0x0a, 0x00], type: .input, at: .origin)
        state.take([0x0d, 187, 0], type: .input, at: .origin)
        #expect(state.reading().variable("battery.runtime")?.value == "11220")
        #expect(state.reading().runtime == .seconds(11220))
    }

    @Test func `the sentinel of old firmware is passed on to clients and believed by nobody`() throws {
        var state = try EmulatedDevices.river().state(EmulatedDevices.riverIdentity)
        state.take([0x07, 0x0a, 0x00], type: .input, at: .origin)
        state.take([0x0d, 0x33, 0x17], type: .feature, at: .origin)
        #expect(state.reading().variable("battery.runtime")?.value == "356340")
        #expect(state.reading().runtime == nil)
    }

    @Test func `the discharge limit is told and 0 is a limit`() throws {
        var state = try EmulatedDevices.river().state(EmulatedDevices.riverIdentity)
        #expect(state.reading().dischargeLimit == 10)
        state.take([0x11, 0], type: .feature, at: .origin)
        #expect(state.reading().dischargeLimit == 0)
    }

    @Test func `a date of which one byte is missing is not set`() throws {
        var state = try EmulatedDevices.river().state(EmulatedDevices.riverIdentity)
        state.take([0x09, 0x00], type: .feature, at: .origin)
        #expect(state.reading().variable("ups.mfr.date")?.value == "not set")
    }

    @Test func `an empty string stays an empty value`() throws {
        let state = try EmulatedDevices.river().state(EmulatedDevices.riverIdentity)
        #expect(state.reading().variable("battery.type")?.value == "")
    }
}
