import Foundation
import HIDReport
import PowerCore
import Testing

/// What NUT 2.8.5's own driver says of ten devices, against what our mappings say of the same bytes.
///
/// Recorded from NUT 2.8.5. If a test fails, do not change the file; the meaning of a variable has changed.
@Suite(.enabled(if: MappingRecordings.isPresent, Comment(rawValue: MappingRecordings.absence)))
struct GoldenReadingTests {
    /// Variables that differ on purpose or that no fact supports, with the reason.
    private static let exceptions: [String: [String: String]] = [
        "0463-ffff-santak-tg-box-850": [
            "outlet.1.protect.status": "Eaton's own usage of which no fact says what it means"
        ]
    ]

    private func compare(_ reading: UPSReading, _ name: String) throws {
        var golden = try MappingRecordings.golden(name)
        var ours = reading.shown
        for variable in Self.exceptions[name, default: [:]].keys {
            golden[variable] = nil
            ours[variable] = nil
        }
        for name in Set(golden.keys).union(ours.keys).sorted() {
            #expect(ours[name] == golden[name], "\(name)")
        }
    }

    @Test(arguments: ["river3plus-rdesc-403-reconstructed", "river3plus-rdesc-376"])
    func `a River 3 Plus reads as NUT reads it, with the whole descriptor and with its own shorter one`(
        descriptor: String
    ) throws {
        let bytes = try MappingRecordings.bytes("data/hid/ecoflow/\(descriptor).hex")
        var reports = EmulatedReports(try ReportDescriptor(parsing: bytes))
        EmulatedDevices.fill(&reports)
        reports.recorded[0x09] = [0x09, 0x00]
        let reading = reports.state(EmulatedDevices.riverIdentity).reading()
        try self.compare(reading, "river3plus")
        #expect(reading.charge == 100)
        #expect(reading.runtime == nil)
        #expect(reading.dischargeLimit == 10)
        #expect(reading.load == nil)
        #expect(reading.commands.isEmpty)
        #expect(reading.alarms.isEmpty)
    }

    @Test func `an EcoFlow with every path of NUT's table reads as NUT reads it`() throws {
        let state = try EmulatedDevices.ecoFlowFull().state(
            EmulatedDevices.deltaIdentity, strings: [4: "LiFP", 5: "EcoFlow OEM"])
        try self.compare(state.reading(), "ecoflow-full")
    }

    @Test func `a Back-UPS ES 700G reads as NUT reads it`() throws {
        let reading = try EmulatedDevices.apc().state(EmulatedDevices.apcIdentity, strings: [4: "PbAc"]).reading()
        try self.compare(reading, "apc")
        #expect(reading.runtime == .seconds(2100))
        #expect(reading.charge == 100)
    }

    @Test(arguments: [
        "0463-ffff-santak-tg-box-850", "051d-0002-apc-back-ups-bk650m2-ch", "051d-0002-apc-back-ups-cs-500",
        "075d-0300-goldenmate-smart-battery", "0764-0501-cyberpower-cp1500pfclcd", "10af-0002-liebert-psi5",
        "2341-8036-arduino-hidpowerdevice-abratchik",
    ])
    func `a recorded device reads as NUT reads it`(name: String) throws {
        let bytes = try MappingRecordings.bytes("data/hid/devices/\(name).hex")
        var reports = EmulatedReports(try ReportDescriptor(parsing: bytes))
        let recorded = MappingRecordings.reports("data/hid/devices/\(name).reports.txt")
        for report in recorded { reports.record(report) }
        if recorded.isEmpty { Self.fillAsBare(&reports) }
        let numbers = name.split(separator: "-")
        let identity = HIDIdentity(
            vendorID: UInt16(numbers[0], radix: 16) ?? 0, productID: UInt16(numbers[1], radix: 16) ?? 0,
            manufacturer: "Captured", product: numbers[2...].joined(separator: "-"), serial: "CAPTURED0001")
        let strings: [UInt8: String] = [1: identity.manufacturer, 2: identity.product, 3: identity.serial]
        try self.compare(reports.state(identity, strings: strings).reading(), name)
    }

    /// The values that the laboratory gives a device of which no reports were recorded.
    private static func fillAsBare(_ reports: inout EmulatedReports) {
        for (path, value) in [
            ("PowerSummary.RemainingCapacity", 100.0), ("PowerSummary.RunTimeToEmpty", 3600),
            ("PowerSummary.Voltage", 24), ("PresentStatus.ACPresent", 1), ("PresentStatus.BatteryPresent", 1),
            ("PresentStatus.FullyCharged", 1),
        ] { reports.set(path, value) }
    }
}
