public import PowerCore

extension LabRack {
    /// Whether `host` is one of the lab's.
    public func has(_ host: HostID) -> Bool {
        self.hosts.contains { $0.plan.id == host }
    }

    /// Whether the system of `host` is up, so that it answers on the network.
    public func answers(_ host: HostID) -> Bool {
        let state = self.hosts.first { $0.plan.id == host }?.state
        return state == .running || state == .stopping
    }

    /// Stops a running host or boots one that is off, as its power button does; false where it does neither.
    @discardableResult
    public func pressPower(_ host: HostID, toStart: Bool) -> Bool {
        let now = self.catchUp()
        guard let index = self.hosts.firstIndex(where: { $0.plan.id == host }) else { return false }
        let changes = self.hosts[index].pressPower(toStart: toStart, at: now)
        self.report(changes, of: host)
        self.takeStep(to: now)
        return !changes.isEmpty
    }
}
