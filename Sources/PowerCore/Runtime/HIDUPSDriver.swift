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

    /// How long a device may take to carry out a command that it must confirm: a UPS switches its own relays, not those of a network card.
    public static let longestProof = Duration.seconds(10)

    /// How long to wait before it is asked again whether it has.
    public static let proofPause = Duration.milliseconds(500)

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
    /// The reports that hold the status and that the device has answered once: without them nothing is fresh.
    private var essential: Set<HIDState.ReportRequest> = []
    /// Whether the last round failed to read one of them.
    private var isTroubled = false

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
            try await self.readForTheFirstTime()
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
            return HIDState(
                identity: device.identity, descriptor: try ReportDescriptor(parsing: device.reportDescriptor))
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
                // Limits are set by apps and buttons too, so a full round reads them as well.
                try await self.read(isFull ? .settings : .quick)
                self.isTroubled = false
                self.publish()
            } catch {
                // Gone is gone; with everything else the device stays open, its data ages, and the next round tries again.
                if error.kind == .gone { return error }
                self.isTroubled = true
                self.report(.failed(self.id, error))
            }
        }
        return nil
    }

    /// Takes what the device sends by itself; its end means that the device is gone.
    private func listen(to device: any HIDDevice) async -> DeviceFailure? {
        for await report in device.inputReports {
            self.take(report)
        }
        if Task.isCancelled { return nil }
        return DeviceFailure(.gone, device: device.identity.inWords, detail: "it was unplugged or reset")
    }

    /// Takes a report that nobody asked for. While the status cannot be read, only a status keeps the data fresh.
    private func take(_ report: ReceivedReport) {
        guard self.session?.state.take(report.bytes, type: .input, at: report.moment) == true else { return }
        if self.isTroubled, self.session?.state.holdsStatus(inputReport: report.bytes) != true { return }
        self.publish(at: report.moment)
    }

    // MARK: Reading

    /// Reads everything once, and learns which of the reports that hold the status the device answers.
    private func readForTheFirstTime() async throws(DeviceFailure) {
        guard let session else { return }
        self.essential = []
        self.isTroubled = false
        var first: DeviceFailure?
        for request in session.state.reportsToRead(.initial) {
            do throws(DeviceFailure) {
                try await self.read(request, of: session.device)
                if session.state.statusReports.contains(request) { self.essential.insert(request) }
            } catch {
                if error.kind == .gone { throw error }
                first = first ?? error
            }
        }
        guard self.essential.isEmpty else { return }
        throw first
            ?? DeviceFailure(
                .notSupported, device: session.device.identity.inWords,
                detail: "it has no report that tells whether there is mains",
                remedy: "it is no UPS, or one that this version does not know")
    }

    /// Reads every report of a round.
    ///
    /// - Throws: the first failure where a report that holds the status could not be read, or the device is gone. Other
    ///   reports may fail: devices refuse some of what their descriptor promises.
    private func read(_ round: PollRound) async throws(DeviceFailure) {
        guard let session else { return }
        var failure: DeviceFailure?
        for request in session.state.reportsToRead(round) {
            do throws(DeviceFailure) {
                try await self.read(request, of: session.device)
            } catch {
                if error.kind == .gone { throw error }
                if self.essential.contains(request) { failure = failure ?? error }
            }
        }
        if let failure { throw failure }
    }

    private func read(_ request: HIDState.ReportRequest, of device: any HIDDevice) async throws(DeviceFailure) {
        let bytes = try await device.getReport(request.type, id: request.id, length: request.byteCount)
        let isNumbered = self.session?.state.descriptor.usesReportIDs ?? true
        // Devices answer late, with another report, or with nothing but the ID.
        guard bytes.count > (isNumbered ? 1 : 0), !isNumbered || bytes[0] == request.id else {
            throw DeviceFailure(
                .stalled, device: device.identity.inWords,
                detail: "asked for report \(request.id), it answered \(bytes.count) bytes that are not that report")
        }
        self.session?.state.take(bytes, type: request.type, at: self.timekeeper.now)
    }

    private func readStrings() async {
        guard let session else { return }
        for index in session.state.stringIndexesWanted {
            let text = try? await session.device.string(at: index)
            // A string that the device refuses is an empty one: asking again would not help.
            self.session?.state.take(string: text ?? "", at: index)
        }
    }

    private func publish(at moment: Moment? = nil) {
        guard let state = self.session?.state else { return }
        self.report(.upsRead(self.id, state.reading(), at: moment ?? self.timekeeper.now))
    }

    // MARK: Writing

    /// Writes a variable to the device, and reads it back.
    public func set(_ variable: String, to value: String) async throws(DeviceFailure) {
        guard let session else { throw self.notThere }
        let write: ReportWrite
        do throws(WriteRefusal) {
            write = try session.state.write(variable: variable, value: value)
        } catch {
            throw self.refused("\(variable) = \(value)", error)
        }
        try await self.carryOut([write], on: session.device)
    }

    /// Runs an instant command, and reads back what it changed.
    public func run(_ command: String, parameter: String?) async throws(DeviceFailure) {
        guard let session else { throw self.notThere }
        let writes: [ReportWrite]
        do throws(WriteRefusal) {
            writes = try session.state.command(command, parameter: parameter)
        } catch {
            throw self.refused(command, error)
        }
        try await self.carryOut(writes, on: session.device)
        if let proof = session.state.proof(of: command) { try await self.prove(command, proof, on: session.device) }
    }

    /// Reads back until the device says that a command has worked: some take orders that they do not carry out (Ellipse
    /// ECO 650, whose outlets say that they can be switched).
    private func prove(
        _ command: String, _ proof: CommandRule.Proof, on device: any HIDDevice
    ) async throws(DeviceFailure) {
        guard let request = self.session?.state.report(of: proof) else {
            throw self.unproven(command, "the device does not tell how the outlet stands")
        }
        let deadline = self.timekeeper.now + Self.longestProof
        var reason = ""
        repeat {
            do throws(DeviceFailure) {
                try await self.read(request, of: device)
                if self.session?.state.holds(proof) == true { return self.publish() }
                reason = "the outlet is not where it should be"
            } catch {
                // What cannot be read now may be read at the next try.
                reason = error.detail
                if error.kind == .gone { break }
            }
            guard (try? await self.timekeeper.sleep(until: self.timekeeper.now + Self.proofPause)) != nil else { break }
        } while self.timekeeper.now < deadline
        self.publish()
        throw self.unproven(command, reason)
    }

    private func unproven(_ command: String, _ why: String) -> DeviceFailure {
        DeviceFailure(
            .stalled, device: self.id.name, detail: "\(command): sent, but not verified: \(why)",
            remedy: "look at the outlet")
    }

    private func carryOut(_ writes: [ReportWrite], on device: any HIDDevice) async throws(DeviceFailure) {
        for write in writes { try await device.setReport(write.type, id: write.id, bytes: write.bytes) }
        try await self.read(.settings)
        self.publish()
    }

    private func refused(_ what: String, _ refusal: WriteRefusal) -> DeviceFailure {
        let detail =
            switch refusal {
            case .unknown: "it has no \(what)"
            case .readOnly: "\(what) can only be read"
            case .invalidValue: "\(what): not a value it can have"
            case .notReadYet: "\(what): its report was never read, so that the rest of it cannot be kept"
            }
        return DeviceFailure(.notSupported, device: self.id.name, detail: detail)
    }

    private var notThere: DeviceFailure {
        DeviceFailure(.gone, device: self.id.name, detail: "it is not connected")
    }
}

extension HIDState {
    /// The reports to ask for that hold a condition: mains, battery, charging.
    var statusReports: Set<ReportRequest> {
        let paths = Set(self.mapping.conditions.map(\.path))
        let fields = paths.compactMap { self.items[$0]?.readable }
        return Set(
            self.reportsToRead(.quick).filter { request in
                fields.contains { $0.type == request.type && $0.reportID == request.id }
            })
    }

    /// Whether an Input report holds a condition.
    func holdsStatus(inputReport bytes: [UInt8]) -> Bool {
        let id = self.descriptor.usesReportIDs ? bytes.first : 0
        return self.mapping.conditions.contains { self.items[$0.path]?.input?.reportID == id }
    }
}
