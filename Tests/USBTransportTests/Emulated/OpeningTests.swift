import HIDReport
import PowerCore
import Testing

@testable import USBTransport

extension EmulatedDevices {
    @Suite struct Opening {
        @Test func `a River 3 Plus gives the 403 bytes it has and not the 376 it announces`() async throws {
            try await withDevice(EmulatedDevices.ups, named: "ups") { device in
                #expect(device.reportDescriptor.count == 403)
                #expect(device.identity.vendorID == 0x3746)
                #expect(device.identity.manufacturer == "EcoFlow")
                #expect(device.identity.product == "EF-UPS-RIVER 3 Plus")
                #expect(device.identity.serial == "R631ZABAWH3B0001")
                let charge = try await device.getReport(.feature, id: 0x0c, length: 2)
                #expect(charge == [0x0c, 100])
            }
        }
    }
}
