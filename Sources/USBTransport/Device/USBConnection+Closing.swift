internal import Dispatch
internal import Synchronization

extension USBConnection {
    /// Ends all transfers, gives the interface back to the kernel's driver and closes the handle.
    ///
    /// Returns when that is done, however often and by whomever it is called, before or after an unplug.
    func close() async {
        await withCheckedContinuation { closer in
            let isClosed = self.state.withLock { state in
                guard state.phase != .closed else { return true }
                state.closers.append(closer)
                return false
            }
            if isClosed { closer.resume() } else { self.startClosing() }
        }
    }

    /// The same without waiting for the end.
    func startClosing() {
        let refused = self.state.withLock { state -> [Refused] in
            guard state.phase == .open else { return [] }
            state.phase = .draining
            let refused = state.waiting.map { Refused($0, self.closedError($0.request)) }
            state.waiting = []
            state.current?.transfer.cancel()
            state.input?.cancel()
            self.releaseWhenDrained(&state)
            return refused
        }
        refused.forEach { $0.tell() }
    }

    /// Closes the handle once libusb has no transfer of it any more; to be called after each that ends.
    func releaseWhenDrained(_ state: inout State) {
        guard state.phase == .draining, state.current == nil, state.input == nil else { return }
        state.phase = .releasing
        // While a device is given back, the kernel makes everybody wait who asks for its transfers. The thread that
        // serves all devices must be done with this one before.
        self.events.afterThisPass { self.calls.async { self.release() } }
    }

    private func release() {
        self.handle.close()
        self.closed()
        let closers = self.state.withLock { state in
            state.phase = .closed
            defer { state.closers = [] }
            return state.closers
        }
        closers.forEach { $0.resume() }
    }
}
