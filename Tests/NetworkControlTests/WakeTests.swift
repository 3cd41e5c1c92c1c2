import NIOCore
import PowerCore
import Testing

@testable import NetworkControl

struct WakeTests {
    private static let card: [UInt8] = [0x02, 0x00, 0x5E, 0x10, 0x00, 0xFF]

    private func control(_ card: [UInt8], _ host: String, _ port: Int) -> NetworkHostControl {
        let wake = Configuration.HostAccess.WakeOnLAN(
            hardwareAddress: card, broadcast: Configuration.Endpoint(host: host, port: port))
        return NetworkHostControl(["nas": Configuration.HostAccess(wake: wake)], limits: .short)
    }

    // 127.255.255.255 is the broadcast address of the loopback network: without the socket's right to it nothing is sent.
    @Test(arguments: ["127.0.0.1", "127.255.255.255", "::1"])
    func `a magic packet arrives as it is written, some times`(host: String) async throws {
        let receiver = try await UDPReceiver(on: host)
        try await self.control(Self.card, host, receiver.port).start("nas", by: .wakeOnLAN)
        let expected = Array(repeating: UInt8(255), count: 6) + Array(repeating: Self.card, count: 16).joined()
        #expect(expected.count == 102)
        var count = 0
        for await packet in receiver.packets {
            #expect(packet == expected)
            count += 1
            if count == NetworkLimits.magicPackets { break }
        }
        #expect(count == NetworkLimits.magicPackets)
        try await receiver.channel.close()
    }

    @Test func `what cannot be sent is told`() async {
        func reason(_ card: [UInt8], _ host: String, _ port: Int) async -> String? {
            await #expect(throws: HostFailure.self) {
                try await self.control(card, host, port).start("nas", by: .wakeOnLAN)
            }?.reason
        }
        #expect(await reason([1, 2, 3], "127.0.0.1", 9) == "the address of the network card is not six bytes")
        #expect(await reason(Self.card, "127.0.0.1", 70_000) == "70000 is not a port")
        #expect(await reason(Self.card, "no.such.name.invalid", 9)?.hasPrefix("the name no.such.name.invalid ") == true)
    }
}
