internal import NIOCore
internal import PowerCore

/// The system's ping, for kernels that lend this process no echo socket.
struct PingProgram: Sendable {
    let programs: ProgramRunner
    let limit: Duration

    func sighting(at address: SocketAddress, for host: HostID) async -> HostSighting {
        guard let place = address.ipAddress else { return .unclear("\(address) cannot be pinged") }
        let seconds = max(1, self.limit.components.seconds)
        let end = await self.programs.run(["ping", "-n", "-q", "-c", "1", "-W", "\(seconds)", place], for: host)
        if end.how == .exited(0) { return .answers }
        // The code alone does not say whether it has looked: some have one for "no reply" and "not permitted".
        if case .exited = end.how, end.output.lastLines.contains(where: { $0.contains("100% packet loss") }) {
            return .silent
        }
        return .unclear(end.sentence(about: "ping \(place)"))
    }
}
