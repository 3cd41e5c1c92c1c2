import Glibc
import Testing

/// The other end of the emulator's control socket: what happens to the devices besides what the host does.
enum Emulator {
    /// Where the emulator listens (`unix:/path`); nil where none runs.
    static let address = getenv("USBEMU_CONTROL").map { String(cString: $0) }

    /// Whether arrivals are seen at once: umockdev plays udev itself, a real kernel needs it.
    static let tellsArrivals = getenv("UMOCKDEV_DIR") != nil || access("/run/udev/control", F_OK) == 0

    /// Whether a real kernel stands between the emulator and us, with drivers of its own.
    static let hasKernel = getenv("UMOCKDEV_DIR") == nil

    /// Why the tests that need it are skipped.
    static let reason: Comment = "needs emulated devices: Tests/usb/test.sh runs these tests with them"

    /// Longest reply read: the state of a device with all its values.
    private static let maximumReply = 1 << 20

    /// Sends one line of the control language (`ups ac lost`) and returns the reply, one line of JSON.
    @discardableResult
    static func tell(_ line: String) throws -> String {
        let file = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(file) }
        var peer = sockaddr_un()
        peer.sun_family = sa_family_t(AF_UNIX)
        let path = (address ?? "").dropFirst("unix:".count)
        withUnsafeMutableBytes(of: &peer.sun_path) { $0.copyBytes(from: path.utf8.prefix($0.count - 1)) }
        let connected = withUnsafePointer(to: &peer) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(file, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        try #require(connected == 0, "no emulator at \(path)")
        let request = Array("\(line)\n".utf8)
        try #require(write(file, request, request.count) == request.count)
        var reply: [UInt8] = []
        var part = [UInt8](repeating: 0, count: 65536)
        while reply.last != UInt8(ascii: "\n"), reply.count < maximumReply {
            let count = read(file, &part, part.count)
            guard count > 0 else { break }
            reply += part.prefix(count)
        }
        let text = String(decoding: reply.dropLast(), as: UTF8.self)
        try #require(!text.hasPrefix(#"{"error""#), "\(line): \(text)")
        return text
    }

    /// How often a device was asked for something (`get_report:feature:12`).
    static func count(of request: String, on device: String) throws -> Int {
        let counts = try tell("\(device) counts")
        let parts = counts.split(separator: "\"\(request)\": ", maxSplits: 1)
        return parts.count == 2 ? Int(parts[1].prefix { $0.isNumber }) ?? 0 : 0
    }
}
