import Foundation

/// How many files and connections the system lets the process have open at the same time.
///
/// A process usually begins with 1,024 and may raise that itself, up to a limit that only root can raise.
struct DescriptorLimit: Equatable {
    /// Left to files, event loops and connections that are being refused.
    static let reserve = 192
    /// Left to each device: a driver's socket or another server's connection, and one that replaces it.
    static let perDevice = 2

    /// How many descriptors there may be.
    let total: Int
    /// How many of them clients may have.
    let clients: Int

    /// Shares out `total` descriptors: `wanted` clients have what the rest leaves, or half where that is nothing.
    init(total: Int, wanted: Int, devices: Int) {
        self.total = total
        self.clients = max(1, min(wanted, max(total - Self.reserve - Self.perDevice * devices, total / 2)))
    }

    /// Raises the limit so far that `wanted` clients fit beside `devices` devices, or as far as the system allows.
    static func raised(for wanted: Int, devices: Int) -> DescriptorLimit {
        let needed = rlim_t(clamping: wanted + Self.reserve + Self.perDevice * devices)
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else {
            return DescriptorLimit(total: 1_024, wanted: wanted, devices: devices)
        }
        if limit.rlim_cur < needed {
            var raised = limit
            raised.rlim_cur = min(needed, limit.rlim_max)
            if setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &raised) == 0 { limit = raised }
        }
        return DescriptorLimit(total: Int(clamping: limit.rlim_cur), wanted: wanted, devices: devices)
    }
}
