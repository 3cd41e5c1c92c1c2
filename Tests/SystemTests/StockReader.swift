import Foundation

/// Debian's own `usbhid-ups` with `upsd` before it: the other reader of an emulated device.
struct StockReader {
    static let isInstalled = ["/lib/nut/usbhid-ups", "/lib/nut/upsd"]
        .allSatisfy { FileManager.default.isExecutableFile(atPath: $0) }

    let folder: URL
    let journal = Tool.Journal()
    private let driver: Tool
    private let server: Tool
    private let port: Int

    /// Starts driver and server for the device with this serial number and waits until the server knows it.
    init(serial: String) async throws {
        self.folder = FileManager.default.temporaryDirectory.appending(path: "stock-\(UUID().uuidString)")
        self.port = try Self.freePort()
        let files = [
            "ups.conf": "[ups]\n driver = usbhid-ups\n port = auto\n serial = \(serial)\n vendorid = 051d\n",
            "upsd.conf": "LISTEN 127.0.0.1 \(self.port)\n", "upsd.users": "",
        ]
        try FileManager.default.createDirectory(
            at: self.folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o755])
        for (name, text) in files { try Data(text.utf8).write(to: self.folder.appending(path: name)) }
        let environment = ["NUT_CONFPATH": self.folder.path, "NUT_STATEPATH": self.folder.path]
        self.driver = try Tool(
            "usbhid-ups", "/lib/nut/usbhid-ups", ["-F", "-a", "ups", "-u", "root"], environment: environment,
            into: self.journal)
        self.server = try Tool(
            "upsd", "/lib/nut/upsd", ["-F", "-D", "-u", "root"], environment: environment, into: self.journal)
    }

    /// What `upsc` says of the device once the driver has read it; empty if that does not happen in a minute.
    func variables() -> Set<String> {
        let end = ContinuousClock.now + .seconds(60)
        while ContinuousClock.now < end {
            let answer = try? Tool.run("/usr/bin/upsc", ["ups@127.0.0.1:\(self.port)"])
            if let answer, answer.code == 0, answer.output.contains("ups.status: O") {
                return Set(answer.output.split(separator: "\n").map(String.init).filter { $0.contains(": ") })
            }
        }
        return []
    }

    func stop() {
        self.server.kill()
        self.driver.kill()
        try? FileManager.default.removeItem(at: self.folder)
    }

    /// A port that nobody has at this moment: stock `upsd` cannot be told to choose one.
    private static func freePort() throws -> Int {
        let file = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(file) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        return withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                guard bind(file, generic, length) == 0, getsockname(file, generic, &length) == 0 else { return 0 }
                return Int(UInt16(bigEndian: pointer.pointee.sin_port))
            }
        }
    }
}
