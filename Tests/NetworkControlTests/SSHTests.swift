import Foundation
import NIOCore
import NIOPosix
import PowerCore
import Testing

@testable import NetworkControl

/// The system's ssh against a real sshd.
struct SSHTests {
    private func reason(_ work: () async throws -> String) async -> String? {
        await #expect(throws: HostFailure.self) { try await work() }?.reason
    }

    @Test func `a host takes its order, and what it says is handed on`() async throws {
        try await SSHServer.run { server in
            let note = try await server.stop()
            #expect(note == "going down")
            let last = try await server.stop(SSHServer.Way(command: "much"))
            #expect(last == "end")
        }
    }

    @Test func `a command that fails there is told with its code`() async throws {
        try await SSHServer.run { server in
            let failed = await self.reason { try await server.stop(SSHServer.Way(command: "fail")) }
            #expect(failed == "the command on 127.0.0.1 ended with code 5: Failed to talk to init")
            let other = await self.reason { try await server.stop(SSHServer.Way(command: "-v; reboot")) }
            #expect(other == "the command on 127.0.0.1 ended with code 9: asked: -v; reboot")
        }
    }

    @Test func `a connection that breaks once the command was sent is no failure`() async throws {
        try await SSHServer.run { server in
            let note = try await server.stop(SSHServer.Way(command: "drop"))
            #expect(note.hasPrefix("the connection ended after the command was sent: "), "\(note)")
        }
    }

    @Test(arguments: ["die", "code255"])
    func `a command that dies or ends with ssh's own code is a failure`(command: String) async throws {
        try await SSHServer.run { server in
            let reason = await self.reason { try await server.stop(SSHServer.Way(command: command)) }
            #expect(reason == "the command on 127.0.0.1 was not run, died or ended with code 255")
        }
    }

    @Test func `who is not let in is told apart`() async throws {
        try await SSHServer.run { server in
            let stranger = await self.reason { try await server.stop(SSHServer.Way(key: "stranger")) }
            #expect(stranger?.hasPrefix("ssh did not get in to 127.0.0.1: ") == true, "\(stranger ?? "")")
            #expect(stranger?.contains("Permission denied (publickey)") == true, "\(stranger ?? "")")
            let missing = await self.reason { try await server.stop(SSHServer.Way(key: "missing")) }
            #expect(missing?.contains("Permission denied (publickey)") == true, "\(missing ?? "")")
        }
    }

    @Test func `a host with another key than the known one gets no order`() async throws {
        try await SSHServer.run { server in
            let known = "[127.0.0.1]:\(server.port) \(try server.folder.read("stranger.pub"))"
            try server.folder.write("known_hosts", known)
            let changed = await self.reason { try await server.stop() }
            #expect(changed?.contains("Host key verification failed") == true, "\(changed ?? "")")
            // Also where ssh's own configuration would take any.
            try server.folder.write("known_hosts", "")
            let careless = SSHServer.Way(settings: "StrictHostKeyChecking no")
            let unknown = await self.reason { try await server.stop(careless) }
            #expect(unknown?.contains("Host key verification failed") == true, "\(unknown ?? "")")
        }
    }

    @Test func `a command that hangs there ends in the time limit`() async throws {
        try await SSHServer.run { server in
            var limits = NetworkLimits()
            limits.program = .seconds(5)
            let reason = await self.reason { try await server.stop(SSHServer.Way(command: "hang"), limits: limits) }
            #expect(reason == "ssh to 127.0.0.1 took longer than 5 s and was ended: waiting")
        }
    }

    @Test func `a host that never speaks ends in ssh's time limit or ours`() async throws {
        let listener = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .bind(host: "127.0.0.1", port: 0).get()
        let port = try #require(listener.localAddress?.port)
        let folder = try TemporaryFolder()
        var limits = NetworkLimits()
        limits.connect = .seconds(1)
        let ssh = await self.reason { try await folder.stop(SSHServer.Way(), port: port, limits: limits) }
        #expect(ssh?.hasPrefix("ssh did not get in to 127.0.0.1: ") == true, "\(ssh ?? "")")
        #expect(ssh?.contains("timed out") == true, "\(ssh ?? "")")
        limits = .short
        let ours = await self.reason { try await folder.stop(SSHServer.Way(), port: port, limits: limits) }
        #expect(ours?.hasPrefix("ssh to 127.0.0.1 took longer than 1 s and was ended") == true, "\(ours ?? "")")
        try await listener.close()
    }

    @Test func `a refused connection is told`() async throws {
        let listener = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .bind(host: "127.0.0.1", port: 0).get()
        let port = try #require(listener.localAddress?.port)
        try await listener.close()
        let folder = try TemporaryFolder()
        let reason = await self.reason { try await folder.stop(SSHServer.Way(), port: port, limits: NetworkLimits()) }
        #expect(reason?.contains("Connection refused") == true, "\(reason ?? "")")
    }

    @Test func `a host that looks like an option is none`() async throws {
        let folder = try TemporaryFolder()
        let way = SSHServer.Way(host: "-oProxyCommand=touch \(folder.path)/harm")
        let reason = await self.reason { try await folder.stop(way, port: 22, limits: NetworkLimits()) }
        #expect(reason?.hasPrefix("ssh did not get in to -oProxyCommand") == true, "\(reason ?? "")")
        #expect(!FileManager.default.fileExists(atPath: "\(folder.path)/harm"))
    }

    @Test func `ssh is told what was configured and asks nobody`() {
        let plain = Configuration.HostAccess.SSH(host: "nas")
        #expect(
            SSHCommand.words(for: plain, connect: .seconds(10)) == [
                "ssh", "-n", "-T", "-o", "BatchMode=yes", "-o", "StrictHostKeyChecking=yes", "-o", "ConnectTimeout=10",
                "-o", "ServerAliveInterval=5", "-o", "ServerAliveCountMax=2", "-o", "LogLevel=VERBOSE",
                "--", "nas", "poweroff",
            ])
        let full = Configuration.HostAccess.SSH(
            user: "power", host: "nas", port: 2222, identity: "/etc/upsd-swift/nas", command: "halt -p")
        #expect(
            SSHCommand.words(for: full, connect: .milliseconds(10)).suffix(11) == [
                "-p", "2222", "-i", "/etc/upsd-swift/nas", "-o", "IdentitiesOnly=yes", "-l", "power", "--", "nas",
                "halt -p",
            ])
        #expect(SSHCommand.words(for: full, connect: .milliseconds(10)).contains("ConnectTimeout=1"))
    }

    @Test(arguments: [
        "Connection to nas closed by remote host.", "client_loop: send disconnect: Broken pipe",
        "Timeout, server nas not responding.", "Read from remote host nas: Connection reset by peer",
    ])
    func `the ways in which a connection breaks off are known, and only past the login`(line: String) throws {
        let letIn = OutputTail("Authenticated to nas ([192.0.2.9]:22) using \"publickey\".\n\(line)\n")
        let note = try SSHCommand.note(of: ProgramEnd(how: .exited(255), output: letIn), host: "nas")
        #expect(note == "the connection ended after the command was sent: \(line)")
        let outside = ProgramEnd(how: .exited(255), output: OutputTail("\(line)\n"))
        #expect(throws: HostFailure("ssh did not get in to nas: \(line)")) {
            try SSHCommand.note(of: outside, host: "nas")
        }
    }
}
