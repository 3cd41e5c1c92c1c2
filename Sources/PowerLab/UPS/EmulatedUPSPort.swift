import HIDReport
public import PowerCore
import Synchronization

/// The USB port that an emulated UPS is plugged into, where faults are made.
///
/// It owns the UPS: time is let pass through ``update(_:)``, which also sends the reports that change.
public final class EmulatedUPSPort: HIDDeviceSource {
    private struct State {
        var ups: EmulatedUPS
        var isPlugged = true
        var faults: [DeviceFault] = []
        var noise = Noise()
        /// Until when the transfers already begun keep the device busy.
        var busyUntil: Moment
        var lastHandle: UInt64 = 0
        var open: Opening?
        /// What was last sent, or would have been.
        var sent: [[UInt8]]
        /// How often a device has been plugged in, and how often when ``open()`` was last tried.
        var arrivals = 0
        var arrivalsSeen = 0
        var lastWaiter: UInt64 = 0
        var waiters: [UInt64: AsyncStream<Void>.Continuation] = [:]
    }

    private struct Opening {
        var handle: UInt64
        var reports: AsyncStream<ReceivedReport>.Continuation
    }

    /// The name the device has in failures.
    public let id: DeviceID
    /// Who the device is.
    public let identity: HIDIdentity
    /// Whether the device answers polls only, and sends no input reports by itself.
    public let isSilent: Bool
    /// The time every transfer is given, as a careful host does.
    public static let transferTimeout: Duration = .seconds(1)
    /// So many input reports wait for a slow reader, the newest; each is a few bytes and the values repeat.
    public static let inputReportLimit = 64
    /// So many faults are remembered at once; the oldest is dropped.
    public static let faultLimit = 32

    private let timekeeper: any Timekeeper
    private let state: Mutex<State>

    /// Plugs `ups` into the port at `portPath`.
    public init(
        _ id: DeviceID, ups: EmulatedUPS, portPath: String = "1-1", isSilent: Bool = false,
        timekeeper: any Timekeeper
    ) {
        self.id = id
        self.identity = HIDIdentity(
            vendorID: EmulatedUPSTraits.vendorID, productID: EmulatedUPSTraits.productID,
            manufacturer: EmulatedUPSTraits.manufacturer, product: ups.traits.product, serial: ups.serial,
            portPath: portPath)
        self.isSilent = isSilent
        self.timekeeper = timekeeper
        self.state = Mutex(State(ups: ups, busyUntil: timekeeper.now, sent: ups.changingReports))
    }

    // MARK: The device

    /// The UPS as it is now.
    public var ups: EmulatedUPS { self.state.withLock { $0.ups } }

    /// Changes the UPS, and sends the reports that are different then.
    public func update(_ change: (inout EmulatedUPS) -> Void) {
        let now = self.timekeeper.now
        self.state.withLock { state in
            change(&state.ups)
            self.sendChanges(&state, at: now)
        }
    }

    /// Whether the device is in the port.
    public var isPlugged: Bool { self.state.withLock { $0.isPlugged } }

    /// Pulls the plug: whoever has the device open loses it in the middle of whatever was going on.
    public func unplug() {
        self.state.withLock { state in
            state.isPlugged = false
            state.open?.reports.finish()
            state.open = nil
        }
    }

    /// Plugs the device in again.
    public func plug() {
        self.state.withLock { state in
            guard !state.isPlugged else { return }
            state.isPlugged = true
            state.arrivals += 1
            state.sent = state.ups.changingReports
            for waiter in state.waiters.values { waiter.finish() }
            state.waiters = [:]
        }
    }

    /// Makes the device misbehave, besides what is wrong already; a fault of the same kind and report is replaced.
    public func inject(_ fault: DeviceFault) {
        self.state.withLock { state in
            state.faults.removeAll { $0.report == fault.report && $0.kind == fault.kind }
            if state.faults.count >= Self.faultLimit { state.faults.removeFirst() }
            if (fault.count ?? 1) > 0 { state.faults.append(fault) }
        }
    }

