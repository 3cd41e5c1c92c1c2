import Foundation

/// A stock `upsmon` as it runs on a host, as a secondary of the host's own virtual UPS.
///
/// Debian's 2.8.0 insists on one PID file for the whole machine when it is root, so each runs in a mount namespace of its
/// own with an empty `/run/nut`.
struct Upsmon {
    static let path = "/lib/nut/upsmon"

    static var isInstalled: Bool {
        FileManager.default.isExecutableFile(atPath: Self.path)
            && (geteuid() == 0 || FileManager.default.fileExists(atPath: "/run/nut"))
    }

    private let tool: Tool

    /// Starts the monitor of `host`; its SHUTDOWNCMD writes the host's name into the pipe `marks`.
    init(host: String, of rack: TestRack, marks: String) throws {
        try self.init(host: host, port: rack.port, folder: rack.folder, marks: marks, into: rack.journal)
    }

    /// Starts the monitor of `host` at a daemon that listens on `port`; its SHUTDOWNCMD writes the host's name into the
    /// pipe `marks`.
    init(host: String, port: Int, folder: URL, marks: String, into journal: Tool.Journal) throws {
        let file = """
            RUN_AS_USER root
            MONITOR \(host)@127.0.0.1:\(port) 1 \(host) secret secondary
            MINSUPPLIES 1
            SHUTDOWNCMD "echo \(host) has shut down > \(marks)"
            POLLFREQ 1
            POLLFREQALERT 1
            HOSTSYNC 15
            DEADTIME 15
            FINALDELAY 0
            """
        try self.init(host: host, folder: folder, file: file, into: journal)
    }

    /// Starts a monitor with `file` as its upsmon.conf.
    init(host: String, of rack: TestRack, file: String) throws {
        try self.init(host: host, folder: rack.folder, file: file, into: rack.journal)
    }

    private init(host: String, folder: URL, file: String, into journal: Tool.Journal) throws {
        let folder = folder.appending(path: "upsmon-\(host)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try Data(file.utf8).write(to: folder.appending(path: "upsmon.conf"))
        let isRoot = geteuid() == 0
        self.tool = try Tool(
            "upsmon \(host)", "/usr/bin/unshare",
            (isRoot ? ["--mount"] : ["--map-root-user", "--mount"]) + [
                "sh", "-c", "mkdir -p /run/nut && mount -t tmpfs none /run/nut && exec \(Self.path) -D -p",
            ],
            environment: ["NUT_CONFPATH": folder.path, "NUT_QUIET_INIT_SSL": "true"], into: journal)
    }

    var isRunning: Bool { self.tool.isRunning }

    func stop() {
        self.tool.kill()
    }
}
