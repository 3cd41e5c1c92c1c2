import Foundation
import Glibc
import NIOCore
import NIOPosix
import Testing

/// An event loop whose thread lives in a network of its own, with one card at 192.0.2.1/24 and nobody else on the wire.
struct NetworkNamespace {
    let group: MultiThreadedEventLoopGroup

    /// Only the superuser may make one.
    static var isPossible: Bool { geteuid() == 0 }

    private static let network = """
        ip link set lo up &&
        ip link add wire type veth peer name end && ip link set wire up && ip link set end up &&
        ip address add 192.0.2.1/24 dev wire
        """

    /// Makes the network; `lendsEchoSockets` is whether its kernel lends the unprivileged ones to everybody.
    init(lendsEchoSockets: Bool) throws {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        self.group = group
        try group.next().submit {
            // For this thread alone, and for the programs it starts.
            guard try leaveNetwork() == 0 else { throw IOError(errnoCode: errno, reason: "unshare") }
            // Waited for on this thread, and started by it: so it is in the new network.
            guard let ip = popen(Self.network, "r"), pclose(ip) == 0 else {
                throw IOError(errnoCode: EIO, reason: "ip")
            }
            guard lendsEchoSockets else { return }
            try "0 2147483647".write(toFile: "/proc/sys/net/ipv4/ping_group_range", atomically: false, encoding: .utf8)
        }.wait()
    }

    func end() async throws {
        try await self.group.shutdownGracefully()
    }
}

/// `unshare(CLONE_NEWNET)`, which the module of the C library does not show to Swift.
private func leaveNetwork() throws -> Int32 {
    typealias Unshare = @convention(c) (Int32) -> Int32
    let newNetwork: Int32 = 0x4000_0000
    let unshare = try #require(dlsym(nil, "unshare"))
    return unsafeBitCast(unshare, to: Unshare.self)(newNetwork)
}
