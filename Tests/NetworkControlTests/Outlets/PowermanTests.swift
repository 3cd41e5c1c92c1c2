import PowerCore
import Synchronization
import Testing

@testable import NetworkControl

/// What a `powermand` says, without one.
struct PowermanReplyTests {
    private func reply(_ text: String) -> PowermanReply { PowermanReply(Array(text.utf8)) }

    @Test func `states are read where they are clear`() {
        let reply = self.reply(
            "303 web-1: on\r\n303 web-2: off\r\n303 a:b: on\r\n303 db: unknown\r\n103 Query complete\r\n")
        #expect(PowermanOutlets.states(in: reply) == ["web-1": .on, "web-2": .off, "a:b": .on])
        #expect(reply.isDone)
    }

    @Test func `what went wrong with devices is told once`() {
        let reply = self.reply(
            "308 d: connect timeout\r\n308 d: connect timeout\r\n308 e: aborted\r\n210 Command completed with errors\r\n"
        )
        #expect(!reply.isDone)
        #expect(reply.troubles == "d: connect timeout, e: aborted")
        #expect(self.reply("201 Unknown command\r\n").troubles == "Unknown command")
    }

    @Test(arguments: ["", "\r\n", "hello\r\n", "1\r\n", "12x hello\r\n", "102\r\n", "-12 x\r\n"])
    func `lines that are none are passed over`(text: String) {
        #expect(!self.reply(text).isDone)
    }

    @Test(arguments: [
        ("web-1", true), ("a.b_c:1+", true), ("web[1-2]", false), ("a,b", false), ("a b", false), ("", false),
        ("a\r\noff b", false), (String(repeating: "x", count: 65), false), ("é", false),
    ])
    func `a name for several nodes is not one's`(name: String, isNode: Bool) {
        #expect(Configuration.Powerman.isNode(name) == isNode)
    }

    private func outlets(_ peer: TCPPeer) -> PowermanOutlets {
        PowermanOutlets(
            "rack", at: .init(host: "127.0.0.1", port: peer.port), nodes: ["a"], limits: OutletLimits(call: .seconds(1))
        )
    }

    @Test(arguments: [
        ("220 smtp ready\r\n", DeviceFailure.Kind.timedOut, "no answer"),
        ("220 smtp ready\r\npowerman> ", .stalled, "is no powermand"), ("", .timedOut, "no answer"),
        ("001 2\r\npowerman> ", .timedOut, "no answer"),
        (String(repeating: "x", count: 70_000), .stalled, "more than 65536 bytes"),
    ])
    func `what is no powermand is not taken for one`(
        greeting: String, kind: DeviceFailure.Kind, words: String
    ) async throws {
        let peer = try await TCPPeer(
            TCPPeer.Manner(greeting: Array(greeting.utf8), cut: { _ in nil }, answer: { _ in .silence }))
        let found = await failure { try await self.outlets(peer).read() }
        #expect(found?.kind == kind)
        #expect(found?.detail.contains(words) == true, "\(String(describing: found))")
        try await peer.close()
    }
}

/// The driver against Debian's `powermand`.
@Suite(.enabled(if: PowermanServer.isInstalled, "powermand is not installed (Debian: powerman)"))
struct PowermanOutletsTests {
    @Test func `nodes are outlets in the order of the configuration`() async throws {
        try await PowermanServer.run { server in
            server.strip.state.withLock { $0.positions[2] = .off }
            let reading = try await server.outlets().read()
            #expect(
                reading.outlets == [
                    OutletReading(number: 1, name: "web-2", position: .on),
                    OutletReading(number: 2, name: "web-1", position: .off),
                    OutletReading(number: 3, name: "db", position: .on),
                    OutletReading(number: 4, name: "nas", position: .on),
                ])
            #expect(reading.variables.contains { $0.name == "device.model" && $0.value.hasPrefix("powermand ") })
        }
    }

    @Test func `without nodes all are listed and none is switched`() async throws {
        try await PowermanServer.run { server in
            let outlets = server.outlets([])
            let reading = try await outlets.read()
            #expect(reading.outlets.map(\.name) == ["db", "nas", "web-1", "web-2"])
            #expect(reading.outlets.allSatisfy { !$0.isSwitchable && $0.position == .on })
            let found = await failure { try await outlets.turn(1, .off) }
            #expect(found?.kind == .notSupported)
            #expect(found?.remedy == "add nodes: [db, nas, web-1, web-2]")
            #expect(server.strip.state.withLock { $0.orders } == [])
        }
    }

    @Test func `a node is switched and cycled, and no other`() async throws {
        try await PowermanServer.run { server in
            let outlets = server.outlets()
            try await outlets.turn(1, .off)
            #expect(server.strip.state.withLock { $0.positions } == [1: .off, 2: .on, 3: .on, 4: .on])
            try await outlets.turn(1, .on)
            try await outlets.cycle(2, offTime: .seconds(5))
            #expect(server.strip.state.withLock { $0.orders } == ["off 1", "on 1", "cycle 2"])
        }
    }

    // A name for several nodes would switch all of them.
    @Test func `a name that is none of the daemon's nodes is not switched`() async throws {
        try await PowermanServer.run { server in
            let outlets = server.outlets(["web", "db"])
            let listed = try await outlets.read().outlets
            #expect(
                listed == [
                    OutletReading(number: 1, name: "web", isSwitchable: false),
                    OutletReading(number: 2, name: "db", position: .on),
                ])
            let found = await failure { try await outlets.turn(1, .off) }
            #expect(found?.detail == "powermand has no node web, which is outlet 1")
            #expect(server.strip.state.withLock { $0.orders } == [])
        }
    }

    @Test func `a refusal of the device is a failure with the daemon's words`() async throws {
        try await PowermanServer.run { server in
            server.strip.state.withLock { $0.refusing = [3] }
            let found = await failure { try await server.outlets().turn(3, .off) }
            #expect(found?.kind == .stalled)
            #expect(found?.detail.hasPrefix("off db: strip: ") == true, "\(String(describing: found))")
        }
    }

    // The daemon prints a success here, and only the state read back tells otherwise.
    @Test func `a success of the daemon that moved nothing is seen in the reading`() async throws {
        try await PowermanServer.run { server in
            server.strip.state.withLock { $0.stuck = [3] }
            let outlets = server.outlets()
            try await outlets.turn(3, .off)
            #expect(try await outlets.read().outlets[2].position == .on)
        }
    }

    @Test func `a device behind the daemon that is silent is told as such`() async throws {
        try await PowermanServer.run { server in
            server.strip.state.withLock { $0.isSilent = true }
            let found = await failure { try await server.outlets().read() }
            #expect(found?.kind == .timedOut)
            #expect(found?.detail.hasPrefix("status: strip: ") == true, "\(String(describing: found))")
        }
    }

    @Test func `a daemon that hangs does not hang us`() async throws {
        try await PowermanServer.run { server in
            server.suspend()
            let found = await failure { try await server.outlets(call: .seconds(1)).turn(1, .off) }
            #expect(found?.kind == .timedOut)
            server.resume()
            try await server.outlets().turn(1, .on)
            #expect(server.strip.state.withLock { $0.orders } == ["on 1"])
        }
    }
}
