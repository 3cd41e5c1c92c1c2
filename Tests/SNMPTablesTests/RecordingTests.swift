import PowerCore
import SNMPFamilies
import SNMPTables
import Testing

extension PDUReading {
    /// The value of a variable; nil where there is none.
    func value(_ name: String) -> String? { self.variables.first { $0.name == name }?.value }
}

@Suite(.enabled(if: Recording.arePresent, "the recordings of real devices are not there"))
struct RecordingTests {
    @Test func `an AP7900 has eight outlets with their names, all on, by the table rPDU`() async throws {
        let agent = try Recording("apc_ap7900").agent()
        let reading = try await outlets(agent).read()
        #expect(reading.outlets.map(\.number) == Array(1...8))
        #expect(reading.outlets.first?.name == "Testing Name")
        #expect(reading.outlets.allSatisfy { $0.position == .on && $0.pending == nil && $0.isSwitchable })
        #expect(reading.value("device.model") == "AP7900")
        #expect(reading.value("device.serial") == "5A1234E00874")
        try await outlets(agent).turn(3, .off)
        #expect(agent.orders.map(\.name) == [.of("1.3.6.1.4.1.318.1.1.12.3.3.1.1.4.3")])
    }

    @Test func `an AP8959 has 24 outlets by the table rPDU2, whose state counts the other way round`() async throws {
        let agent = try Recording("apc_ap8959eu3").agent()
        let pdu = outlets(agent)
        let reading = try await pdu.read()
        #expect(reading.outlets.map(\.number) == Array(1...24))
        #expect(reading.outlets.map(\.name) == (1...24).map { (18...23).contains($0) ? "\($0)" : "Outlet \($0)" })
        #expect(reading.outlets.filter { $0.position == .off }.map(\.number) == [23])
        #expect(reading.outlets.allSatisfy { $0.position != nil })
        #expect(reading.value("device.model") == "AP8959EU3")
        #expect(reading.value("device.serial") == "5A1638E01463")
        #expect(reading.value("input.realpower") == "270")
        #expect(reading.value("input.voltage") == "231")
        try await pdu.turn(24, .off)
        #expect(
            agent.orders == [
                .init(name: .of("1.3.6.1.4.1.318.1.1.26.9.2.4.1.5.24"), value: .integer(2), isRepeatable: true)
            ])
        #expect(try await pdu.read().outlets.filter { $0.position == .off }.map(\.number) == [23, 24])
    }

    @Test func `an AP8853 only measures: it shows no outlet and what goes in`() async throws {
        let reading = try await outlets(Recording("apc_ap8853").agent()).read()
        #expect(reading.outlets == [])
        #expect(reading.value("input.realpower") == "1140")
    }

    @Test func `a PDU81005 has eight outlets by the newer table`() async throws {
        let agent = try Recording("cyberpower_pdu81005").agent()
        let pdu = outlets(agent)
        let reading = try await pdu.read()
        #expect(reading.outlets.map(\.name) == (1...8).map { "Outlet\($0)" })
        #expect(reading.outlets.allSatisfy { $0.position == .on })
        #expect(reading.outlets.map(\.power?.value) == [0, 0, 0, 0, 82, 37, 73, 28])
        #expect(reading.outlets.compactMap(\.current).map { ($0 * 10).rounded() } == [0, 0, 0, 0, 4, 2, 4, 3])
        #expect(reading.outlets[4].energy == WattHours(3100))
        #expect(reading.value("device.model") == "PDU81005")
        #expect(reading.value("input.voltage") == "229.0")
        try await pdu.cycle(2, offTime: .seconds(5))
        #expect(
            agent.orders == [
                .init(name: .of("1.3.6.1.4.1.3808.1.1.6.6.1.5.1.5.2"), value: .integer(3), isRepeatable: false)
            ])
    }

    @Test func `an ePDU G3 has 24 outlets with names, amperes, volt-amperes, watts and watt hours`() async throws {
        let agent = try Recording("eatonpdu_g3").agent()
        let pdu = outlets(agent)
        let reading = try await pdu.read()
        #expect(reading.outlets.map(\.number) == Array(1...24))
        let first = try #require(reading.outlets.first)
        #expect(first.name == "Power strip + s-rw-lab-rack")
        #expect(first.position == .on)
        #expect(first.current == 0.79)
        #expect(first.apparentPower == 93)
        #expect(first.power == Watts(80))
        #expect(first.energy == WattHours(785621))
        #expect(first.group == nil)
        #expect(reading.value("device.serial") == "H619P44058")
        try await pdu.turn(7, .off)
        #expect(
            agent.orders == [
                .init(name: .of("1.3.6.1.4.1.534.6.6.7.6.6.1.3.0.7"), value: .integer(0), isRepeatable: true)
            ])
        #expect(try await pdu.read().outlets[6].position == .off)
    }

    @Test func `a UPS that calls itself a PDU is not taken for one`() async throws {
        let agent = try Recording("cyberpower").agent()
        let failure = await #expect(throws: DeviceFailure.self) { try await outlets(agent).read() }
        #expect(failure?.kind == .notSupported)
        #expect(failure?.detail.contains("CyberPower UPS") == true)
        #expect(failure?.remedy == "put it under ups:")
    }

    @Test(arguments: ["apc_ap7900", "apc_ap8959eu3", "cyberpower_pdu81005", "eatonpdu_g3"])
    func `every outlet of a recording goes off and on by itself, and no other with it`(name: String) async throws {
        let pdu = outlets(try Recording(name).agent())
        let count = try await pdu.read().outlets.count
        for number in 1...count { try await pdu.turn(number, .on) }
        for number in 1...count {
            try await pdu.turn(number, .off)
            #expect(try await pdu.read().outlets.filter { $0.position != .on }.map(\.number) == [number])
            try await pdu.turn(number, .on)
        }
        #expect(try await pdu.read().outlets.allSatisfy { $0.position == .on })
    }
}
