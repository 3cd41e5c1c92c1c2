import NetworkControl
import PowerCore
import PowerLab

/// Reaches emulated hosts in the lab, and all others, and every program, over the network.
struct LabHosts: HostControl {
    let rack: LabRack
    let network: NetworkHostControl

    func stop(_ host: HostID, by way: StopPlan.Way) async throws(HostFailure) -> String {
        guard way != .command, await self.rack.has(host) else { return try await self.network.stop(host, by: way) }
        guard await self.rack.pressPower(host, toStart: false) else { throw HostFailure("\(host) is not running") }
        return ""
    }

    func start(_ host: HostID, by method: StartPlan.Method) async throws(HostFailure) -> String {
        guard method != .command, await self.rack.has(host) else {
            return try await self.network.start(host, by: method)
        }
        // A magic packet is not acknowledged: a machine without power is as silent as one that wakes.
        _ = await self.rack.pressPower(host, toStart: true)
        return ""
    }

    func look(for host: HostID) async -> HostSighting {
        guard await self.rack.has(host) else { return await self.network.look(for: host) }
        return await self.rack.answers(host) ? .answers : .silent
    }
}
