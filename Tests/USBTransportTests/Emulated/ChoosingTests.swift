import HIDReport
import PowerCore
import Testing

@testable import USBTransport

extension EmulatedDevices {
    @Suite struct Choosing {
        @Test func `two of the same kind are told apart by serial number`() async throws {
            let context = USBContext()
            let ups = try await source(EmulatedDevices.ups, in: context).open()
            let twin = try await source(EmulatedDevices.twin, in: context).open()
            #expect(ups.identity.serial == "R631ZABAWH3B0001")
            #expect(twin.identity.serial == "R631ZABAWH3B0002")
            await ups.close()
            await twin.close()
        }

        @Test func `two without serial numbers are ambiguous and the message lists them`() async throws {
            let failure = await failure { _ = try await source(EmulatedDevices.bare).open() }
            #expect(failure?.kind == .busy)
            let ports = try await self.barePorts()
            let detail = ports.map { #"3746:ffff "EF-UPS-DELTA 3 Plus" port \#($0)"# }.joined(separator: "; ")
            #expect(failure?.detail == "2 devices match: \(detail)")
            #expect(failure?.remedy.contains("port") == true)
        }

        @Test func `two without serial numbers are told apart by port`() async throws {
            let context = USBContext()
            let ports = try await self.barePorts()
            for (port, name) in zip(ports, ["bare1", "bare2"]) {
                let match = try USBMatch([.vendorID: "3746", .port: port.description])
                try Emulator.tell("\(name) set charge=50")
                let device = try await source(match, in: context).open()
                let charge = try await device.getReport(.feature, id: 12, length: 2)
                #expect(charge == [12, 50])
                await device.close()
                try Emulator.tell("\(name) set charge=100")
            }
        }

        @Test func `what one source has opened, another does not take`() async throws {
            let context = USBContext()
            let ports = try await self.barePorts()
            let first = try await source(
                USBMatch([.vendorID: "3746", .port: try #require(ports.first).description]), in: context
            ).open()
            let rest = try await source(EmulatedDevices.bare, in: context).open()
            #expect(rest.identity.portPath == ports.last?.description)
            let failure = await failure { _ = try await source(EmulatedDevices.bare, in: context).open() }
            #expect(failure?.kind == .busy)
            #expect(failure?.detail.hasPrefix("in use by another device of this configuration") == true)
            await first.close()
            await rest.close()
        }

        @Test func `a source finds its own device again among two alike`() async throws {
            let context = USBContext()
            try Emulator.tell("bare2 unplug")
            let bare = try source(EmulatedDevices.bare, in: context)
            let first = try await openPlugged(bare)
            let port = first.identity.portPath
            await first.close()
            try Emulator.tell("bare2 plug")
            let second = try USBMatch([.port: try await self.portOfSecond(besides: port)])
            await (try await openPlugged(source(second, in: context))).close()
            let again = try await bare.open()
            #expect(again.identity.portPath == port)
            await again.close()
        }

        /// The places of bare1 and bare2, in this order.
        private func barePorts() async throws -> [USBPortPath] {
            let bare = try #require(EmulatedDevices.bare)
            return try await USBContext().devices().filter(bare.accepts).map(\.portPath)
        }

        private func portOfSecond(besides port: String) async throws -> String {
            let deadline = ContinuousClock.now + .seconds(30)
            while true {
                if let other = try await self.barePorts().map(\.description).first(where: { $0 != port }) {
                    return other
                }
                try #require(ContinuousClock.now < deadline)
                try await Task.sleep(for: .milliseconds(50))
            }
        }
    }
}
