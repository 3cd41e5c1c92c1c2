import PowerCore
import Synchronization
import Testing

@testable import PowerCore

@Suite struct PowerStripTests {
    static func strip(
        _ product: UInt16 = 0xfd13, name: String = "SiS-PM", reports: [UInt8] = [3, 6, 9, 12]
    ) -> (FakePowerStrip, FakeHID, PowerStripOutlets) {
        let firmware = FakePowerStrip(reports: reports)
        let port = FakeHID(FakePowerStrip.identity(product, name), firmware)
        return (firmware, port, PowerStripOutlets(id: "strip", source: port, timekeeper: SleeplessClock()))
    }

    @Test(
        arguments: [
            (0xfd10, [0]), (0xfd11, [3, 6, 9, 12]), (0xfd12, [3]), (0xfd13, [3, 6, 9, 12]), (0xfd15, [3, 6, 9, 12]),
        ] as [(UInt16, [UInt8])])
    func `every model has its outlets in its reports`(product: UInt16, reports: [UInt8]) async throws {
        let (firmware, _, outlets) = Self.strip(product, reports: reports)
        #expect(try await outlets.read().outlets.map(\.position) == reports.map { _ in .on })
        for outlet in 1...reports.count {
            try await outlets.turn(outlet, .off)
            #expect(!firmware.outlets.isOn(outlet))
        }
        try await outlets.turn(1, .on)
        #expect(firmware.outlets.isOn(1))
    }

    @Test func `the serial number is that of report 1, as sispmctl shows it`() async throws {
        let (_, _, outlets) = Self.strip()
        #expect(try await outlets.read().variables.contains(Variable("device.serial", "01:02:03:5a:5b")))
    }

    @Test func `a strip that says no name is called by its model`() async throws {
        let (_, _, outlets) = Self.strip(0xfd15, name: "")
        #expect(try await outlets.read().variables.contains(Variable("device.model", "EG-PMS2")))
    }

    @Test func `without mains the relays are told as they stand, and that there is none`() async throws {
        let (firmware, _, outlets) = Self.strip()
        firmware.outlets.set(3, false)
        let voltage = { (reading: PDUReading) in
            reading.variables.first { $0.name == PowerStripOutlets.mainsVariable }?.value
        }
        #expect(voltage(try await outlets.read()) == "good")
        firmware.hasMains.withLock { $0 = false }
        let reading = try await outlets.read()
        #expect(voltage(reading) == "critical-low")
        #expect(reading.outlets.map(\.position) == [.on, .on, .off, .on])
    }

    @Test func `another device of the vendor is no strip`() async throws {
        let (_, _, outlets) = Self.strip(0x1234)
        let failure = await #expect(throws: DeviceFailure.self) { try await outlets.read() }
        #expect(failure?.kind == .notSupported)
    }

    @Test(arguments: [0, 5])
    func `an outlet that is not there is said to be none`(outlet: Int) async throws {
        let (_, port, outlets) = Self.strip()
        let failure = await #expect(throws: DeviceFailure.self) { try await outlets.turn(outlet, .off) }
        #expect(failure?.kind == .notSupported)
        #expect(port.counts.ordered == 0)
    }

    @Test(arguments: [[], [3], [6, 1, 0, 0, 0], [0, 0, 0, 0, 0]] as [[UInt8]])
    func `an answer that is not the outlet's report is refused`(bytes: [UInt8]) async throws {
        let (firmware, _, outlets) = Self.strip()
        _ = try await outlets.read()
        firmware.nonsense.withLock { $0 = bytes }
        let failure = await #expect(throws: DeviceFailure.self) { try await outlets.read() }
        #expect(failure?.kind == .stalled)
    }
}
