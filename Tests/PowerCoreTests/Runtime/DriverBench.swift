import PowerCore
import PowerLab

/// An emulated River 3 Plus, the driver that talks to it, and a clock moved by hand.
final class DriverBench: Sendable {
    let clock = ManualClock()
    let port: EmulatedUPSPort
    let driver: HIDUPSDriver
    private let events: AsyncStream<DeviceEvent>
    private let task: Task<Void, Never>

    init(isSilent: Bool = false) {
        let ups = EmulatedUPS(EmulatedUPSModel.river3Plus.traits(), serial: "R631ZABAWH3B0001")
        self.port = EmulatedUPSPort("river", ups: ups, isSilent: isSilent, timekeeper: self.clock)
        let (events, letters) = AsyncStream.makeStream(of: DeviceEvent.self)
        let driver = HIDUPSDriver(
            id: "river", source: self.port, pace: HIDUPSDriver.Pace(), timekeeper: self.clock,
            report: { letters.yield($0) })
        self.events = events
        self.driver = driver
        self.task = Task { await driver.run() }
    }

    deinit {
        self.task.cancel()
    }

    /// Moves the clock in small steps until the driver has something to say that `wanted` accepts.
    ///
    /// Bounded: a driver that says nothing for ten minutes of its time has failed the test.
    func next<Found: Sendable>(_ wanted: @escaping @Sendable (DeviceEvent) -> Found?) async -> Found? {
        let mover = Task { [clock] in
            for _ in 0..<6000 {
                await clock.sleepers(atLeast: 1)
                if Task.isCancelled { return }
                clock.advance(by: .milliseconds(100))
                await Task.yield()
            }
        }
        defer { mover.cancel() }
        for await event in self.events {
            if let found = wanted(event) { return found }
        }
        return nil
    }

    func nextReading(where isWanted: @escaping @Sendable (UPSReading) -> Bool = { _ in true }) async -> (
        UPSReading, Moment
    )? {
        await self.next { event in
            if case .upsRead(_, let reading, let moment) = event, isWanted(reading) { return (reading, moment) }
            return nil
        }
    }

    func nextFailure() async -> DeviceFailure? {
        await self.next { event in
            if case .failed(_, let failure) = event { return failure }
            return nil
        }
    }
}
