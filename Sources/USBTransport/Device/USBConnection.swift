internal import CLibUSB
internal import Dispatch
internal import PowerCore
internal import Synchronization

/// An open device with the transfers on it: one control transfer at a time, and one interrupt transfer that waits.
///
/// Every state change happens under one lock. libusb's calls made under it never wait; what can block runs on the queue
/// of the connection, and what completes comes on the event thread. The handle is closed once, when libusb holds no
/// transfer of it any more, and after that nothing touches it.
final class USBConnection: Sendable {
    /// Most requests that wait for their turn; a poll of the richest UPS known asks for about a hundred reports.
    static let waitingLimit = 512

    /// A request and who waits for its answer.
    struct Job {
        var request: USBControlRequest
        var timeout: Duration
        var answer: CheckedContinuation<Result<[UInt8], USBError>, Never>
    }

    /// How far the connection has come.
    enum Phase {
        /// Transfers may be handed to libusb.
        case open
        /// No transfer may be handed to libusb any more; those it has are waited for.
        case draining
        /// libusb has no transfer any more; the handle is being closed.
        case releasing
        /// The handle is closed.
        case closed
    }

    struct State {
        var phase = Phase.open
        var waiting: [Job] = []
        /// The control transfer that libusb has, and its job.
        var current: (job: Job, transfer: USBTransfer)?
        /// The interrupt transfer that libusb has.
        var input: USBTransfer?
        /// Failures of the interrupt endpoint in a row.
        var inputFailures = 0
        var closers: [CheckedContinuation<Void, Never>] = []
    }

    let handle: USBHandle
    /// For calls of libusb that may wait for this device: the kernel gives it seconds to answer while it clears an
    /// endpoint or tries a driver on it.
    let calls = DispatchQueue(label: "libusb device")
    let state = Mutex(State())

    /// The thread that this connection's transfers complete on.
    let events: USBEventThread

    /// Called when the handle is closed, on the connection's queue.
    let closed: @Sendable () -> Void

    /// Takes over an open handle, whose transfers complete on `events`.
    init(_ handle: USBHandle, events: USBEventThread, closed: @escaping @Sendable () -> Void) {
        self.handle = handle
        self.events = events
        self.closed = closed
    }

    /// The device, for messages.
    var label: String { self.handle.device.label }

    /// Sends a request when its turn comes, and waits for the answer.
    ///
    /// - Parameters:
    ///   - request: What to ask or send.
    ///   - timeout: How long the device may take, from the moment the request's turn has come.
    /// - Returns: The bytes the device answered with; empty for what was sent.
    func transfer(_ request: USBControlRequest, timeout: Duration) async throws(USBError) -> [UInt8] {
        let result = await withCheckedContinuation { answer in
            self.enqueue(Job(request: request, timeout: timeout, answer: answer))
        }
        return try result.get()
    }

    private func enqueue(_ job: Job) {
        let failed = self.state.withLock { state -> [Refused] in
            guard state.phase == .open else { return [Refused(job, self.closedError(job.request))] }
            guard state.waiting.count < Self.waitingLimit else {
                let detail = "\(job.request.name): \(Self.waitingLimit) requests wait already"
                return [Refused(job, USBError(.busy, device: self.label, detail: detail))]
            }
            state.waiting.append(job)
            return self.sendNext(&state)
        }
        failed.forEach { $0.tell() }
    }

    /// Hands the next request to libusb; those that libusb does not take are returned, to be told without the lock.
    private func sendNext(_ state: inout State) -> [Refused] {
        var refused: [Refused] = []
        while state.phase == .open, state.current == nil, !state.waiting.isEmpty {
            let job = state.waiting.removeFirst()
            let transfer = USBTransfer(.control(job.request, timeout: job.timeout)) { self.controlEnded($0) }
            let code = transfer?.submit(to: self.handle) ?? LIBUSB_ERROR_NO_MEM.rawValue
            if let transfer, code == 0 {
                state.current = (job, transfer)
            } else {
                refused.append(Refused(job, .submitting(code, job.request.name, device: self.label)))
            }
        }
        return refused
    }

    /// On the event thread.
    private func controlEnded(_ transfer: USBTransfer) {
        let (job, refused) = self.state.withLock { state -> (Job?, [Refused]) in
            let job = state.current?.job
            state.current = nil
            let refused = self.sendNext(&state)
            self.releaseWhenDrained(&state)
            return (job, refused)
        }
        refused.forEach { $0.tell() }
        guard let job else { return }
        if let error = USBError.transferred(transfer.status, job.request.name, device: self.label) {
            job.answer.resume(returning: .failure(error))
        } else {
            job.answer.resume(returning: .success(job.request.isRead ? transfer.received : []))
        }
    }

    func closedError(_ request: USBControlRequest) -> USBError {
        USBError(.gone, device: self.label, detail: "\(request.name): the device has been closed")
    }

    /// A job that does not come to its turn.
    struct Refused {
        var job: Job
        var error: USBError

        init(_ job: Job, _ error: USBError) {
            self.job = job
            self.error = error
        }

        func tell() {
            self.job.answer.resume(returning: .failure(self.error))
        }
    }
}
