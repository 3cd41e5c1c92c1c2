internal import CLibUSB
internal import Dispatch
internal import PowerCore
internal import Synchronization

/// The process's access to USB: one libusb, shared by all sources of devices.
///
/// This module knows libusb: who is plugged in, how to open a device and move bytes to and from it. It refuses to know
/// what a report means. Completed transfers come on one thread, `libusb events`; calls of libusb that can block run on
/// queues, listing and opening on one for all, closing on one for each device, so that no thread of Swift's pool waits
/// and a device that hangs keeps no other from being used.
///
/// A context lives as long as something uses it; ``shutDown()`` is for a tidy end.
public final class USBContext: Sendable {
    private struct State {
        /// Where devices are looked for; replaced on the queue only.
        var session: USBSession?
        var taken: Set<USBPortPath> = []
        var isShutDown = false
    }

    /// Tells of devices being plugged in, where udev runs.
    let arrivals = USBArrivals()

    /// For sources that must ask devices which of them is meant. Each may wait: there is one for each device configured.
    let turns = Turns(limit: USBContext.mostAsking)
    private static let mostAsking = 256

    private let calls = DispatchQueue(label: "libusb calls")
    private let state = Mutex(State())

    /// Makes a context; libusb starts with its first use.
    public init() {}

    deinit {
        // No device is open: each holds the context.
        guard let session = self.state.withLock({ $0.session }) else { return }
        self.calls.async { session.end() }
    }

    /// Looks who is plugged in, without talking to any device.
    public func devices() async throws(USBError) -> [USBDeviceDescription] {
        try await self.perform { () throws(USBError) in
            try self.lookingSession().descriptions()
        }
    }

    /// Ends libusb as soon as the last device is closed; nothing can be opened any more.
    public func shutDown() async {
        await self.run {
            let idle = self.state.withLock { state in
                state.isShutDown = true
                guard let session = state.session, session.openDevices == 0 else { return USBSession?.none }
                state.session = nil
                return session
            }
            idle?.end()
        }
    }

    /// Finds the device that is meant, opens it, and claims its HID interface.
    ///
    /// - Parameters:
    ///   - match: Which device is meant.
    ///   - interface: The number of the HID interface; nil for the first.
    ///   - last: The device that was opened before.
    func open(_ match: USBMatch, interface: UInt8?, last: HIDIdentity?) async throws(USBError) -> USBConnection {
        try await self.perform { () throws(USBError) in
            let attempt = USBOpening(match: match, interface: interface, last: last, taken: self.taken)
            // Whoever is in an old list and can be opened is there; only a list that can be relied upon says who is not.
            if let old = try self.currentSession(), !old.isTrusted, let handle = try? attempt.open(in: old) {
                return self.connection(handle, old)
            }
            let session = try self.lookingSession()
            guard let handle = try attempt.open(in: session) else {
                throw attempt.nothingFound(among: try session.descriptions())
            }
            return self.connection(handle, session)
        }
    }

    /// Whether a device of this process is open there.
    func isTaken(_ place: USBPortPath) -> Bool { self.taken.contains(place) }

    private var taken: Set<USBPortPath> { self.state.withLock { $0.taken } }

    /// The session there is; nil before the first use.
    private func currentSession() throws(USBError) -> USBSession? {
        let (session, isShutDown) = self.state.withLock { ($0.session, $0.isShutDown) }
        guard !isShutDown else {
            throw USBError(.gone, device: "USB", detail: "access to USB has been shut down")
        }
        return session
    }

    /// A session whose list of devices can be relied upon.
    private func lookingSession() throws(USBError) -> USBSession {
        if let session = try self.currentSession(), session.isTrusted { return session }
        return try self.freshSession()
    }

    private func connection(_ handle: USBHandle, _ session: USBSession) -> USBConnection {
        self.state.withLock { state in
            session.openDevices += 1
            _ = state.taken.insert(handle.device.portPath)
        }
        // The connection keeps context and session alive.
        return USBConnection(handle, events: session.events) { self.closed(handle.device, in: session) }
    }

    /// Takes note that a device has been closed: its place is free for other sources. May block.
    private func closed(_ device: USBDeviceDescription, in session: USBSession) {
        let isLast = self.state.withLock { state in
            state.taken.remove(device.portPath)
            session.openDevices -= 1
            guard session.openDevices == 0, state.isShutDown || state.session !== session else { return false }
            if state.session === session { state.session = nil }
            return true
        }
        if isLast { session.end() }
    }

    /// A session that knows who is plugged in now, in the place of the current one.
    private func freshSession() throws(USBError) -> USBSession {
        let fresh = try USBSession(arrivals: self.arrivals)
        let unused = self.state.withLock { state in
            let old = state.session
            state.session = fresh
            return old?.openDevices == 0 ? old : nil
        }
        unused?.end()
        return fresh
    }

    private func perform<T: Sendable>(
        _ work: @escaping @Sendable () throws(USBError) -> T
    ) async throws(USBError) -> T {
        let result: Result<T, USBError> = await withCheckedContinuation { continuation in
            self.calls.async { continuation.resume(returning: Result(catching: work)) }
        }
        return try result.get()
    }

    private func run(_ work: @escaping @Sendable () -> Void) async {
        await withCheckedContinuation { continuation in
            self.calls.async {
                work()
                continuation.resume()
            }
        }
    }
}
