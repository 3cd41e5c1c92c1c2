internal import NIOCore
internal import PowerCore

/// Looks for a host in all its ways at once.
struct HostProber: Sendable {
    let names: NameResolver
    let programs: ProgramRunner
    let limits: NetworkLimits
    let group: any EventLoopGroup

    /// What the probes have shown together.
    ///
    /// One answer is enough to be up. Silence is a witness that the host is down, and so it needs every probe to have been
    /// carried out: where one was not, or came back with something that is no answer, nothing is proven.
    func look(for host: HostID, by probes: [Configuration.HostAccess.Probe]) async -> HostSighting {
        guard !probes.isEmpty else { return .unclear("no probe of \(host) is configured") }
        return await withTaskGroup(of: HostSighting.self) { group in
            for probe in probes { group.addTask { await self.sighting(by: probe, of: host) } }
            return Self.sum(of: await group.reduce(into: []) { $0.append($1) })
        }
    }

    static func sum(of sightings: [HostSighting]) -> HostSighting {
        sightings.reduce(.silent) { sum, sighting in
            switch (sum, sighting) {
            case (.answers, _), (_, .answers): .answers
            case (.unclear, _): sum
            case (.silent, _): sighting
            }
        }
    }

    private func sighting(by probe: Configuration.HostAccess.Probe, of host: HostID) async -> HostSighting {
        do {
            switch probe {
            case .tcp(let endpoint):
                let connection = ConnectionProbe(group: self.group, limit: self.limits.probe)
                return await self.sum(over: try await self.names.addresses(of: endpoint)) {
                    await connection.sighting(at: $0)
                }
            case .ping(let name):
                let place = Configuration.Endpoint(host: name, port: 0)
                return await self.sum(over: try await self.names.addresses(of: place)) {
                    await self.echo(from: $0, for: host)
                }
            }
        } catch {
            return .unclear(error.reason)
        }
    }

    /// What all addresses of one name have shown together.
    private func sum(
        over addresses: [SocketAddress], _ look: @escaping @Sendable (SocketAddress) async -> HostSighting
    ) async -> HostSighting {
        guard !addresses.isEmpty else { return .unclear("the name has no address") }
        return await withTaskGroup(of: HostSighting.self) { group in
            for address in addresses { group.addTask { await look(address) } }
            return Self.sum(of: await group.reduce(into: []) { $0.append($1) })
        }
    }

    /// The kernel's own echo socket where it lends one to this process, else the system's ping, which may be allowed more.
    private func echo(from address: SocketAddress, for host: HostID) async -> HostSighting {
        if let sighting = await EchoProbe(group: self.group, limit: self.limits.probe).sighting(at: address) {
            return sighting
        }
        return await PingProgram(programs: self.programs, limit: self.limits.probe).sighting(at: address, for: host)
    }
}
