internal import Glibc

/// What a process has used up to a moment, as the kernel counts it.
struct ProcessTimes {
    /// Nanoseconds on a processor, those of threads that have ended included.
    let cpu: Int64
    let at: Int64

    /// Nil where there is no such process, or none was named.
    init?(_ pid: Int) {
        var clock = clockid_t()
        var time = timespec()
        guard pid > 0, clock_getcpuclockid(pid_t(pid), &clock) == 0, clock_gettime(clock, &time) == 0 else {
            return nil
        }
        self.cpu = Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
        self.at = Clock.now
    }
}
