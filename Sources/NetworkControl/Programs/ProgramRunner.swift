internal import Glibc
internal import PowerCore
internal import Subprocess

/// Runs programs without a shell, each in a process group of its own and no longer than it may.
struct ProgramRunner: Sendable {
    /// Where this process looks for programs; the usual places where it was started without any.
    static var searchPath: String {
        getenv("PATH").map { String(cString: $0) } ?? "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
    }

    private typealias Running = Execution<NoInput, SequenceOutput, CombinedErrorOutput>

    let searchPath: String
    let limits: NetworkLimits

    /// Runs the program with its arguments, for the sake of `host`, until it has ended or been ended.
    func run(_ words: [String], for host: HostID) async -> ProgramEnd {
        guard let program = words.first, !program.isEmpty else {
            return ProgramEnd(how: .notStarted("no program is configured for \(host)"))
        }
        // To the kernel a text ends there, and a program that was told half of its arguments may do anything.
        guard !words.contains(where: { $0.utf8.contains(0) }) else {
            return ProgramEnd(how: .notStarted("a word of the command for \(host) contains a zero byte"))
        }
        let stuck = ProgramEnd(how: .stuck(self.limits.program))
        let limit = self.limits.program + self.limits.grace + NetworkLimits.abandon
        return await decided(within: limit, otherwise: stuck) {
            await self.carryOut(program, Array(words.dropFirst()), for: host)
        }
    }

    private func carryOut(_ program: String, _ arguments: [String], for host: HostID) async -> ProgramEnd {
        do {
            let result = try await Subprocess.run(
                Self.executable(program), arguments: Arguments(arguments),
                environment: .custom(["PATH": self.searchPath, "UPSD_HOST": host.name]),
                platformOptions: self.options, input: .none, output: .sequence, error: .combinedWithOutput
            ) { await self.attend($0) }
            let (output, isLate) = result.closureResult
            if isLate { return ProgramEnd(how: .late(self.limits.program), output: output) }
            switch result.terminationStatus {
            case .exited(let code): return ProgramEnd(how: .exited(code), output: output)
            case .signaled(let signal): return ProgramEnd(how: .signalled(signal), output: output)
            }
        } catch let error as SubprocessError where error.code == .executableNotFound {
            return ProgramEnd(how: .notStarted("\(program) is not there or may not be run"))
        } catch {
            return ProgramEnd(how: .notStarted("\(program) cannot be run: \(error)"))
        }
    }

    /// A group of its own, so that children end with it.
    private var options: PlatformOptions {
        var options = PlatformOptions()
        options.processGroupID = 0
        options.teardownSequence = [self.ending]
        return options
    }

    private var ending: TeardownStep {
        .send(signal: .terminate, toProcessGroup: true, allowedDurationToNextStep: self.limits.grace)
    }

    /// Reads what the program prints until it has ended; what children that outlive it print later is not waited for.
    private func attend(_ running: Running) async -> (OutputTail, isLate: Bool) {
        await withTaskGroup(of: OutputTail.self) { group in
            group.addTask { await Self.tail(of: running.standardOutput) }
            let isLate = await self.wait(for: running)
            group.cancelAll()
            return (await group.next() ?? OutputTail(), isLate)
        }
    }

    /// Waits until the program has ended by itself or been ended, and says whether the latter.
    private func wait(for running: Running) async -> Bool {
        let start = ContinuousClock.now
        // The library waits for an end only between signals, and signal 0 is none.
        let patience = TeardownStep.send(
            signal: Signal(rawValue: 0), allowedDurationToNextStep: self.limits.program)
        await running.teardown(using: [patience, self.ending])
        guard start.duration(to: .now) >= self.limits.program else { return false }
        // Children that ignored the request. Their group is still theirs: its leader is not reaped before we return.
        try? running.send(signal: .kill, toProcessGroup: true)
        return true
    }

    private static func tail(of output: SubprocessOutputSequence) async -> OutputTail {
        var tail = OutputTail()
        var reader = output.makeAsyncIterator()
        // Once the program has ended, a read takes all that is in the pipe; a child that goes on printing is left alone.
        var readsAfterEnd = 1
        while readsAfterEnd >= 0, let buffer = try? await reader.next() {
            tail.append(buffer.withUnsafeBytes { Array($0) })
            if Task.isCancelled { readsAfterEnd -= 1 }
        }
        return tail
    }

    /// A word with a slash is a place, any other is looked for in the search path.
    private static func executable(_ program: String) -> Executable {
        program.contains("/") ? Self.place(program, Executable.path) : .name(program)
    }

    /// The library takes a place as a type of swift-system, which can be made without depending on that package.
    private static func place<Path: ExpressibleByStringLiteral>(
        _ text: Path.StringLiteralType, _ make: (Path) -> Executable
    ) -> Executable {
        make(Path(stringLiteral: text))
    }
}