    /// Makes everything work again; a device that was unplugged is plugged in.
    public func heal() {
        self.state.withLock { $0.faults = [] }
        self.plug()
    }

    /// What is wrong, in a few words; nil where nothing is.
    public var troubles: String? {
        self.state.withLock { state in
            let all = (state.isPlugged ? [] : ["unplugged"]) + state.faults.map(\.description)
            return all.isEmpty ? nil : all.joined(separator: ", ")
        }
    }

    // MARK: HIDDeviceSource

    /// Opens the device when it is plugged in and nobody has it open.
    public func open() async throws(DeviceFailure) -> any HIDDevice {
        let opened: Result<EmulatedHIDDevice, DeviceFailure> = self.state.withLock { state in
            state.arrivalsSeen = state.arrivals
            guard state.isPlugged else { return .failure(self.failure(.gone, "not found")) }
            guard state.open == nil else { return .failure(self.failure(.busy, "already open")) }
            let isAbsurd = Self.takeFault(&state) { $0.kind == .absurdDescriptor } != nil
            let (stream, continuation) = AsyncStream.makeStream(
                of: ReceivedReport.self, bufferingPolicy: .bufferingNewest(Self.inputReportLimit))
            state.lastHandle += 1
            state.open = Opening(handle: state.lastHandle, reports: continuation)
            return .success(
                EmulatedHIDDevice(
                    self, handle: state.lastHandle,
                    reportDescriptor: isAbsurd ? EcoFlowDescriptor.absurd : EcoFlowDescriptor.bytes,
                    inputReports: stream))
        }
        return try opened.get()
    }

