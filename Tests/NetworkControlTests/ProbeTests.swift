import NIOCore
import NIOPosix
import PowerCore
import Testing

@testable import NetworkControl

struct ProbeTests {
    private typealias Probe = Configuration.HostAccess.Probe

    private func look(_ probes: Probe...) async -> HostSighting {
        let control = NetworkHostControl(["nas": Configuration.HostAccess(probes: probes)], limits: .short)
        return await control.look(for: "nas")
    }

    private func listener(on host: String) async throws -> any Channel {
        try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton).bind(host: host, port: 0).get()
    }

    private func tcp(_ host: String, _ port: Int?) throws -> Probe {
        .tcp(Configuration.Endpoint(host: host, port: try #require(port)))
    }

    @Test(arguments: ["127.0.0.1", "::1"]) func `a port that takes a connection is an answer`(host: String) async throws
    {
        let listener = try await self.listener(on: host)
        #expect(await self.look(try self.tcp(host, listener.localAddress?.port)) == .answers)
        try await listener.close()
    }

    @Test func `a name is looked up`() async throws {
        let listener = try await self.listener(on: "127.0.0.1")
        #expect(await self.look(try self.tcp("localhost", listener.localAddress?.port)) == .answers)
        try await listener.close()
    }

    @Test(arguments: ["127.0.0.1", "::1"]) func `a refusal proves neither`(host: String) async throws {
        let listener = try await self.listener(on: host)
        let probe = try self.tcp(host, listener.localAddress?.port)
        let place = try #require(listener.localAddress).place
        try await listener.close()
        #expect(await self.look(probe) == .unclear("\(place): Connection refused"))
    }

    @Test(arguments: ["127.0.0.1", "::1"]) func `this machine answers a ping`(host: String) async {
        #expect(await self.look(.ping(host)) == .answers)
    }

    @Test func `a name that nobody knows is no silence`() async throws {
        let sighting = await self.look(.ping("no.such.name.invalid"))
        guard case .unclear(let reason) = sighting else {
            Issue.record("\(sighting)")
            return
        }
        #expect(reason.hasPrefix("the name no.such.name.invalid "))
        #expect(await self.look(try self.tcp("127.0.0.1", 70_000)) == .unclear("70000 is not a port"))
    }

    @Test func `one answer among refusals is an answer`() async throws {
        let closed = try await self.listener(on: "127.0.0.1")
        let refused = try self.tcp("127.0.0.1", closed.localAddress?.port)
        try await closed.close()
        #expect(await self.look(refused, .ping("127.0.0.1")) == .answers)
        #expect(await self.look(.ping("127.0.0.1"), refused) == .answers)
    }

    @Test func `silence needs every probe to have been silent`() {
        #expect(HostProber.sum(of: [.silent, .silent]) == .silent)
        #expect(HostProber.sum(of: [.silent, .unclear("a"), .unclear("b")]) == .unclear("a"))
        #expect(HostProber.sum(of: [.unclear("a"), .silent, .answers]) == .answers)
        #expect(HostProber.sum(of: [.answers, .unclear("a")]) == .answers)
    }

    @Test func `errors are read as what they prove`() throws {
        let place = try SocketAddress(ipAddress: "192.0.2.9", port: 22)
        func sighting(_ error: any Error) -> HostSighting { ConnectionProbe.sighting(at: place, after: error) }
        #expect(sighting(ChannelError.connectTimeout(.seconds(1))) == .silent)
        #expect(sighting(IOError(errnoCode: 113, reason: "EHOSTUNREACH")) == .silent)
        #expect(sighting(IOError(errnoCode: 110, reason: "ETIMEDOUT")) == .silent)
        let noWay = HostSighting.unclear("192.0.2.9:22: Network is unreachable")
        #expect(sighting(IOError(errnoCode: 101, reason: "ENETUNREACH")) == noWay)
    }

    @Test func `replies are told from other messages, however short`() {
        #expect(EchoMessage.isReply([0, 0, 0, 0, 0, 0, 0, 1], .version4))
        #expect(EchoMessage.isReply([129, 0, 0, 0, 0, 0, 0, 1], .version6))
        for bytes: [UInt8] in [[], [0], [8, 0, 0, 0, 0, 0, 0, 1], [0, 0, 0, 0, 0, 0, 0]] {
            #expect(!EchoMessage.isReply(bytes, .version4))
        }
        #expect(!EchoMessage.isReply([0, 0, 0, 0, 0, 0, 0, 1], .version6))
    }
}
