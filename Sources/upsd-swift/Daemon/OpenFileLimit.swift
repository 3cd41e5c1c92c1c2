import Foundation

/// How many files and connections the system lets the process have open at the same time.
///
/// A process usually begins with 1,024 and may raise that itself, up to a limit that only root can raise. They must
/// never run out: the runtime of Swift's queues looks into `/proc` every second while it is busy, and ends the process
/// where it cannot (libdispatch of Swift 6.3).
struct OpenFileLimit: Equatable {
    /// Too few to serve a single client.
    struct TooFew: Error, CustomStringConvertible {
        var total: Int
        var needed: Int

        var description: String {
            "the system allows \(self.total) open files, and at least \(self.needed) are needed; "
                + "see LimitNOFILE of systemd, or ulimit -n"
        }
    }

    /// Left to files, event loops, connections that are being refused, and those taken at once to be refused.
    static let reserve = 192
    /// Left to each device: a driver's socket or another server's connection, and one that replaces it.
    static let perDevice = 2

    /// How many open files there may be.
    let total: Int
    /// How many of them clients may have.
    let clients: Int

    /// Shares out `total` open files: `wanted` clients have what `devices` devices and the daemon itself leave.
    init(total: Int, wanted: Int, devices: Int) throws(TooFew) {
        let others = Self.reserve + Self.perDevice * devices
        guard total > others else { throw TooFew(total: total, needed: others + 1) }
        self.total = total
        self.clients = min(wanted, total - others)
    }

    /// Raises the limit so far that `wanted` clients fit beside `devices` devices, or as far as the system allows.
    static func raised(for wanted: Int, devices: Int) throws(TooFew) -> OpenFileLimit {
        let needed = rlim_t(clamping: wanted + Self.reserve + Self.perDevice * devices)
        var limit = rlimit()
        // Cannot fail: the resource exists, and the memory is ours.
        getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        if limit.rlim_cur < needed {
            var raised = limit
            raised.rlim_cur = min(needed, limit.rlim_max)
            if setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &raised) == 0 { limit = raised }
        }
        return try OpenFileLimit(total: Int(clamping: limit.rlim_cur), wanted: wanted, devices: devices)
    }
}
