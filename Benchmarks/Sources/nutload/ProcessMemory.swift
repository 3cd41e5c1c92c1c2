internal import Glibc

/// The memory of a process, in KiB, as the kernel counts it.
enum ProcessMemory {
    /// What is in memory now.
    static func resident(_ pid: Int) -> Int {
        Self.field("VmRSS:", of: "/proc/\(pid)/status")
    }

    /// What nobody else shares and no file holds.
    static func ownDirty(_ pid: Int) -> Int {
        Self.field("Private_Dirty:", of: "/proc/\(pid)/smaps_rollup")
    }

    private static func field(_ name: String, of path: String) -> Int {
        guard let file = fopen(path, "r") else { return 0 }
        defer { fclose(file) }
        var line = [CChar](repeating: 0, count: 256)
        while fgets(&line, Int32(line.count), file) != nil {
            let words = String(decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
                .split { $0 == " " || $0 == "\t" || $0 == "\n" }
            if words.first.map(String.init) == name, words.count > 1 { return Int(words[1]) ?? 0 }
        }
        return 0
    }
}
