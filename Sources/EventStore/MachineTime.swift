internal import Glibc

/// The clocks of the machine, and which boot they count from.
public protocol MachineTime: Sendable {
    /// The present boot as the kernel names it; empty where it does not say.
    var bootID: String { get }
    /// Time since boot, with the time the machine slept.
    var sinceBoot: Duration { get }
    /// What the wall clock shows.
    var wall: WallTime { get }
}

/// The clocks of the machine that this process runs on.
public struct SystemTime: MachineTime {
    /// The present boot as the kernel names it; empty where it does not say.
    public let bootID: String

    /// Looks up which boot this is.
    public init() {
        self.bootID = SmallText.read("/proc/sys/kernel/random/boot_id") ?? ""
    }

    /// Time since boot, with the time the machine slept.
    public var sinceBoot: Duration {
        let time = Self.read(CLOCK_BOOTTIME)
        return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
    }

    /// What the wall clock shows.
    public var wall: WallTime {
        let time = Self.read(CLOCK_REALTIME)
        return WallTime(milliseconds: Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000)
    }

    private static func read(_ clock: clockid_t) -> timespec {
        var time = timespec()
        // It fails for a clock the kernel does not have; it has had both since 2.6.39.
        clock_gettime(clock, &time)
        return time
    }
}
