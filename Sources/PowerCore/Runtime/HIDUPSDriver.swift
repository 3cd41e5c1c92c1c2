internal import HIDReport

/// Talks to one HID UPS for as long as the daemon runs: opens it, reads it, listens to it, and opens it again when it
/// has gone.
///
/// Quick items are polled, everything is read now and then, and what the device sends by itself is taken at once. Data is
/// called fresh only when the reports that hold the status were read: a device that answers everything but those goes
/// stale.
public actor HIDUPSDriver: UPSControl {
    /// How long to wait before the first attempt to open the device again; doubled with each failure.
    public static let firstPause = Duration.seconds(1)

    /// The longest wait between two attempts; a device that is plugged in is noticed at once where the system tells.
    public static let longestPause = Duration.seconds(30)

    /// How often and how long the driver polls.
    public struct Pace: Hashable, Sendable {
        /// How often the items that change quickly are read.
        public var quick: Duration
        /// How often everything is read.
        public var full: Duration

        /// Makes a pace.
        public init(quick: Duration = .seconds(2), full: Duration = .seconds(30)) {
            self.quick = quick
            self.full = full
        }
    }

    private let id: DeviceID
    private let source: any HIDDeviceSource
    private let pace: Pace
    private let timekeeper: any Timekeeper
    private let report: @Sendable (DeviceEvent) -> Void

    /// The open device and what is known of it, while there is one.
    private var session: (device: any HIDDevice, state: HIDState)?

    /// Makes a driver that hands what it learns to `report`.
    public init(
        id: DeviceID, source: any HIDDeviceSource, pace: Pace, timekeeper: any Timekeeper,
        report: @escaping @Sendable (DeviceEvent) -> Void
    ) {
        self.id = id
        self.source = source
        self.pace = pace
        self.timekeeper = timekeeper
        self.report = report
    }

    /// Runs until the task is cancelled, and then gives the device back.
    public func run() async {
        var pause = Self.firstPause
        while !Task.isCancelled {
            do throws(DeviceFailure) {
                try await self.use(try await self.source.open()) { pause = Self.firstPause }
            } catch {
                self.report(.failed(self.id, error))
            }
            guard !Task.isCancelled, (try? await self.source.waitForArrival(atMost: pause)) != nil else { return }
            pause = min(pause * 2, Self.longestPause)
        }
    }

    // MARK: One plugged-in device

    /// Reads `device` until it fails for good; `works` is called when it has been read once.
    private func use(_ device: any HIDDevice, works: () -> Void) async throws(DeviceFailure) {
        let failure = await self.session(with: device, works: works)
        self.session = nil
        await device.close()
        if let failure { throw failure }
    }

    private func session(with device: any HIDDevice, works: () -> Void) async -> DeviceFailure? {
        do throws(DeviceFailure) {
            self.session = (device, try self.state(of: device))
            self.report(.upsConnected(self.id, device.identity))
            try await self.read(.initial)
            await self.readStrings()
            self.publish()
            works()
            return await self.follow(device)
        } catch {
            return error
        }
    }

    private func state(of device: any HIDDevice) throws(DeviceFailure) -> HIDState {
        do throws(ReportDescriptorError) {
            return try HIDState(identity: device.identity, descriptor: device.reportDescriptor)
        } catch {
            throw DeviceFailure(
                .notSupported, device: device.identity.inWords,
                detail: "its report descriptor makes no sense: \(error)",
                remedy: "unplug it and plug it in again; if that does not help, it is no HID power device")
        }
    }

    /// Polls and listens at once; ends with the failure that ended it, or nil when cancelled.
    private func follow(_ device: any HIDDevice) async -> DeviceFailure? {
        await withTaskGroup(of: DeviceFailure?.self) { group in
            group.addTask { await self.poll() }
            group.addTask { await self.listen(to: device) }
            let first = await group.next() ?? nil
            group.cancelAll()
            return first
        }
    }

    private func poll() async -> DeviceFailure? {
        var nextFull = self.timekeeper.now + self.pace.full
        while (try? await self.timekeeper.sleep(until: self.timekeeper.now + self.pace.quick)) != nil {
            let isFull = self.timekeeper.now >= nextFull
            if isFull { nextFull = self.timekeeper.now + self.pace.full }
            do throws(DeviceFailure) {
                try await self.read(isFull ? .full : .quick)
                self.publish()
            } catch {
                // Gone is gone; with everything else the device stays open, its data ages, and the next round tries again.
                if error.kind == .gone { return error }
                self.report(.failed(self.id, error))
            }
        }
        return nil
    }

    /// Takes what the device sends by itself; its end means that the device is gone.
    private func listen(to device: any HIDDevice) async -> DeviceFailure? {
        for await report in device.inputReports {
            guard self.session?.state.take(report.bytes, as: .input) == true else { continue }
            self.publish(at: report.moment)
        }
        if Task.isCancelled { return nil }
        return DeviceFailure(.gone, device: device.identity.inWords, detail: "it was unplugged or reset")
    }

    // MARK: Reading

    /// Reads every report of a round.
    ///
    /// - Throws: the first failure where a report that holds the status could not be read, or the device is gone. Other
    ///   reports may fail: devices refuse some of what their descriptor promises.
    private func read(_ round: PollRound) async throws(DeviceFailure) {
        guard let session else { return }
        var essential: DeviceFailure?
        for id in session.state.reportsToRead(round) {
            do throws(DeviceFailure) {
                try await self.read(report: id, of: session.device)
            } catch {
                if error.kind == .gone { throw error }
                if session.state.isEssential(id) { essential = essential ?? error }
            }
        }
        if let essential { throw essential }
    }

    private func read(report id: UInt8, of device: any HIDDevice) async throws(DeviceFailure) {
        let length = self.session?.state.length(of: id) ?? 64
        let bytes = try await device.getReport(.feature, id: id, length: length)
        guard self.session?.state.take(bytes, as: .feature, asked: id) == true else {
            throw DeviceFailure(
                .stalled, device: device.identity.inWords,
                detail: "asked for report \(id), it answered \(bytes.count) bytes that are not that report")
        }
    }

    private func readStrings() async {
        guard let session else { return }
        for index in session.state.stringIndexesWanted {
            guard let text = try? await session.device.string(at: index) else { continue }
            self.session?.state.setString(text, at: index)
        }
    }

    private func publish(at moment: Moment? = nil) {
        guard let state = self.session?.state else { return }
        self.report(.upsRead(self.id, state.reading, at: moment ?? self.timekeeper.now))
    }

    // MARK: Writing

    /// Writes a variable to the device, and reads it back.
    public func set(_ variable: String, to value: String) async throws(DeviceFailure) {
        guard let session else { throw self.notThere }
        guard let write = session.state.write(variable: variable, value: value) else {
            throw DeviceFailure(.notSupported, device: self.id.name, detail: "\(variable) cannot be written")
        }
        try await self.carryOut(write, on: session.device)
    }

    /// Runs an instant command, and reads back what it changed.
    public func run(_ command: String, parameter: String?) async throws(DeviceFailure) {
        guard let session else { throw self.notThere }
        guard let write = session.state.write(command: command, parameter: parameter) else {
            throw DeviceFailure(.notSupported, device: self.id.name, detail: "\(command) is not known")
        }
        try await self.carryOut(write, on: session.device)
    }

    private func carryOut(_ write: HIDWrite, on device: any HIDDevice) async throws(DeviceFailure) {
        try await device.setReport(write.type, id: write.id, bytes: write.bytes)
        try await self.read(report: write.id, of: device)
        self.publish()
    }

    private var notThere: DeviceFailure {
        DeviceFailure(.gone, device: self.id.name, detail: "it is not connected")
    }
}
