import PowerCore
import Testing

@testable import USBTransport

/// The devices that Tests/usb/test.sh plugs in, by the names the emulator knows them under.
///
/// Every test leaves them plugged in, without faults, on mains.
@Suite(.serialized, .enabled(if: Emulator.address != nil, Emulator.reason))
struct EmulatedDevices {
    /// A River 3 Plus.
    static let ups = try? USBMatch([.vendorID: "3746", .serial: "R631ZABAWH3B0001"])
    /// Another one, told apart by its serial number.
    static let twin = try? USBMatch([.vendorID: "3746", .serial: "R631ZABAWH3B0002"])
    /// A Back-UPS.
    static let office = try? USBMatch([.vendorID: "051d", .product: "back-ups.*"])
}

/// The real clock, for tests with a real (if emulated) device.
struct ContinuousTimekeeper: Timekeeper {
    private let start = ContinuousClock.now

    var now: Moment { Moment(sinceOrigin: ContinuousClock.now - self.start) }

    func sleep(until moment: Moment) async throws {
        try await ContinuousClock().sleep(until: self.start + moment.sinceOrigin)
    }
}

/// Opens a device and closes it after `work`, also when that fails; then takes all faults from the emulated one.
func withDevice<T>(
    _ match: USBMatch?, named name: String, in context: USBContext = USBContext(),
    options: USBOptions = USBOptions(), _ work: (any HIDDevice) async throws -> T
) async throws -> T {
    let source = USBDeviceSource(
        context: context, match: try #require(match), timekeeper: ContinuousTimekeeper(), options: options)
    let device = try await source.open()
    do {
        let result = try await work(device)
        await device.close()
        try Emulator.tell("\(name) clear")
        return result
    } catch {
        await device.close()
        try Emulator.tell("\(name) clear")
        throw error
    }
}