    /// Returns when the device has been plugged in since the last try to open it, or when `limit` has passed.
    public func waitForArrival(atMost limit: Duration) async throws {
        let (arrival, id) = self.makeWaiter()
        guard let id else { return }
        defer { self.state.withLock { _ = $0.waiters.removeValue(forKey: id) } }
        let deadline = self.timekeeper.now + limit
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { [timekeeper] in try await timekeeper.sleep(until: deadline) }
            group.addTask {
                for await _ in arrival {}
                try Task.checkCancellation()
            }
            defer { group.cancelAll() }
            try await group.next()
        }
    }

    private func makeWaiter() -> (AsyncStream<Void>, UInt64?) {
        let (stream, continuation) = AsyncStream.makeStream(of: Void.self)
        return self.state.withLock { state in
            guard state.arrivals == state.arrivalsSeen else { return (stream, nil) }
            state.lastWaiter += 1
            state.waiters[state.lastWaiter] = continuation
            return (stream, state.lastWaiter)
        }
    }

    // MARK: Transfers

    /// Changes a reply's bytes into what the fault of the moment makes of them.
    typealias Disguise = ([UInt8]) -> [UInt8]

    /// Carries out one request of the device opened as `handle`; a nil reply is a stall.
    ///
    /// The device serves one transfer after the other: one that is slow delays those behind it.
    @discardableResult
    func transfer<Reply: Sendable>(
        _ request: String, report: UInt8?, of handle: UInt64, reply: (inout EmulatedUPS, Disguise) -> Reply?
    ) async throws(DeviceFailure) -> Reply {
        let started = self.timekeeper.now
        let (fault, ends) = try self.begin(request, report: report, of: handle, at: started)
        let deadline = started + Self.transferTimeout
        do {
            if ends > started { try await self.timekeeper.sleep(until: min(ends, deadline)) }
        } catch {
            throw self.failure(.timedOut, "\(request): given up")
        }
        return try self.end(request, report: report, of: handle, fault: ends < deadline ? fault : .nak, reply)
    }

    func close(_ handle: UInt64) {
        self.state.withLock { state in
            guard let open = state.open, open.handle == handle else { return }
            open.reports.finish()
            state.open = nil
        }
    }

    private func begin(
        _ request: String, report: UInt8?, of handle: UInt64, at now: Moment
    ) throws(DeviceFailure) -> (DeviceFault.Kind?, ends: Moment) {
        let begun: (DeviceFault.Kind?, Moment)? = self.state.withLock { state in
            guard state.open?.handle == handle else { return nil }
            let fault = Self.takeFault(&state) { fault in
                fault.kind != .absurdDescriptor && (fault.report == nil || fault.report == report)
            }
            let begins = max(now, state.busyUntil)
            switch fault?.kind {
            case .slow(let delay): state.busyUntil = begins + max(.zero, delay)
            case .nak: state.busyUntil = begins + Self.transferTimeout
            case nil, .stall, .garbage, .short, .absurdDescriptor: state.busyUntil = begins
            }
            let ends = state.busyUntil
            // What the host gives up it takes back: the device is not busy with it any longer.
            state.busyUntil = min(ends, now + Self.transferTimeout)
            return (fault?.kind, ends)
        }
        guard let begun else { throw self.failure(.gone, "\(request): no such device") }
        return begun
    }

    private func end<Reply: Sendable>(
        _ request: String, report: UInt8?, of handle: UInt64, fault: DeviceFault.Kind?,
        _ reply: (inout EmulatedUPS, Disguise) -> Reply?
    ) throws(DeviceFailure) -> Reply {
        let now = self.timekeeper.now
        let result: Result<Reply, DeviceFailure> = self.state.withLock { state in
            guard state.open?.handle == handle else {
                return .failure(self.failure(.gone, "\(request): no such device"))
            }
            var noise = state.noise
            let disguise: Disguise = { Self.disguise($0, as: fault, noise: &noise) }
            switch fault {
            case .nak:
                return .failure(self.failure(.timedOut, "\(request): no answer within \(Self.transferTimeout)"))
            case .stall: return .failure(self.failure(.stalled, "\(request): stalled"))
            case nil, .garbage, .slow, .short, .absurdDescriptor: break
            }
            guard let answer = reply(&state.ups, disguise) else {
                return .failure(self.failure(.stalled, "\(request): stalled"))
            }
            state.noise = noise
            self.sendChanges(&state, at: now)
            return .success(answer)
        }
        return try result.get()
    }

    private func sendChanges(_ state: inout State, at now: Moment) {
        let reports = state.ups.changingReports
        let changed = zip(reports, state.sent).filter { $0 != $1 }.map(\.0)
        state.sent = reports
        guard let open = state.open, !self.isSilent else { return }
        let fault = state.faults.first { $0.report == nil && $0.kind != .absurdDescriptor }?.kind
        // A device that does not answer at all is silent on its other pipe as well.
        if fault == .stall || fault == .nak { return }
        for report in changed {
            let bytes = Self.disguise(report, as: fault, noise: &state.noise)
            open.reports.yield(ReceivedReport(bytes: bytes, moment: now))
        }
    }

    private static func disguise(_ bytes: [UInt8], as fault: DeviceFault.Kind?, noise: inout Noise) -> [UInt8] {
        switch fault {
        case .garbage: noise.bytes(bytes.count, notBeginningWith: bytes.first ?? 0)
        case .short: Array(bytes.prefix(1))
        case nil, .stall, .slow, .nak, .absurdDescriptor: bytes
        }
    }

    private static func takeFault(_ state: inout State, where applies: (DeviceFault) -> Bool) -> DeviceFault? {
        guard let index = state.faults.firstIndex(where: applies) else { return nil }
        let fault = state.faults[index]
        guard let count = fault.count else { return fault }
        if count > 1 { state.faults[index].count = count - 1 } else { state.faults.remove(at: index) }
        return fault
    }

    private func failure(_ kind: DeviceFailure.Kind, _ detail: String) -> DeviceFailure {
        let ids = "\(self.identity.vendorID.hexadecimalDigits):\(self.identity.productID.hexadecimalDigits)"
        return DeviceFailure(
            kind, device: "\(self.id) (\(ids), port \(self.identity.portPath))", detail: detail)
    }
}

extension EmulatedUPS {
    /// The input reports that change while the device runs.
    var changingReports: [[UInt8]] { Self.changingReportIDs.compactMap { self.report(.input, id: $0) } }
}
