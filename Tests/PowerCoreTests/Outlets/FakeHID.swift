import HIDReport
import PowerCore
import Synchronization

/// What a fake device answers; its own state is behind a lock.
protocol FakeFirmware: Sendable {
    /// The bytes of a feature report.
    func report(_ id: UInt8) throws(DeviceFailure) -> [UInt8]
    /// Takes a feature report.
    func take(_ id: UInt8, _ bytes: [UInt8]) throws(DeviceFailure)
    /// The device has lost the bus.
    func lostBus()
}

extension FakeFirmware {
    /// Most devices do not care.
    func lostBus() {}
}

/// A place on USB where a fake device can be plugged in and out, and fail.
final class FakeHID: HIDDeviceSource {
    /// How often something was done.
    struct Counts: Equatable {
        var opened = 0
        var closed = 0
        var asked = 0
        var ordered = 0
    }

    private struct State {
        var isPlugged = true
        /// Another one after each replug; who opened an earlier one talks to nobody.
        var generation = 0
        var failures: [DeviceFailure.Kind] = []
        /// Whether it leaves after the next order.
        var isRebooting = false
        /// How many look for it until it is back.
        var absence = 0
        var counts = Counts()
    }

    let identity: HIDIdentity
    let descriptor: [UInt8]
    let firmware: any FakeFirmware
    private let state = Mutex(State())

    init(_ identity: HIDIdentity, descriptor: [UInt8] = [], _ firmware: any FakeFirmware) {
        self.identity = identity
        self.descriptor = descriptor
        self.firmware = firmware
    }

    var counts: Counts { self.state.withLock { $0.counts } }

    /// The next transfers fail, one after the other.
    func fail(_ failures: DeviceFailure.Kind...) {
        self.state.withLock { $0.failures = failures }
    }

    func unplug() {
        self.state.withLock { $0.isPlugged = false }
        self.firmware.lostBus()
    }

    /// It leaves after the next order, and is back when it has been looked for three times.
    func rebootAfterOrder() {
        self.state.withLock { $0.isRebooting = true }
    }

    func plug() {
        self.state.withLock { state in
            state.isPlugged = true
            state.isRebooting = false
            state.generation += 1
        }
    }

    func open() async throws(DeviceFailure) -> any HIDDevice {
        let generation = self.state.withLock { state -> Int? in
            guard state.isPlugged else {
                state.absence -= 1
                if state.absence == 0 { (state.isPlugged, state.generation) = (true, state.generation + 1) }
                return nil
            }
            state.counts.opened += 1
            return state.generation
        }
        guard let generation else { throw DeviceFailure(.gone, device: "USB", detail: "not plugged in") }
        return FakeHIDDevice(port: self, generation: generation)
    }

    func waitForArrival(atMost limit: Duration) async throws {}

    fileprivate func transfer(_ generation: Int, isOrder: Bool) throws(DeviceFailure) {
        let failure = self.state.withLock { state -> DeviceFailure.Kind? in
            if isOrder { state.counts.ordered += 1 } else { state.counts.asked += 1 }
            guard state.isPlugged, state.generation == generation else { return .gone }
            return state.failures.isEmpty ? nil : state.failures.removeFirst()
        }
        if let failure { throw DeviceFailure(failure, device: "fake", detail: "it fails") }
    }

    fileprivate func ordered() {
        let isLeaving = self.state.withLock { state in
            guard state.isRebooting else { return false }
            (state.isRebooting, state.isPlugged, state.absence) = (false, false, 3)
            return true
        }
        if isLeaving { self.firmware.lostBus() }
    }

    fileprivate func closed() {
        self.state.withLock { $0.counts.closed += 1 }
    }
}

/// An open fake device.
private struct FakeHIDDevice: HIDDevice {
    let port: FakeHID
    let generation: Int
    let inputReports = AsyncStream<ReceivedReport> { _ in }

    var identity: HIDIdentity { self.port.identity }
    var reportDescriptor: [UInt8] { self.port.descriptor }

    func getReport(_ type: ReportType, id: UInt8, length: Int) async throws(DeviceFailure) -> [UInt8] {
        try self.port.transfer(self.generation, isOrder: false)
        return Array(try self.port.firmware.report(id).prefix(length))
    }

    func setReport(_ type: ReportType, id: UInt8, bytes: [UInt8]) async throws(DeviceFailure) {
        try self.port.transfer(self.generation, isOrder: true)
        try self.port.firmware.take(id, bytes)
        self.port.ordered()
    }

    func string(at index: UInt8) async throws(DeviceFailure) -> String { "" }

    func close() async {
        self.port.closed()
    }
}

/// A clock whose sleepers wake at once: what is slept through has passed.
final class SleeplessClock: Timekeeper {
    private let time = Mutex(Moment.origin)

    var now: Moment { self.time.withLock { $0 } }

    func sleep(until moment: Moment) async throws {
        try Task.checkCancellation()
        self.time.withLock { $0 = max($0, moment) }
        await Task.yield()
    }
}

extension SleeplessClock {
    /// The same clock for a driver that polls: whoever sleeps for longer than a minute sleeps until it is cancelled.
    var patient: any Timekeeper { PatientClock(clock: self) }

    private struct PatientClock: Timekeeper {
        let clock: SleeplessClock

        var now: Moment { self.clock.now }

        func sleep(until moment: Moment) async throws {
            guard moment - self.now > .seconds(60) else { return try await self.clock.sleep(until: moment) }
            let (never, end) = AsyncStream.makeStream(of: Never.self)
            for await _ in never {}
            end.finish()
            throw CancellationError()
        }
    }
}
