import Foundation

/// The way to the back: the program starts itself once more and waits until that one serves.
///
/// A process with threads cannot be split safely, and this one has some from its first moment on.
struct BackgroundStart {
    /// Names the descriptor that the second process says "ready" on; nobody else sets it.
    private static let variable = "UPSD_SWIFT_READY"
    /// The descriptor's number in the second process, the first behind the standard ones.
    private static let readyDescriptor: Int32 = 3

    /// The end of the pipe to whoever waits; nil in a process that was started in the usual way.
    private let descriptor: Int32?

    /// Finds out whether somebody waits for this process.
    init() {
        self.descriptor = getenv(Self.variable).flatMap { Int32(String(cString: $0)) }
        unsetenv(Self.variable)
        guard let descriptor else { return }
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        // A session of its own: the terminal's end is not the server's.
        setsid()
    }

    /// Whether this is the second process.
    var isSecond: Bool { self.descriptor != nil }

    /// Tells whoever waits that the server serves, and lets go of the terminal.
    func sayReady() {
        guard let descriptor else { return }
        let null = open("/dev/null", O_RDWR | O_CLOEXEC)
        for standard in Int32(0)...2 where null >= 0 { dup2(null, standard) }
        if null > 2 { close(null) }
        _ = write(descriptor, "1", 1)
        close(descriptor)
    }

    /// Starts the program once more and waits; returns the status to end with.
    static func start() -> Int32 {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { return Self.failed("pipe", errno) }
        // Above the number it gets in the second process, where setting it also clears close-on-exec.
        let writing = fcntl(ends[1], F_DUPFD_CLOEXEC, Self.readyDescriptor + 1)
        close(ends[1])
        _ = fcntl(ends[0], F_SETFD, FD_CLOEXEC)
        Self.keepDescriptors()
        setenv(Self.variable, "\(Self.readyDescriptor)", 1)
        var number: pid_t = 0
        let error = Self.spawn(&number, writing)
        close(writing)
        guard error == 0 else { return Self.failed("start", error) }
        var byte: UInt8 = 0
        var count = read(ends[0], &byte, 1)
        while count < 0, errno == EINTR { count = read(ends[0], &byte, 1) }
        guard count == 1 else { return Self.end(of: number) }
        return 0
    }

    /// Keeps what this process was given open from the second one, which would hold it for as long as it serves: whoever
    /// waits for the end of an output would wait for ever.
    private static func keepDescriptors() {
        for name in (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")) ?? [] {
            guard let descriptor = Int32(name), descriptor > 2 else { continue }
            _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        }
    }

    private static func spawn(_ number: inout pid_t, _ writing: Int32) -> Int32 {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, writing, Self.readyDescriptor)
        // By the name it was called by: that is what ps and pidof show.
        return posix_spawnp(&number, CommandLine.arguments[0], &actions, nil, CommandLine.unsafeArgv, environ)
    }

    /// The status of a second process that ended before it served.
    private static func end(of number: pid_t) -> Int32 {
        var status: Int32 = 0
        while waitpid(number, &status, 0) < 0, errno == EINTR {}
        let isOrderly = status & 0x7f == 0
        return isOrderly ? (status >> 8) & 0xff : 1
    }

    private static func failed(_ what: String, _ error: Int32) -> Int32 {
        let text = "upsd: cannot go to the back (\(what)): \(String(cString: strerror(error)))\n"
        _ = text.withCString { write(2, $0, strlen($0)) }
        return 1
    }
}
