import Foundation

/// A program of somebody else that is run against the server.
struct Program: Sendable {
    /// How a run came out.
    struct Outcome: Sendable {
        /// The exit status; nil when the program had to be stopped.
        var status: Int32?
        var output: String
        var errors: String
    }

    let path: String

    static let upsc = Program("/usr/bin/upsc", "/bin/upsc")
    static let upscmd = Program("/usr/bin/upscmd", "/bin/upscmd")
    static let upslog = Program("/usr/bin/upslog", "/bin/upslog")
    static let certutil = Program("/usr/bin/certutil")
    static let upsrw = Program("/usr/bin/upsrw", "/bin/upsrw")
    // What Debian has in /sbin are wrappers that refuse to run unless the machine is set up for NUT.
    static let upsmon = Program("/lib/nut/upsmon", "/usr/sbin/upsmon")
    static let upsd = Program("/lib/nut/upsd", "/usr/sbin/upsd")
    static let dummyUPS = Program("/lib/nut/dummy-ups", "/usr/lib/nut/dummy-ups")
    static let unshare = Program("/usr/bin/unshare")
    static let python = Program(
        ProcessInfo.processInfo.environment["UPSD_TEST_PYTHON"] ?? "/usr/bin/python3", "/usr/local/bin/python3")

    /// The first of `paths` that can be run, or the first.
    init(_ paths: String...) {
        self.path = paths.first { FileManager.default.isExecutableFile(atPath: $0) } ?? paths[0]
    }

    var isInstalled: Bool { FileManager.default.isExecutableFile(atPath: self.path) }

    /// Runs the program to its end, or for 30 seconds.
    func run(_ arguments: [String], environment: [String: String] = [:]) async throws -> Outcome {
        let running = try self.start(arguments, environment: environment)
        let status = await running.exit()
        if status == nil { running.stop() }
        return Outcome(status: status, output: running.output, errors: running.errors)
    }

    /// Starts the program and lets it run.
    func start(_ arguments: [String], environment: [String: String] = [:]) throws -> RunningProgram {
        try RunningProgram(self.path, arguments, environment)
    }

    /// Whether a Python module is there.
    static func hasPythonModule(_ name: String) -> Bool { Self.canPython("import \(name)") }

    /// Whether NUT's Python client is there and knows TLS, which it does since 2.8.5.
    static var canPythonEncrypt: Bool {
        let asks = "__import__('inspect').signature(PyNUTClient.__init__).parameters['use_ssl']"
        return Self.canPython("from PyNUT import PyNUTClient; \(asks)")
            || Self.canPython("from PyNUTClient.PyNUT import PyNUTClient; \(asks)")
    }

    private static func canPython(_ statements: String) -> Bool {
        guard Self.python.isInstalled else { return false }
        let process = Process()
        process.executableURL = URL(filePath: Self.python.path)
        process.arguments = ["-c", statements]
        process.standardError = FileHandle.nullDevice
        guard (try? process.run()) != nil else { return false }
        process.waitUntilExit()
        return process.terminationStatus == 0
    }
}

/// A program that runs; stopped at the latest when nobody holds it any more.
final class RunningProgram: Sendable {
    private let folder: TemporaryFolder
    private let status = Watched<Int32?>(nil)
    let processID: Int32

    fileprivate init(_ path: String, _ arguments: [String], _ environment: [String: String]) throws {
        self.folder = try TemporaryFolder()
        let process = Process()
        process.executableURL = URL(filePath: path)
        process.arguments = arguments
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        process.standardInput = FileHandle.nullDevice
        // Files, not pipes: nobody needs to read them while the program runs.
        process.standardOutput = try self.folder.create("output")
        process.standardError = try self.folder.create("errors")
        let status = self.status
        process.terminationHandler = { process in status.change { $0 = process.terminationStatus } }
        try process.run()
        self.processID = process.processIdentifier
    }

    deinit {
        self.stop()
    }

    var output: String { self.folder.text("output") }
    var errors: String { self.folder.text("errors") }

    /// Waits for the program's end and returns its status; nil when it still runs after 30 seconds.
    func exit() async -> Int32? {
        _ = await self.status.wait { $0 != nil }
        return self.status.value
    }

    /// Stops the program if it still runs.
    func stop() {
        if self.status.value == nil { kill(self.processID, SIGKILL) }
    }
}

/// A folder of its own for one test, removed after it.
final class TemporaryFolder: Sendable {
    let path: String

    init() throws {
        let url = FileManager.default.temporaryDirectory.appending(path: "nut-test-\(UUID().uuidString)")
        try FileManager.default.createDirectory(
            at: url, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o755])
        self.path = url.path
    }

    deinit {
        try? FileManager.default.removeItem(atPath: self.path)
    }

    func create(_ name: String) throws -> FileHandle {
        try self.write("", to: name)
        return try FileHandle(forWritingTo: URL(filePath: "\(self.path)/\(name)"))
    }

    /// Writes a file that NUT's programs accept as configuration: not for everybody to read.
    func write(_ text: String, to name: String) throws {
        let isWritten = FileManager.default.createFile(
            atPath: "\(self.path)/\(name)", contents: Data(text.utf8), attributes: [.posixPermissions: 0o640])
        guard isWritten else { throw CocoaError(.fileWriteUnknown) }
    }

    func text(_ name: String) -> String {
        (try? String(contentsOfFile: "\(self.path)/\(name)", encoding: .utf8)) ?? ""
    }

    func contains(_ name: String) -> Bool {
        FileManager.default.fileExists(atPath: "\(self.path)/\(name)")
    }
}
