internal import CSystem
internal import Glibc

/// epoll: which descriptors are ready, each known by a number of the caller's.
final class Poller {
    private let file: Int32
    private var events = [epoll_event](repeating: epoll_event(), count: 512)

    init() throws(Failure) {
        self.file = epoll_create1(Int32(EPOLL_CLOEXEC))
        guard self.file >= 0 else { throw .system("epoll_create1") }
    }

    deinit {
        close(self.file)
    }

    func watch(_ descriptor: Int32, as token: Int, writing: Bool) throws(Failure) {
        try self.control(EPOLL_CTL_ADD, descriptor, token, writing)
    }

    func change(_ descriptor: Int32, as token: Int, writing: Bool) throws(Failure) {
        try self.control(EPOLL_CTL_MOD, descriptor, token, writing)
    }

    func forget(_ descriptor: Int32) {
        _ = epoll_ctl(self.file, EPOLL_CTL_DEL, descriptor, nil)
    }

    private func control(_ order: Int32, _ descriptor: Int32, _ token: Int, _ writing: Bool) throws(Failure) {
        var event = epoll_event()
        event.events = EPOLLIN.rawValue | (writing ? EPOLLOUT.rawValue : 0)
        event.data.u64 = UInt64(token)
        guard epoll_ctl(self.file, order, descriptor, &event) == 0 else { throw .system("epoll_ctl") }
    }

    /// Waits until something is ready, but not beyond `deadline`, and tells each.
    func wait(until deadline: Int64, _ ready: (Int) throws(Failure) -> Void) throws(Failure) {
        let left = max(0, deadline - Clock.now)
        let count = epoll_wait(self.file, &self.events, Int32(self.events.count), Int32(left / 1_000_000 + 1))
        guard count > 0 else { return }
        for index in 0..<Int(count) { try ready(Int(self.events[index].data.u64)) }
    }
}
