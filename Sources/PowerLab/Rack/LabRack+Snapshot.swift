import PowerCore

extension LabRack {
    /// The whole rack as it truly is at ``moment``.
    public func snapshot() -> LabSnapshot {
        let draw = Draw(self.plan, hosts: self.hosts, isLive: self.isLive)
        return LabSnapshot(
            moment: self.moment,
            speed: self.speed,
            sources: self.plan.sources.map { .init(id: $0, isOn: !self.deadSources.contains($0)) },
            upses: self.plan.upses.compactMap { self.snapshot(of: $0, draw) },
            troubles: self.pdus.compactMapValues(\.troubles),
            outlets: self.plan.pdus.flatMap { self.snapshot(of: $0, draw) },
            hosts: self.hosts.map { host in
                .init(
                    id: host.plan.id, state: host.state, isPowered: host.isPowered, watts: host.watts,
                    crashes: host.crashes, isHung: host.isHung, isLoggedIn: host.isLoggedIn)
            },
            loads: self.plan.loads.map { load in
                let isPowered = load.feeds.contains(where: self.isLive)
                return .init(id: load.id, isPowered: isPowered, watts: isPowered ? load.watts : .zero)
            })
    }

    private func snapshot(of planned: LabUPSPlan, _ draw: Draw) -> LabSnapshot.UPS? {
        guard let port = self.ports[planned.id] else { return nil }
        let battery = port.ups.battery
        return LabSnapshot.UPS(
            id: planned.id, charge: battery.charge, cutOff: battery.cutOff, watts: draw.ofUPS(planned.id),
            hasMains: self.hasMains(planned), isOutputLive: battery.isOutputLive, troubles: port.troubles)
    }

    private func snapshot(of planned: LabPDUPlan, _ draw: Draw) -> [LabSnapshot.Outlet] {
        (self.pdus[planned.id]?.positions ?? []).enumerated().map { index, position in
            let id = OutletID(planned.id, index + 1)
            return LabSnapshot.Outlet(
                id: id, position: position, isLive: self.isLive(.outlet(id)), watts: draw.ofOutlet(id))
        }
    }
}
