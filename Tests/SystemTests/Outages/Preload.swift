import Foundation

/// A library that the system loads into a daemon in front of the C library, so that a test can kill it at an exact step
/// or set its wall clock, without a hook in the product.
///
/// A debugger that kills at the N-th call of a kind counts the calls of each thread by itself, and the store's work is done
/// by whichever thread is free. This counts the calls of the whole process.
struct Preload: Sendable {
    /// Where in the writing of a step the process is killed.
    enum Instant: String, Sendable, CaseIterable {
        /// Before anything of it is written: the step is lost.
        case lost
        /// As soon as it is on the disk: nothing that follows from it has been done.
        case kept
    }

    /// What is made by; nil where there is none.
    static let compiler: String? = {
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
        let paths = ["clang", "cc", "gcc"].flatMap { name in folders.map { "\($0)/\(name)" } }
        return paths.first { FileManager.default.isExecutableFile(atPath: $0) }
    }()

    private static let source = """
        #define _GNU_SOURCE
        #include <fcntl.h>
        #include <signal.h>
        #include <stdatomic.h>
        #include <stdint.h>
        #include <stdlib.h>
        #include <string.h>
        #include <sys/mman.h>
        #include <sys/syscall.h>
        #include <sys/time.h>
        #include <time.h>
        #include <unistd.h>

        static int die_at, die_kept;
        static atomic_int syncs, bursts, writing;
        static volatile int64_t *ahead;

        __attribute__((constructor)) static void begin(void) {
            const char *at = getenv("DIE_AT"), *when = getenv("DIE_WHEN"), *clock = getenv("WALL_CLOCK");
            die_at = at ? atoi(at) : 0;
            die_kept = when && !strcmp(when, "kept");
            int file = clock ? open(clock, O_RDONLY | O_CLOEXEC) : -1;
            if (file < 0) return;
            void *map = mmap(0, sizeof *ahead, PROT_READ, MAP_SHARED, file, 0);
            if (map != MAP_FAILED) ahead = map;
            close(file);
        }

        static void die(void) {
            for (;;) kill(getpid(), SIGKILL);
        }

        ssize_t pwrite64(int file, const void *bytes, size_t count, off64_t offset) {
            if (!atomic_exchange(&writing, 1) && atomic_fetch_add(&bursts, 1) + 1 == die_at && !die_kept) die();
            return syscall(SYS_pwrite64, file, bytes, count, offset);
        }

        int fdatasync(int file) {
            int result = syscall(SYS_fdatasync, file);
            int number = atomic_fetch_add(&syncs, 1) + 1;
            atomic_store(&writing, 0);
            if (die_kept && number == die_at) die();
            return result;
        }

        int clock_gettime(clockid_t id, struct timespec *time) {
            int result = syscall(SYS_clock_gettime, id, time);
            if (!result && ahead && (id == CLOCK_REALTIME || id == CLOCK_REALTIME_COARSE)) time->tv_sec += *ahead;
            return result;
        }

        time_t time(time_t *result) {
            struct timespec now = {0};
            clock_gettime(CLOCK_REALTIME, &now);
            if (result) *result = now.tv_sec;
            return now.tv_sec;
        }

        int gettimeofday(struct timeval *restrict time, void *restrict zone) {
            int result = syscall(SYS_gettimeofday, time, zone);
            if (!result && time && ahead) time->tv_sec += *ahead;
            return result;
        }
        """

    private let library: URL

    /// Makes the library in `folder`.
    init(in folder: URL) throws {
        let source = folder.appending(path: "preload.c")
        self.library = folder.appending(path: "preload.so")
        try Data(Self.source.utf8).write(to: source)
        let made = try Tool.run(
            Self.compiler ?? "/usr/bin/cc", ["-O1", "-shared", "-fPIC", "-o", self.library.path, source.path])
        guard made.code == 0 else { throw TestRack.Problem(what: "no library was made", journal: [made.output]) }
    }

    /// The environment of a daemon that is killed when it writes its step `number`, counted from 1.
    func killing(at number: Int, _ instant: Instant) -> [String: String] {
        ["LD_PRELOAD": self.library.path, "DIE_AT": "\(number)", "DIE_WHEN": instant.rawValue]
    }

    /// The environment of a daemon whose wall clock shows as many seconds more as the first eight bytes of `file` say.
    func clock(_ file: URL) -> [String: String] {
        ["LD_PRELOAD": self.library.path, "WALL_CLOCK": file.path]
    }
}
