import Foundation
import PowerCore
import Testing

@testable import NetworkControl

/// Programs of the system, run for the sake of the host `nas`.
struct ProgramTests {
    private func control(_ words: [String], limits: NetworkLimits = NetworkLimits()) -> NetworkHostControl {
        NetworkHostControl(["nas": Configuration.HostAccess(stopCommand: words, startCommand: words)], limits: limits)
    }

    private func failure(_ words: [String], limits: NetworkLimits = NetworkLimits()) async -> String? {
        await #expect(throws: HostFailure.self) {
            try await self.control(words, limits: limits).stop("nas", by: .command)
        }?.reason
    }

    @Test func `what a program says is handed on, both channels in the order it came`() async throws {
        let words = ["sh", "-c", "echo out; echo err >&2; echo out again"]
        #expect(try await self.control(words).stop("nas", by: .command) == "out / err / out again")
        #expect(try await self.control(["true"]).start("nas", by: .command) == "")
    }

    @Test func `its words reach it as they are, through no shell`() async throws {
        let words = ["printf", "%s|", "$HOME", "a b", "*", "; reboot", "", "-n"]
        #expect(try await self.control(words).stop("nas", by: .command) == "$HOME|a b|*|; reboot||-n|")
    }

    @Test func `it gets a path, the host's name and nothing else`() async throws {
        // What a shell sets by itself is no gift of ours.
        let names = try await self.control(["env"]).stop("nas", by: .command)
        let keys = names.split(separator: " / ").compactMap { $0.split(separator: "=").first }
        #expect(Set(keys) == ["PATH", "UPSD_HOST"])
        #expect(names.contains("UPSD_HOST=nas"))
    }

    @Test func `it has nothing to read and no descriptor of ours`() async throws {
        #expect(try await self.control(["sh", "-c", "cat; ls /proc/self/fd | wc -l"]).stop("nas", by: .command) == "4")
    }

    @Test func `it has a process group of its own`() async throws {
        let words = ["sh", "-c", "cut -d' ' -f5 /proc/$$/stat; echo $$"]
        let note = try await self.control(words).stop("nas", by: .command)
        let numbers = note.split(separator: " / ").map(String.init)
        #expect(numbers.count == 2 && numbers[0] == numbers[1], "\(note)")
    }

    @Test func `a code is told with the last of what was said`() async {
        let reason = await self.failure(["sh", "-c", "echo looking; echo no such guest >&2; exit 3"])
        #expect(reason == "sh ended with code 3: looking / no such guest")
        #expect(await self.failure(["false"]) == "false ended with code 1")
    }

    @Test func `a signal is told by its name`() async {
        #expect(await self.failure(["sh", "-c", "kill -9 $$"]) == "sh was ended by signal 9 (Killed)")
    }

    @Test func `a program that is missing is told so`() async throws {
        #expect(await self.failure(["no-such-program"]) == "no-such-program is not there or may not be run")
        #expect(await self.failure(["/no/such/program"]) == "/no/such/program is not there or may not be run")
        #expect(await self.failure(["/etc/passwd"]) == "/etc/passwd is not there or may not be run")
        #expect(await self.failure([]) == "no program is configured for nas")
        #expect(await self.failure([""]) == "no program is configured for nas")
        let folder = try TemporaryFolder()
        let broken = try folder.write("broken", "no program at all", mode: 0o700)
        #expect(await self.failure([broken])?.hasPrefix("\(broken) cannot be run: ") == true)
    }

    @Test func `a zero byte in a word is refused`() async {
        #expect(await self.failure(["echo", "a\0b"]) == "a word of the command for nas contains a zero byte")
    }

    @Test func `a script is run by its place`() async throws {
        let folder = try TemporaryFolder()
        let script = try folder.write("stop it", "#!/bin/sh\necho \"$1 $UPSD_HOST\"\n", mode: 0o700)
        #expect(try await self.control([script, "stopping"]).stop("nas", by: .command) == "stopping nas")
    }

    @Test func `of megabytes the end is kept`() async throws {
        let words = ["sh", "-c", "head -c 8000000 /dev/zero | tr '\\0' 'x'; echo; echo the end"]
        #expect(try await self.control(words).stop("nas", by: .command) == "the end")
    }

    @Test func `a child that holds the pipe open holds up nobody`() async throws {
        let start = ContinuousClock.now
        let note = try await self.control(["sh", "-c", "sleep 30 & echo $!; exit 0"]).stop("nas", by: .command)
        #expect(start.duration(to: .now) < .seconds(15))
        let child = try #require(pid_t(note), "\(note)")
        // What a program leaves running on purpose goes on.
        #expect(kill(child, SIGKILL) == 0)
    }

    @Test func `a child that goes on printing holds up nobody`() async throws {
        let words = ["sh", "-c", "yes & echo $! > \"$0\""]
        let folder = try TemporaryFolder()
        let start = ContinuousClock.now
        try await self.control(words + ["\(folder.path)/child"]).stop("nas", by: .command)
        #expect(start.duration(to: .now) < .seconds(15))
        let child = try #require(pid_t(try folder.read("child").trimmingCharacters(in: .newlines)))
        // It ends by itself at the closed pipe.
        try await eventually("the child is gone") { !isRunning(child) }
    }

    @Test func `a program that takes too long is ended, and says its last`() async {
        let reason = await self.failure(["sh", "-c", "echo thinking; exec sleep 60"], limits: .short)
        #expect(reason == "sh took longer than 1 s and was ended: thinking")
    }

    @Test func `a program that has closed its output is waited for all the same, and ended`() async {
        let reason = await self.failure(["sh", "-c", "exec >&- 2>&-; sleep 60"], limits: .short)
        #expect(reason == "sh took longer than 1 s and was ended")
        #expect(await self.failure(["sh", "-c", "exec >&- 2>&-; sleep 0.2; exit 4"]) == "sh ended with code 4")
    }

    @Test func `one that does not listen is killed with its children`() async throws {
        let folder = try TemporaryFolder()
        let script = "trap '' TERM; sleep 60 & echo $! > \"$0\"; while :; do sleep 60; done"
        let reason = await self.failure(["sh", "-c", script, "\(folder.path)/child"], limits: .short)
        #expect(reason == "sh took longer than 1 s and was ended")
        let child = try #require(pid_t(try folder.read("child").trimmingCharacters(in: .newlines)))
        try await eventually("the child is gone") { !isRunning(child) }
    }

    @Test func `children that do not listen are killed even if their parent does`() async throws {
        let folder = try TemporaryFolder()
        let script = "(trap '' TERM; exec sleep 60) & echo $! > \"$0\"; trap 'exit 0' TERM; wait"
        let reason = await self.failure(["sh", "-c", script, "\(folder.path)/child"], limits: .short)
        #expect(reason == "sh took longer than 1 s and was ended")
        let child = try #require(pid_t(try folder.read("child").trimmingCharacters(in: .newlines)))
        try await eventually("the child is gone") { !isRunning(child) }
    }

    @Test func `one that cannot be ended is told as such`() {
        let end = ProgramEnd(how: .stuck(.seconds(30)))
        #expect(end.sentence(about: "sudo") == "sudo took longer than 30 s and cannot be ended")
    }

    @Test func `many at once each end as they should`() async {
        let control = self.control(["sh", "-c", "echo $UPSD_HOST; exit 0"])
        let hosts = (1...40).map { HostID("host\($0)") }
        let access = Configuration.HostAccess(stopCommand: ["sh", "-c", "echo $UPSD_HOST"])
        control.follow(Dictionary(uniqueKeysWithValues: hosts.map { ($0, access) }))
        await withTaskGroup(of: (HostID, String?).self) { group in
            for host in hosts { group.addTask { (host, try? await control.stop(host, by: .command)) } }
            for await (host, note) in group { #expect(note == host.name) }
        }
    }
}

/// Whether the process is there and no mere entry that its parent has not read yet.
private func isRunning(_ process: pid_t) -> Bool {
    guard let stat = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8) else { return false }
    return stat.split(separator: ")").last?.split(separator: " ").first != "Z"
}
