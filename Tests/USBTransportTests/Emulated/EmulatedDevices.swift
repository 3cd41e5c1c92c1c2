import PowerCore
import Testing

@testable import USBTransport

/// The devices that Tests/usb/test.sh plugs in, by the names the emulator knows them under.
///
/// Every test leaves them plugged in, closed, without faults, on mains.
@Suite(.serialized, .enabled(if: Emulator.address != nil, Emulator.reason), .timeLimit(.minutes(5)))
struct EmulatedDevices {
    /// A River 3 Plus.
    static let ups = try? USBMatch([.vendorID: "3746", .serial: "R631ZABAWH3B0001"])
    /// Another one, told apart by its serial number.
    static let twin = try? USBMatch([.vendorID: "3746", .serial: "R631ZABAWH3B0002"])
    /// Two of the same kind without serial numbers.
    static let bare = try? USBMatch([.vendorID: "3746", .product: "EF-UPS-DELTA.*"])
    /// A Back-UPS.
    static let office = try? USBMatch([.vendorID: "051d", .product: "back-ups.*"])
    /// A device whose strings the kernel does not know, with HID on interface 1.
    static let shy = try? USBMatch([.vendorID: "051d", .serial: "SHY0001"])

    /// The charge of a River 3 Plus, a report of two bytes.
    static let charge: UInt8 = 0x0c
    /// Its status bits, a report of three bytes.
    static let status: UInt8 = 0x07
}

/// The real clock, for tests with a real (if emulated) device.
struct ContinuousTimekeeper: Timekeeper {
    private let start = ContinuousClock.now

    var now: Moment { Moment(sinceOrigin: ContinuousClock.now - self.start) }

    func sleep(until moment: Moment) async throws {
        try await ContinuousClock().sleep(until: self.start + moment.sinceOrigin)
    }
}

/// Makes a source of one device.
func source(
    _ match: USBMatch?, in context: USBContext = USBContext(), options: USBOptions = USBOptions()
) throws -> USBDeviceSource {
    USBDeviceSource(
        context: context, match: try #require(match), timekeeper: ContinuousTimekeeper(), options: options)
}

/// Opens a device and closes it after `work`, also when that fails; then takes all faults from the emulated one.
func withDevice<T>(
    _ match: USBMatch?, named name: String, in context: USBContext = USBContext(),
    options: USBOptions = USBOptions(), _ work: (any HIDDevice) async throws -> T
) async throws -> T {
    let device = try await source(match, in: context, options: options).open()
    let result: Result<T, any Error>
    do { result = .success(try await work(device)) } catch { result = .failure(error) }
    await device.close()
    try Emulator.tell("\(name) clear")
    await context.shutDown()
    return try result.get()
}

/// The failure that `work` is expected to end in.
func failure(sourceLocation: SourceLocation = #_sourceLocation, _ work: () async throws -> Void) async -> DeviceFailure?
{
    do {
        try await work()
        Issue.record("no failure", sourceLocation: sourceLocation)
    } catch let failure as DeviceFailure {
        return failure
    } catch {
        Issue.record(error, sourceLocation: sourceLocation)
    }
    return nil
}

/// Opens a device that has just been plugged in, as soon as it is there.
func openPlugged(_ source: USBDeviceSource) async throws -> any HIDDevice {
    let deadline = ContinuousClock.now + .seconds(30)
    while true {
        do {
            return try await source.open()
        } catch {
            guard ContinuousClock.now < deadline else { throw error }
            try await source.waitForArrival(atMost: .milliseconds(200))
        }
    }
}

/// Returns when `condition` holds, or fails after a generous limit.
func eventually(_ what: Comment, _ condition: () throws -> Bool) async throws {
    let deadline = ContinuousClock.now + .seconds(30)
    while try !condition() {
        try #require(ContinuousClock.now < deadline, what)
        try await Task.sleep(for: .milliseconds(20))
    }
}
