import Foundation
import NUTTransport
import Testing

/// The daemon with a relay board and a power strip on the bus, told by stock programs.
extension USBTests {
    static let outlets = """
        pdu:
          rack:  {driver: usb-relay, feed: river, id: HURTM, outlets: {1: fan}, poll: 1s}
          strip: {driver: usb-sispm, feed: river, id: "01:02:03:5a:5b", poll: 1s}
        """

    /// What the stock command says of an order.
    private static func order(_ command: String, _ pdu: String, _ rack: TestRack) throws -> String {
        try rack.stock("upscmd", "-w", "-u", "admin", "-p", "secret", "\(pdu)@%", command).output
    }

    @Test(arguments: [("rack", "board"), ("strip", "strip")])
    func `outlets on USB are switched by a stock client, and only what was read back counts`(
        pdu: String, device: String
    ) async throws {
        try Emulator.tell("\(device) heal")
        let (rack, client) = try await Self.start(Self.yaml(Self.river, more: Self.outlets))
        defer { rack.stop() }
        let status = { (number: Int) in try await client.value(of: "outlet.\(number).status", on: pdu) }
        try await Self.wait(rack) { try await status(2) == "on" }
        #expect(try Self.order("outlet.2.load.off", pdu, rack).contains("SUCCESS"))
        #expect(try Emulator.tell("\(device) state").contains(#""outlets": [1, 0, 1, 1]"#))
        try await Self.wait(rack) { try await status(2) == "off" }

        try Emulator.tell("\(device) set 2=1")
        try await Self.wait(rack) { try await status(2) == "on" }
        try Emulator.tell("\(device) wrong 2 refuses")
        #expect(try !Self.order("outlet.2.load.off", pdu, rack).contains("SUCCESS"))
        #expect(try await status(2) == "on")
        try Emulator.tell("\(device) heal")
        await client.close()
    }

    @Test func `a board that is pulled drops its relays, which is seen when it is back`() async throws {
        try Emulator.tell("board heal")
        let (rack, client) = try await Self.start(Self.yaml(Self.river, more: Self.outlets))
        defer { rack.stop() }
        try await Self.wait(rack) { try await client.value(of: "outlet.1.status", on: "rack") == "on" }
        #expect(try await client.value(of: "device.serial", on: "rack") == "HURTM")
        try Emulator.tell("board unplug")
        try await rack.wait(for: "rack: USB device")
        try Emulator.tell("board plug")
        try await Self.wait(rack) { try await client.value(of: "outlet.1.status", on: "rack") == "off" }
        try Emulator.tell("board heal")
        await client.close()
    }

    @Test func `a strip without mains says so, and its relays stay what they are`() async throws {
        try Emulator.tell("strip heal")
        let (rack, client) = try await Self.start(Self.yaml(Self.river, more: Self.outlets))
        defer { rack.stop() }
        try await Self.wait(rack) { try await client.value(of: "input.voltage.status", on: "strip") == "good" }
        try Emulator.tell("strip ac lost")
        try await Self.wait(rack) { try await client.value(of: "input.voltage.status", on: "strip") == "critical-low" }
        #expect(try await client.value(of: "outlet.1.status", on: "strip") == "on")
        try Emulator.tell("strip heal")
        await client.close()
    }

    @Test func `the list says which devices have outlets`() throws {
        let tool = try Tool.run(Tool.products.appending(path: "upsd-swift").path, ["--list"])
        #expect(tool.output.contains("\"USBRelay4\""))
        let lines = tool.output.split(separator: "\n")
        #expect(lines.count { $0.hasSuffix(": relay board, driver usb-relay") } == 2)
        #expect(lines.count { $0.hasSuffix(": power strip, driver usb-sispm") } == 1)
    }
}
