/// Keeps one small HID device open for a driver that asks it now and then: opens it with the first request, closes it when
/// it has gone, and opens it again with the next.
///
/// Requests come one at a time. `Facts` is what is asked once when the device has been opened.
actor HIDLink<Facts: Sendable> {
    /// What is done with the open device.
    typealias Work<Answer> = @Sendable (any HIDDevice, Facts) async throws(DeviceFailure) -> Answer

    /// An open device and what it said of itself.
    private struct Opened {
        var device: any HIDDevice
        var facts: Facts
    }

    private let id: DeviceID
    private let source: any HIDDeviceSource
    private let meet: @Sendable (any HIDDevice) async throws(DeviceFailure) -> Facts
    private let turns = Turns(limit: HIDLinkLimits.waiting)
    private var opened: Opened?
    private var isOver = false

    /// Makes a link that has opened nothing yet.
    ///
    /// - Parameters:
    ///   - id: The device's NUT name, which failures carry.
    ///   - source: Finds the device and opens it.
    ///   - meet: Asks an opened device who it is.
    init(
        id: DeviceID, source: any HIDDeviceSource,
        meet: @escaping @Sendable (any HIDDevice) async throws(DeviceFailure) -> Facts
    ) {
        self.id = id
        self.source = source
        self.meet = meet
    }

    /// Does `work` with the open device.
    ///
    /// A device that was open and has gone since is looked for at once and the work done again, once: it may have been
    /// plugged out and in between two requests. So `work` must be such that doing it twice does no harm.
    func use<Answer: Sendable>(_ work: Work<Answer>) async throws(DeviceFailure) -> Answer {
        guard await self.turns.begin() else {
            throw DeviceFailure(.busy, device: self.id.name, detail: "too many requests wait for it already")
        }
        defer { self.turns.end() }
        do throws(DeviceFailure) {
            if let held = self.opened {
                do throws(DeviceFailure) {
                    return try await self.attempt(work, held)
                } catch {
                    guard error.kind == .gone else { throw error }
                }
            }
            return try await self.attempt(work, try await self.open())
        } catch {
            throw DeviceFailure(
                error.kind, device: self.id.name, detail: "\(error.device): \(error.detail)", remedy: error.remedy)
        }
    }

    /// Returns when the task is cancelled and the device has been given back; nothing is opened after that.
    func hold() async {
        let (never, end) = AsyncStream.makeStream(of: Never.self)
        for await _ in never {}
        end.finish()
        self.isOver = true
        // A request under way is bounded, and ends before its device is closed.
        let isAlone = await self.turns.begin()
        defer { if isAlone { self.turns.end() } }
        if let held = self.opened { await self.close(held) }
    }

    /// Closes a device that has gone.
    private func attempt<Answer: Sendable>(
        _ work: Work<Answer>, _ opened: Opened
    ) async throws(DeviceFailure) -> Answer {
        do throws(DeviceFailure) {
            return try await work(opened.device, opened.facts)
        } catch {
            if error.kind == .gone { await self.close(opened) }
            throw error
        }
    }

    private func open() async throws(DeviceFailure) -> Opened {
        guard !self.isOver else { throw DeviceFailure(.gone, device: "USB", detail: "it is not used any more") }
        let device = try await self.source.open()
        do throws(DeviceFailure) {
            let opened = Opened(device: device, facts: try await self.meet(device))
            self.opened = opened
            return opened
        } catch {
            await device.close()
            throw error
        }
    }

    private func close(_ opened: Opened) async {
        self.opened = nil
        await opened.device.close()
    }
}

/// The bounds of a ``HIDLink``.
enum HIDLinkLimits {
    /// Requests that wait for their turn. Whoever calls the driver does so one after the other; beside that there is the end of it.
    static let waiting = 16
}
