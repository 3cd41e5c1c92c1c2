import NIOCore
import NIOPosix
import PowerCore
import Testing

@testable import NetworkControl

/// Addresses that are really dead, and the kernel's own echo socket, in a network made for the test.
@Suite(.enabled(if: NetworkNamespace.isPossible, "a network of one's own needs the superuser"))
struct NamespaceTests {
    private func look(
        _ probe: Configuration.HostAccess.Probe, in network: NetworkNamespace, limit: Duration
    ) async -> HostSighting {
        var limits = NetworkLimits.short
        limits.probe = limit
        let access = Configuration.HostAccess(probes: [probe])
        return await NetworkHostControl(["nas": access], limits: limits, group: network.group).look(for: "nas")
    }

    private func tcp(_ host: String) -> Configuration.HostAccess.Probe {
        .tcp(Configuration.Endpoint(host: host, port: 22))
    }

    @Test(arguments: ["192.0.2.1", "127.0.0.1", "::1"])
    func `the kernel's echo socket brings an answer`(host: String) async throws {
        let network = try NetworkNamespace(lendsEchoSockets: true)
        let address = try SocketAddress(ipAddress: host, port: 0)
        let sighting = await EchoProbe(group: network.group, limit: .seconds(5)).sighting(at: address)
        #expect(sighting == .answers)
        try await network.end()
    }

    @Test func `where the kernel lends none that is no sighting`() async throws {
        let network = try NetworkNamespace(lendsEchoSockets: false)
        let address = try SocketAddress(ipAddress: "127.0.0.1", port: 0)
        #expect(await EchoProbe(group: network.group, limit: .seconds(5)).sighting(at: address) == nil)
        try await network.end()
    }

    @Test func `a dead address is silent, by connection and by echo`() async throws {
        let network = try NetworkNamespace(lendsEchoSockets: true)
        // Before the kernel gives up on the neighbour, and after.
        for limit in [Duration.milliseconds(600), .seconds(5)] {
            #expect(await self.look(self.tcp("192.0.2.9"), in: network, limit: limit) == .silent)
            #expect(await self.look(.ping("192.0.2.9"), in: network, limit: limit) == .silent)
        }
        try await network.end()
    }

    @Test func `an address that there is no way to is not silent`() async throws {
        let network = try NetworkNamespace(lendsEchoSockets: true)
        let expected = HostSighting.unclear("198.51.100.1: Network is unreachable")
        #expect(await self.look(.ping("198.51.100.1"), in: network, limit: .seconds(1)) == expected)
        let connection = HostSighting.unclear("198.51.100.1:22: Network is unreachable")
        #expect(await self.look(self.tcp("198.51.100.1"), in: network, limit: .seconds(1)) == connection)
        try await network.end()
    }
}
