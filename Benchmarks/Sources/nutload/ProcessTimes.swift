internal import Glibc

/// What a process has used up to a moment, as the kernel counts it.
struct ProcessTimes {
    /// Nanoseconds on a processor, the sum over its threads.
    let cpu: Int64
    let at: Int64

    /// Nil where there is no such process, or none was named.
    init?(_ pid: Int) {
        guard pid > 0, let tasks = opendir("/proc/\(pid)/task") else { return nil }
        defer { closedir(tasks) }
        var sum: Int64 = 0
        while let entry = readdir(tasks) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            guard Int(name) != nil else { continue }
            let text = ProcessTimes.contents("/proc/\(pid)/task/\(name)/schedstat")
            sum += text.split(separator: " ").first.flatMap { Int64($0) } ?? 0
        }
        self.cpu = sum
        self.at = Clock.now
    }

    private static func contents(_ path: String) -> String {
        let file = open(path, O_RDONLY)
        guard file >= 0 else { return "" }
        defer { close(file) }
        var buffer = [UInt8](repeating: 0, count: 256)
        let count = read(file, &buffer, buffer.count)
        return String(decoding: buffer.prefix(max(count, 0)), as: UTF8.self)
    }
}
