import Glibc

/// Tells systemd how the server stands, where it waits for that (sd_notify(3)); elsewhere nothing happens.
struct ServiceManager {
    /// What there is to tell.
    enum Word {
        case ready
        case reloading
        case stopping

        fileprivate var text: String {
            switch self {
            case .ready: "READY=1"
            case .stopping: "STOPPING=1"
            case .reloading: "RELOADING=1\nMONOTONIC_USEC=\(Self.microseconds)"
            }
        }

        private static var microseconds: UInt64 {
            var now = timespec()
            clock_gettime(CLOCK_MONOTONIC, &now)
            return UInt64(now.tv_sec) &* 1_000_000 &+ UInt64(now.tv_nsec) / 1000
        }
    }

    /// The socket's path; one with an `@` in front is a name of Linux's own.
    private let path: String?

    /// Finds out whether anybody waits.
    init() {
        self.path = getenv("NOTIFY_SOCKET").map { String(cString: $0) }
    }

    func tell(_ word: Word) { self.send(word.text) }

    /// Gives signs of life twice as often as they are asked for; nil where nobody asks.
    func feedWatchdog() -> Task<Void, Never>? {
        guard self.path != nil, let asked = getenv("WATCHDOG_USEC").flatMap({ Int64(String(cString: $0)) }), asked > 1
        else { return nil }
        let manager = self
        return Task {
            while (try? await Task.sleep(for: .microseconds(asked / 2))) != nil { manager.send("WATCHDOG=1") }
        }
    }

    private func send(_ text: String) {
        guard let path else { return }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        var name = Array(path.utf8)
        guard !name.isEmpty, name.count < MemoryLayout.size(ofValue: address.sun_path) else { return }
        if name[0] == UInt8(ascii: "@") { name[0] = 0 }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: name) }
        let descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { return }
        defer { close(descriptor) }
        let length = socklen_t(MemoryLayout<sa_family_t>.size + name.count)
        let bytes = Array(text.utf8)
        withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                _ = sendto(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL), address, length)
            }
        }
    }
}
