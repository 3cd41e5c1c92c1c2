internal import Glibc
internal import PowerCore
internal import Subprocess

/// Runs programs without a shell, each in a process group of its own and no longer than it may.
struct ProgramRunner: Sendable {
    /// Where this process looks for programs; the usual places where it was started without any.
    static var searchPath: String {
        getenv("PATH").map { String(cString: $0) } ?? "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
    }

    /// What is kept of one channel.
    private enum Kept {
        case printed(OutputText)
        case said(OutputTail)
    }

    let searchPath: String
    let limits: NetworkLimits

    /// Runs the program with its arguments, for the sake of `host`, until it has ended or been ended.
    func run(_ words: [String], for host: HostID) async -> ProgramEnd {
        await self.run(ProgramCall(words, for: host.name, environment: ["UPSD_HOST": host.name]))
    }

    /// Runs a program until it has ended or been ended, and keeps the ends of what it prints on both channels together.
    func run(_ call: ProgramCall) async -> ProgramEnd {
        await self.within(call) {
            await self.carryOut(call, error: .combinedWithOutput) { running in
                await self.attend(running, [{ .said(await Self.kept(of: running.standardOutput)) }])
            }
        }
    }

    /// Runs a program until it has ended or been ended, and keeps what it prints apart from what it complains of.
    func read(_ call: ProgramCall) async -> ProgramEnd {
        await self.within(call) {
            await self.carryOut(call, error: SequenceOutput.sequence) { running in
                await self.attend(
                    running,
                    [
                        { .printed(await Self.kept(of: running.standardOutput)) },
                        { .said(await Self.kept(of: running.standardError)) },
                    ])
            }
        }
    }

    /// Refuses what cannot be run, and gives up on what not even a kill ends.
    private func within(
        _ call: ProgramCall, _ work: @escaping @Sendable () async -> ProgramEnd
    ) async -> ProgramEnd {
        guard let program = call.words.first, !program.isEmpty else {
            return ProgramEnd(how: .notStarted("no program is configured for \(call.subject)"))
        }
        // To the kernel a text ends there, and a program that was told half of its arguments may do anything.
        guard !call.words.contains(where: { $0.utf8.contains(0) }) else {
            return ProgramEnd(how: .notStarted("a word of the command for \(call.subject) contains a zero byte"))
        }
        let stuck = ProgramEnd(how: .stuck(self.limits.program))
        let limit = self.limits.program + self.limits.grace + NetworkLimits.abandon
        return await decided(within: limit, otherwise: stuck, by: work)
    }

    private func carryOut<Complaints: ErrorOutputProtocol>(
        _ call: ProgramCall, error: Complaints,
        _ attend: (Execution<NoInput, SequenceOutput, Complaints>) async -> ([Kept], isLate: Bool)
    ) async -> ProgramEnd {
        let program = call.words.first ?? ""
        do {
            let result = try await Subprocess.run(
                Self.executable(program), arguments: Arguments(Array(call.words.dropFirst())),
                environment: .custom(self.environment(of: call)), platformOptions: self.options, input: .none,
                output: .sequence, error: error
            ) { await attend($0) }
            let (kept, isLate) = result.closureResult
            return Self.end(isLate ? .late(self.limits.program) : Self.how(result.terminationStatus), kept)
        } catch let error as SubprocessError where error.code == .executableNotFound {
            return ProgramEnd(how: .notStarted("\(program) is not there or may not be run"))
        } catch {
            return ProgramEnd(how: .notStarted("\(program) cannot be run: \(error)"))
        }
    }

    private static func how(_ status: TerminationStatus) -> ProgramEnd.How {
        switch status {
        case .exited(let code): .exited(code)
        case .signaled(let signal): .signalled(signal)
        }
    }

    private static func end(_ how: ProgramEnd.How, _ kept: [Kept]) -> ProgramEnd {
        kept.reduce(into: ProgramEnd(how: how)) { end, kept in
            switch kept {
            case .printed(let text): end.printed = text
            case .said(let tail): end.output = tail
            }
        }
    }

    private func environment(of call: ProgramCall) -> [Environment.Key: String] {
        let own = call.environment.map { (Environment.Key(stringLiteral: $0.key), $0.value) }
        return Dictionary(own + [("PATH", self.searchPath)]) { _, path in path }
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
    private func attend<Complaints: ErrorOutputProtocol>(
        _ running: Execution<NoInput, SequenceOutput, Complaints>, _ keepers: [@Sendable () async -> Kept]
    ) async -> ([Kept], isLate: Bool) {
        await withTaskGroup(of: Kept.self) { group in
            for keep in keepers { group.addTask { await keep() } }
            let isLate = await self.wait(for: running)
            group.cancelAll()
            return (await group.reduce(into: []) { $0.append($1) }, isLate)
        }
    }

    /// Waits until the program has ended by itself or been ended, and says whether the latter.
    private func wait<Complaints: ErrorOutputProtocol>(
        for running: Execution<NoInput, SequenceOutput, Complaints>
    ) async -> Bool {
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

    private static func kept<Sink: OutputSink>(of output: SubprocessOutputSequence) async -> Sink {
        var kept = Sink()
        var reader = output.makeAsyncIterator()
        // Once the program has ended, a read takes all that is in the pipe; a child that goes on printing is left alone.
        var readsAfterEnd = 1
        while readsAfterEnd >= 0, let buffer = try? await reader.next() {
            kept.append(buffer.withUnsafeBytes { Array($0) })
            if Task.isCancelled { readsAfterEnd -= 1 }
        }
        return kept
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
