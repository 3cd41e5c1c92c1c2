import PowerCore
import Synchronization
import Testing

@testable import PowerCore

@Suite struct RelayBoardTests {
    static func board(
        relays: Int = 4, product: String = "USBRelay4", isNumbered: Bool = false,
        contact: RelayContact = .normallyOpen
    ) -> (FakeRelayBoard, FakeHID, RelayBoardOutlets) {
        let firmware = FakeRelayBoard(relays: relays, isNumbered: isNumbered)
        let port = FakeHID(FakeRelayBoard.identity(product), firmware)
        let outlets = RelayBoardOutlets(id: "rack", source: port, contact: contact, timekeeper: SleeplessClock())
        return (firmware, port, outlets)
    }

    @Test(arguments: [false, true])
    func `every relay is read, with a report number in front or without`(isNumbered: Bool) async throws {
        let (firmware, _, outlets) = Self.board(isNumbered: isNumbered)
        firmware.outlets.set(2, false)
        let reading = try await outlets.read()
        #expect(reading.outlets.map(\.number) == [1, 2, 3, 4])
        #expect(reading.outlets.map(\.position) == [.on, .off, .on, .on])
        #expect(
            reading.variables == [
                Variable("device.mfr", "www.dcttech.com"), Variable("device.model", "USBRelay4"),
                Variable("device.serial", "HURTM"),
            ])
    }

    @Test(arguments: [("USBRelay1", 1), ("USBRelay2", 2), ("USBRelay8", 8)])
    func `the product string says how many relays there are`(product: String, count: Int) async throws {
        let (_, _, outlets) = Self.board(relays: count, product: product)
        #expect(try await outlets.read().outlets.count == count)
    }

    @Test(arguments: ["", "USBRelay", "USBRelay0", "USBRelay9", "USBRelay-1", "Joystick", "usbrelay4"])
    func `another gadget with the same numbers is no board`(product: String) async throws {
        let (_, port, outlets) = Self.board(product: product)
        let failure = await #expect(throws: DeviceFailure.self) { try await outlets.read() }
        #expect(failure?.kind == .notSupported)
        #expect(failure?.device == "rack")
        #expect(port.counts.closed == port.counts.opened)
    }

    @Test func `an order moves its relay and no other`() async throws {
        let (firmware, _, outlets) = Self.board(relays: 8, product: "USBRelay8")
        try await outlets.turn(8, .off)
        #expect((1...8).map(firmware.outlets.isOn) == [true, true, true, true, true, true, true, false])
        try await outlets.turn(8, .on)
        #expect((1...8).allSatisfy(firmware.outlets.isOn))
    }

    @Test func `with the contact that is closed at rest an outlet is on when its relay has dropped out`() async throws {
        let (firmware, port, outlets) = Self.board(contact: .normallyClosed)
        #expect(try await outlets.read().outlets.map(\.position) == [.off, .off, .off, .off])
        try await outlets.turn(3, .on)
        #expect((1...4).map(firmware.outlets.isOn) == [true, true, false, true])
        #expect(try await outlets.read().outlets.map(\.position) == [.off, .off, .on, .off])
        port.unplug()
        port.plug()
        #expect(try await outlets.read().outlets.map(\.position) == [.on, .on, .on, .on])
    }

    @Test(arguments: [0, 5, -1, 1000])
    func `a relay that is not there is said to be none and nothing is sent`(outlet: Int) async throws {
        let (_, port, outlets) = Self.board()
        let failure = await #expect(throws: DeviceFailure.self) { try await outlets.turn(outlet, .off) }
        #expect(failure?.kind == .notSupported)
        #expect(failure?.detail.hasSuffix("it has no relay \(outlet), only 1 to 4") == true)
        #expect(port.counts.ordered == 0)
    }

    @Test func `an id that cannot be printed is shown in hexadecimal`() throws {
        let report = try #require(RelayReport([0x41, 0x00, 0xff, 0x42, 0x43, 0, 0, 1]))
        #expect(report.id == "A\\x00\\xffBC")
    }

    @Test(arguments: [[], [1], [UInt8](repeating: 0x41, count: 7), [UInt8](repeating: 0x41, count: 9)] as [[UInt8]])
    func `what is no report of a board is none`(bytes: [UInt8]) {
        #expect(RelayReport(bytes) == nil)
    }

    @Test func `a board that answers as another one is looked for anew, and believed then`() async throws {
        let (firmware, port, outlets) = Self.board()
        _ = try await outlets.read()
        firmware.change(id: Array("OTHER".utf8))
        let reading = try await outlets.read()
        #expect(reading.variables.last == Variable("device.serial", "OTHER"))
        #expect(port.counts.opened == 2)
        #expect(port.counts.closed == 1)
    }

    @Test func `relays that are not there make a reading void`() async throws {
        // Eight bits out of a board that says it has four relays.
        let (_, _, outlets) = Self.board(relays: 8, product: "USBRelay4")
        let failure = await #expect(throws: DeviceFailure.self) { try await outlets.read() }
        #expect(failure?.detail.contains("with relays 255") == true)
    }
}
