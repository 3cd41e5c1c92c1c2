@testable import PowerCore

extension Situation {
    /// Invariant 1: no outlet is cut while a host that it is the last live feed of runs, but by force or by its time-out;
    /// and the part of invariant 2 that is about loads: nothing is cut while something that needs it runs. The moment of
    /// the order counts: nobody can call it back.
    mutating func judgeCut(_ outlet: Int) {
        let consumer = SmallRack.consumerOfOutlet[outlet]
        guard self.world.isLive(outlet: outlet), !self.isForced(outlet) else { return }
        guard consumer != SmallRack.load else {
            for host in SmallRack.neededBy[consumer] where self.world.isUp(host) && !self.isForgiven(host) {
                self.sins.append("1: \(SmallRack.outlets[outlet]) is cut while \(SmallRack.hosts[host]) needs it")
            }
            return
        }
        let isLast = !SmallRack.outletsOfConsumer[consumer].contains { other in
            other != outlet && self.world.isLive(outlet: other)
                && !self.world.pending.contains(SmallWorld.Order(outlet: other, isOn: false))
        }
        if isLast, self.world.isUp(consumer), !self.isForgiven(consumer) {
            self.sins.append(
                "1: \(SmallRack.outlets[outlet]) is cut while \(SmallRack.hosts[consumer]) is \(self.world.machines[consumer])"
            )
        }
    }

    /// Whether a person has taken power from it: the engine leaves that alone, and takes its word for up.
    private func isSwitchedByHand(_ consumer: Int) -> Bool {
        SmallRack.outletsOfConsumer[consumer].contains { self.world.isOffByHand[$0] }
    }

    private func isForgiven(_ host: Int) -> Bool {
        self.world.isTimedOut[host] || self.world.isLate[host] || self.world.isByHand[host]
    }

    /// Whether a person switches it, who has typed the name.
    private func isForced(_ outlet: Int) -> Bool {
        let consumer = SmallRack.consumerOfOutlet[outlet]
        guard case .ordered = self.engine.outlets[outlet].task?.reason else { return false }
        return consumer == SmallRack.load || self.world.wishes[consumer] == .either
    }

    /// Invariant 2: a host is asked only after everything that needs it has stopped.
    mutating func judgeAsked(_ id: HostID) {
        guard let host = SmallRack.hosts.firstIndex(of: id) else { return }
        for other in SmallRack.neededBy[host] where self.world.isUp(other) && !self.isForgiven(other) {
            self.sins.append("2: \(id) is asked while \(SmallRack.hosts[other]) is \(self.world.machines[other])")
        }
    }

    /// Invariant 2: something is started only after everything it needs is up; 4: nothing that was off is started.
    mutating func judgeStart(_ name: String) {
        guard let consumer = SmallRack.consumers.firstIndex(where: { $0.name == name }) else { return }
        for other in SmallRack.needs[consumer] where !self.isSwitchedByHand(other) {
            let isUp =
                other == SmallRack.load
                ? self.world.isPowered(other) : [.running, .going].contains(self.world.machines[other])
            if !isUp {
                self.sins.append("2: \(name) is started while \(SmallRack.consumers[other]), which it needs, is not up")
            }
        }
        guard consumer != SmallRack.load, self.world.wishes[consumer] == .down else { return }
        self.sins.append("4: \(name) is started, which was off before")
    }
}
