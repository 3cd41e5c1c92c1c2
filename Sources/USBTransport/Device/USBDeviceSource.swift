public import PowerCore
internal import Synchronization

/// Finds one HID device on USB and opens it, again and again.
///
/// ```swift
/// let context = USBContext()
/// let match = try USBMatch([.vendorID: "3746", .serial: "R631.*"])
/// let source = USBDeviceSource(context: context, match: match, timekeeper: clock)
/// let device = try await source.open()
/// ```
public final class USBDeviceSource: HIDDeviceSource {
    private struct State {
        /// The device opened last: where several match after a replug, it is the one that is meant.
        var last: HIDIdentity?
        /// How many devices had been plugged in before the last look around.
        var arrivals: UInt64 = 0
    }

    let context: USBContext
    let match: USBMatch
    let options: USBOptions
    let timekeeper: any Timekeeper
    private let question: USBQuestion?
    private let state = Mutex(State())

    /// Makes a source; nothing is looked for yet.
    ///
    /// - Parameters:
    ///   - context: The process's access to USB; sources that share it never open each other's devices.
    ///   - match: Which device is meant.
    ///   - timekeeper: Gives the moments of the reports, and times ``waitForArrival(atMost:)``.
    ///   - options: How the device is used.
    ///   - question: What every matching device is asked, where USB itself does not tell them apart.
    public init(
        context: USBContext, match: USBMatch, timekeeper: any Timekeeper, options: USBOptions = USBOptions(),
        asking question: USBQuestion? = nil
    ) {
        self.context = context
        self.match = match
        self.options = options
        self.timekeeper = timekeeper
        self.question = question
    }

    /// Opens the matching device, or says why that is not possible now.
    public func open() async throws(DeviceFailure) -> any HIDDevice {
        let before = self.context.arrivals.count
        let last = self.state.withLock { state in
            state.arrivals = before
            return state.last
        }
        do throws(USBError) {
            let device =
                if let question { try await self.openAsking(question) } else { try await self.open(self.match, last) }
            self.state.withLock { $0.last = device.identity }
            return device
        } catch {
            throw error.failure
        }
    }

    /// Returns when something was plugged in since the last ``open()`` began, or when `limit` has passed.
    ///
    /// Without udev no arrivals are seen: then the limit is how often the devices are looked through.
    public func waitForArrival(atMost limit: Duration) async throws {
        let known = self.state.withLock { $0.arrivals }
        let deadline = self.timekeeper.now + limit
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await self.context.arrivals.wait(beyond: known) }
            group.addTask { try await self.timekeeper.sleep(until: deadline) }
            defer { group.cancelAll() }
            try await group.next()
        }
        try Task.checkCancellation()
    }

    /// Opens the device that `match` means.
    func open(_ match: USBMatch, _ last: HIDIdentity?) async throws(USBError) -> USBDevice {
        let connection = try await self.context.open(match, interface: self.options.interface, last: last)
        do throws(USBError) {
            return try await USBDevice(connection, self.options, self.timekeeper)
        } catch {
            await connection.close()
            throw error
        }
    }
}
