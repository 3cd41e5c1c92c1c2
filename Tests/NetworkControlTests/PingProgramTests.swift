import NIOCore
import PowerCore
import Testing

@testable import NetworkControl

/// The system's ping and what others print, by a program of that name in front of it.
struct PingProgramTests {
    private func sighting(_ script: String) async throws -> HostSighting {
        let folder = try TemporaryFolder()
        try folder.write("ping", "#!/bin/sh\n\(script)\n", mode: 0o700)
        let programs = ProgramRunner(searchPath: "\(folder.path):\(ProgramRunner.searchPath)", limits: .short)
        let address = try SocketAddress(ipAddress: "192.0.2.9", port: 0)
        return await PingProgram(programs: programs, limit: .seconds(1)).sighting(at: address, for: "nas")
    }

    @Test func `a reply is an answer, and a look without one is silence`() async throws {
        #expect(try await self.sighting("exit 0") == .answers)
        let lost = "echo '1 packets transmitted, 0 received, 100% packet loss, time 0ms'; exit 1"
        #expect(try await self.sighting(lost) == .silent)
        let busybox = "echo '1 packets transmitted, 0 packets received, 100% packet loss'; exit 1"
        #expect(try await self.sighting(busybox) == .silent)
    }

    @Test func `a ping that could not look is no silence`() async throws {
        let refused = "echo 'ping: socket: Operation not permitted' >&2; exit 2"
        let expected = "ping 192.0.2.9 ended with code 2: ping: socket: Operation not permitted"
        #expect(try await self.sighting(refused) == .unclear(expected))
        // Busybox has one code for everything.
        let busybox = "echo 'ping: permission denied (are you root?)' >&2; exit 1"
        #expect(
            try await self.sighting(busybox)
                == .unclear("ping 192.0.2.9 ended with code 1: ping: permission denied (are you root?)"))
        let late = HostSighting.unclear("ping 192.0.2.9 took longer than 1 s and was ended")
        #expect(try await self.sighting("exec sleep 60") == late)
    }

    @Test func `it is asked once, without names and for this address`() async throws {
        let sighting = try await self.sighting("echo asked \"$@\"; exit 2")
        #expect(sighting == .unclear("ping 192.0.2.9 ended with code 2: asked -n -q -c 1 -W 1 192.0.2.9"))
    }
}
