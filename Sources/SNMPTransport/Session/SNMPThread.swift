internal import CNetSNMP
internal import Glibc
internal import SNMPTables
internal import Synchronization

/// The one thread that uses libnetsnmp, whose state is the whole process's, for all agents.
///
/// `@unchecked Sendable`: `lines` is only touched on the thread, the rest is constant or locked.
final class SNMPThread: @unchecked Sendable {
    /// The thread's name in `ps -L` and `gdb`; Linux takes 15 bytes.
    static let name = "snmp"
    /// Pause after a failure of `poll` itself, in microseconds, so that it cannot spin.
    static let pauseAfterFailure: UInt32 = 100_000

    private static let running = Mutex<SNMPThread?>(nil)

    /// The thread, which is started by its first use and lives as long as the process.
    ///
    /// - Throws: `.unreachable` where the system gives no thread.
    static func shared() throws(SNMPFailure) -> SNMPThread {
        let result: Result<SNMPThread, SNMPFailure> = self.running.withLock { running in
            if let thread = running { return .success(thread) }
            let made = Result { () throws(SNMPFailure) in try SNMPThread() }
            if case .success(let thread) = made { running = thread }
            return made
        }
        return try result.get()
    }

    private let doorbell: Int32
    private let waiting = Mutex<[@Sendable () -> Void]>([])
    /// Those that wait for something.
    private var lines: [ObjectIdentifier: SNMPLine] = [:]

    private init() throws(SNMPFailure) {
        self.doorbell = cnetsnmp_bell()
        guard self.doorbell >= 0 else { throw .unreachable(errno, port: 0) }
        var thread = pthread_t()
        let argument = Unmanaged.passRetained(self)
        let code = pthread_create(
            &thread, nil,
            { argument in
                guard let argument else { return nil }
                Unmanaged<SNMPThread>.fromOpaque(argument).takeRetainedValue().run()
                return nil
            }, argument.toOpaque())
        guard code == 0 else {
            argument.release()
            close(self.doorbell)
            throw SNMPFailure(.unreachable, "the system gives no thread for SNMP")
        }
        pthread_detach(thread)
    }

    /// Has `work` done on the thread, in the order of the calls; it must not block.
    func perform(_ work: @escaping @Sendable () -> Void) {
        self.waiting.withLock { $0.append(work) }
        cnetsnmp_ring(self.doorbell)
    }

    /// Looks after a line from now on; on the thread.
    func watch(_ line: SNMPLine) {
        self.lines[ObjectIdentifier(line)] = line
    }

    /// Looks after a line no more; on the thread.
    func leave(_ line: SNMPLine) {
        self.lines[ObjectIdentifier(line)] = nil
    }

    private func run() {
        cnetsnmp_name_this_thread(Self.name)
        // Signals are for the threads that expect them.
        var all = sigset_t()
        sigfillset(&all)
        pthread_sigmask(SIG_BLOCK, &all, nil)
        cnetsnmp_begin()
        while true {
            self.doWaiting()
            self.pass()
        }
    }

    private func doWaiting() {
        cnetsnmp_quiet(self.doorbell)
        let waiting = self.waiting.withLock { waiting in
            defer { waiting = [] }
            return waiting
        }
        for work in waiting { work() }
    }

    /// Waits for an answer, the time of a line, or work.
    private func pass() {
        let lines = Array(self.lines.values)
        var descriptors = [pollfd(fd: self.doorbell, events: Int16(POLLIN), revents: 0)]
        descriptors += lines.map { pollfd(fd: $0.socket, events: Int16(POLLIN), revents: 0) }
        let wait = lines.compactMap(\.wait).min() ?? -1
        if poll(&descriptors, nfds_t(descriptors.count), Int32(clamping: wait)) < 0, errno != EINTR {
            usleep(Self.pauseAfterFailure)
        }
        for (line, descriptor) in zip(lines, descriptors.dropFirst()) {
            // Hung up and broken are read too: that is how one hears of it.
            line.step(isReadable: descriptor.revents != 0)
        }
    }
}
