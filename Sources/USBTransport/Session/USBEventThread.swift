internal import CLibUSB
internal import Glibc
internal import PowerCore
internal import Synchronization

/// The thread that handles the events of one libusb context; completed transfers are reported on it.
///
/// `@unchecked Sendable`: libusb's context may be used from any thread, and `thread` is written once, in `init`.
final class USBEventThread: @unchecked Sendable {
    /// The thread's name in `ps -L` and `gdb`; Linux takes 15 bytes.
    static let name = "libusb events"
    /// Longest sleep in libusb; an end is not waited for, since ``end()`` wakes the thread.
    static let longestWait = 60
    /// Pause after a failure of the event loop itself, in microseconds, so that it cannot spin.
    static let pauseAfterFailure: UInt32 = 100_000

    private let context: OpaquePointer
    private let isEnding = Atomic(false)
    private let waiting = Mutex<[@Sendable () -> Void]>([])
    private var thread = pthread_t()

    /// Starts the thread.
    ///
    /// - Throws: `.stalled` where the system gives no thread.
    init(context: OpaquePointer) throws(USBError) {
        self.context = context
        let argument = Unmanaged.passRetained(self)
        let code = pthread_create(
            &self.thread, nil,
            { argument in
                guard let argument else { return nil }
                Unmanaged<USBEventThread>.fromOpaque(argument).takeRetainedValue().run()
                return nil
            }, argument.toOpaque())
        guard code == 0 else {
            argument.release()
            throw USBError(.stalled, device: "USB", detail: "no thread for libusb's events", cause: "errno \(code)")
        }
    }

    /// Stops the thread and waits until it has ended; never to be called on it.
    func end() {
        self.isEnding.store(true, ordering: .releasing)
        libusb_interrupt_event_handler(self.context)
        pthread_join(self.thread, nil)
    }

    /// Has `work` done once libusb has finished with what has happened so far; it must not block.
    ///
    /// libusb asks a device for more completed transfers until there are none, so the thread may still be busy with a
    /// device when its last transfer has been reported.
    func afterThisPass(_ work: @escaping @Sendable () -> Void) {
        self.waiting.withLock { $0.append(work) }
        libusb_interrupt_event_handler(self.context)
    }

    private func doWaiting() {
        let waiting = self.waiting.withLock { waiting in
            defer { waiting = [] }
            return waiting
        }
        for work in waiting { work() }
    }

    private func run() {
        clibusb_name_this_thread(Self.name)
        // Signals are for the threads that expect them.
        var all = sigset_t()
        sigfillset(&all)
        pthread_sigmask(SIG_BLOCK, &all, nil)
        while !self.isEnding.load(ordering: .acquiring) {
            var wait = timeval(tv_sec: Self.longestWait, tv_usec: 0)
            let code = libusb_handle_events_timeout_completed(self.context, &wait, nil)
            if code != 0, libusb_error(code) != LIBUSB_ERROR_INTERRUPTED { usleep(Self.pauseAfterFailure) }
            self.doWaiting()
        }
    }
}
