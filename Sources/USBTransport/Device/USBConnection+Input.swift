internal import CLibUSB
internal import Dispatch
internal import Synchronization

extension USBConnection {
    /// Failures of the interrupt endpoint in a row after which it is left alone: with the delays below this takes more
    /// than a second, and a kernel that reports nonsense while a cable is being pulled needs less to see it is gone.
    static let inputRetryLimit = 5
    /// Delay before the first retry; each further one takes twice as long.
    static let inputRetryDelay = DispatchTimeInterval.milliseconds(50)

    /// Reads the interrupt endpoint for as long as the connection is open.
    ///
    /// - Parameters:
    ///   - endpoint: The endpoint's address.
    ///   - length: The most bytes one report has, a multiple of the packet size.
    ///   - deliver: Takes each report, on the event thread.
    ///   - ended: Called once, when the device is gone or the connection closes.
    func readInput(
        endpoint: UInt8, length: Int, deliver: @escaping @Sendable ([UInt8]) -> Void,
        ended: @escaping @Sendable () -> Void
    ) {
        let input = USBTransfer(.interrupt(endpoint: endpoint, length: length)) { transfer in
            self.inputEnded(transfer, endpoint, deliver, ended)
        }
        guard let input, self.submitInput(input) else { return ended() }
    }

    /// Whether libusb has taken the transfer.
    private func submitInput(_ input: USBTransfer) -> Bool {
        self.state.withLock { state in
            guard state.phase == .open, input.submit(to: self.handle) == 0 else { return false }
            state.input = input
            return true
        }
    }

    /// On the event thread.
    private func inputEnded(
        _ input: USBTransfer, _ endpoint: UInt8, _ deliver: @Sendable ([UInt8]) -> Void,
        _ ended: @escaping @Sendable () -> Void
    ) {
        if input.status == LIBUSB_TRANSFER_COMPLETED { deliver(input.received) }
        let next = self.state.withLock { state -> InputStep in
            let step = self.nextInputStep(after: input, &state)
            self.releaseWhenDrained(&state)
            return step
        }
        switch next {
        case .waiting, .leftAlone: break
        case .ended: ended()
        case .retry(let delay):
            self.calls.asyncAfter(deadline: .now() + delay) { self.retryInput(input, endpoint, ended) }
        }
    }

    /// What happens after an interrupt transfer has ended.
    private enum InputStep {
        /// libusb has the transfer again.
        case waiting
        /// Try again after a delay.
        case retry(DispatchTimeInterval)
        /// Too many failures: the reports that come by themselves are given up, those asked for are not.
        case leftAlone
        /// Nothing will come any more.
        case ended
    }

    private func nextInputStep(after input: USBTransfer, _ state: inout State) -> InputStep {
        state.input = nil
        guard state.phase == .open else { return .ended }
        switch input.status {
        case LIBUSB_TRANSFER_COMPLETED:
            state.inputFailures = 0
            guard input.submit(to: self.handle) == 0 else { return .ended }
            state.input = input
            return .waiting
        case LIBUSB_TRANSFER_NO_DEVICE, LIBUSB_TRANSFER_CANCELLED:
            return .ended
        default:
            state.inputFailures += 1
            guard state.inputFailures <= Self.inputRetryLimit else { return .leftAlone }
            return .retry(Self.delay(beforeRetry: state.inputFailures))
        }
    }

    /// On the connection's queue, where the handle cannot be closed meanwhile.
    private func retryInput(_ input: USBTransfer, _ endpoint: UInt8, _ ended: @Sendable () -> Void) {
        guard self.state.withLock({ $0.phase == .open }) else { return ended() }
        // A stalled endpoint stays halted until it is told (USB 2.0, 9.4.5). Not after other failures: a device that
        // hangs would keep the thread that serves all devices waiting for the five seconds the kernel gives it.
        if input.status == LIBUSB_TRANSFER_STALL { libusb_clear_halt(self.handle.raw, endpoint) }
        if !self.submitInput(input) { ended() }
    }

    static func delay(beforeRetry retry: Int) -> DispatchTimeInterval {
        guard case .milliseconds(let first) = Self.inputRetryDelay else { return Self.inputRetryDelay }
        return .milliseconds(first << min(max(retry - 1, 0), Self.inputRetryLimit))
    }
}
