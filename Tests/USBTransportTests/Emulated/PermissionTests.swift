import Glibc
import PowerCore
import Testing

@testable import USBTransport

extension EmulatedDevices {
    /// To be run as another user: Tests/usb/test.sh --user nobody
    @Suite(.enabled(if: geteuid() != 0, "root may open everything"))
    struct Permission {
        @Test func `a node that may not be written names itself and the rule file`() async throws {
            try Emulator.tell("ups mode 444")
            let failure = await failure { _ = try await source(EmulatedDevices.ups).open() }
            try Emulator.tell("ups mode 666")
            #expect(failure?.kind == .notPermitted)
            #expect(failure?.device.contains("R631ZABAWH3B0001") == true)
            #expect(failure?.remedy.contains("/dev/bus/usb/") == true)
            #expect(failure?.remedy.contains("62-upsd-swift.rules") == true)
            await (try await openPlugged(source(EmulatedDevices.ups))).close()
        }

        @Test func `the list needs no rights`() async throws {
            try Emulator.tell("ups mode 000")
            let devices = try await USBContext().devices()
            let ups = try #require(devices.first { $0.serial == "R631ZABAWH3B0001" })
            #expect(!ups.hidInterfaces.isEmpty)
            #expect(!ups.isPermitted)
            try Emulator.tell("ups mode 666")
            #expect(ups.isPermitted)
        }
    }
}
