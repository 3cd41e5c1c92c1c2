import Foundation
import Glibc
import NUTTransport
import PowerCore
import Testing

/// Made-up devices out of files.
@Suite struct DummySourceTests {
    @Test func `a device is what its file says, and follows its changes`() async throws {
        let folder = try TemporaryFolder()
        try folder.write("ups.status: OL\nups.id: one\n", to: "a.dev")
        try await withDaemon(self.source("\(folder.path)/a.dev")) { daemon in
            #expect(await daemon.answer(until: "OL") == "VAR old ups.status \"OL\"")
            try folder.write("ups.status: OB\n", to: "b.dev")
            try self.move("b.dev", to: "a.dev", in: folder)
            #expect(await daemon.answer(until: "OB") == "VAR old ups.status \"OB\"")
            #expect(await daemon.ask("GET VAR old ups.id") == "ERR VAR-NOT-SUPPORTED")
        }
    }

    @Test func `a mistake is named with file and line, and mended without a restart`() async throws {
        let folder = try TemporaryFolder()
        try folder.write("ups.status: OL\nTIMER soon\n", to: "a.dev")
        let path = "\(folder.path)/a.dev"
        try await withDaemon(self.source(path)) { daemon in
            let wanted = "old: \(path):2: TIMER needs a number of seconds, at most a day"
            #expect(await daemon.log.wait { $0.contains(wanted) })
            #expect(await daemon.ask("GET VAR old ups.status") == "ERR DRIVER-NOT-CONNECTED")
            try folder.write("ups.status: OL\n", to: "a.dev")
            #expect(await daemon.answer(until: "OL") == "VAR old ups.status \"OL\"")
        }
    }

    @Test func `a sequence goes on by itself`() async throws {
        let folder = try TemporaryFolder()
        try folder.write("ups.status: OL\nTIMER 1\nups.status: OB\nALARM Fan!\nTIMER 1\nALARM\n", to: "a.seq")
        try await withDaemon(self.source("\(folder.path)/a.seq", isLooping: true)) { daemon in
            #expect(await daemon.answer(until: "OL") == "VAR old ups.status \"OL\"")
            #expect(await daemon.answer(until: "ALARM OB") == "VAR old ups.status \"ALARM OB\"")
            #expect(await daemon.answer(until: "\"OL") == "VAR old ups.status \"OL\"")
        }
    }

    @Test func `a made-up device takes orders`() async throws {
        let folder = try TemporaryFolder()
        try folder.write("ups.status: OL\n", to: "a.dev")
        try await withDaemon(self.source("\(folder.path)/a.dev")) { daemon in
            _ = await daemon.answer(until: "OL")
            let client = try await RawClient(port: daemon.port)
            #expect(await client.authenticate("admin", "secret"))
            #expect(await client.ask("INSTCMD old load.off") == "OK")
            #expect(await daemon.answer(until: "OFF") == "VAR old ups.status \"OL OFF\"")
            #expect(await client.ask("SET VAR old ups.status \"OB LB\"") == "OK")
            #expect(await daemon.answer(until: "OB LB OFF") == "VAR old ups.status \"OB LB OFF\"")
        }
    }

    @Test(arguments: [("none.dev", "there is no such file"), (".", "it is not a regular file")])
    func `what is no file is refused`(name: String, detail: String) async throws {
        let folder = try TemporaryFolder()
        let failure = await #expect(throws: DeviceFailure.self) {
            _ = try await self.source("\(folder.path)/\(name)").open()
        }
        #expect(failure?.detail == detail)
    }

    @Test func `a file too large is refused`() async throws {
        let folder = try TemporaryFolder()
        try folder.write(String(repeating: "#", count: 1_048_577), to: "a.dev")
        let failure = await #expect(throws: DeviceFailure.self) {
            _ = try await self.source("\(folder.path)/a.dev").open()
        }
        #expect(failure?.detail == "it is larger than 1048576 bytes")
    }

    private func source(_ path: String, isLooping: Bool = false) -> DummySource {
        DummySource(path: path, isLooping: isLooping, poll: .milliseconds(250), timekeeper: RealClock())
    }

    private func move(_ name: String, to target: String, in folder: TemporaryFolder) throws {
        guard rename("\(folder.path)/\(name)", "\(folder.path)/\(target)") == 0 else { throw POSIXError(.EIO) }
    }
}
