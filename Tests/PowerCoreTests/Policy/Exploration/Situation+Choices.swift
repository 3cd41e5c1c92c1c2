@testable import PowerCore

extension Situation {
    /// What an obedient world would do next of itself, the first of these first; empty when it only waits.
    var obedientMoves: [Move] {
        var moves: [Move] = []
        for pdu in SmallRack.pdus.indices
        where self.canAnswer(pdu) && self.world.pending.contains(where: { SmallRack.pduOfOutlet[$0.outlet] == pdu }) {
            moves.append(.answer(pdu: pdu))
        }
        for host in SmallRack.hosts.indices {
            switch self.world.machines[host] {
            case .dark, .off, .hung: break
            case .booting: moves.append(.isUp(host))
            case .going: moves.append(.isDown(host))
            case .running:
                if !self.world.isLoggedIn[host] {
                    moves.append(.logsIn(host))
                } else if self.engine.consumers[host].phase.isTold {
                    moves.append(.reacts(host))
                }
            }
        }
        for ups in SmallRack.upses.indices where !self.world.isHeard[ups] { moves.append(.upsHeard(ups)) }
        for pdu in SmallRack.pdus.indices where !self.world.isReachable[pdu] { moves.append(.pduHeard(pdu)) }
        return moves
    }

    /// What the weather may do.
    var weather: [Move] {
        SmallRack.upses.indices.flatMap { ups -> [Move] in
            if self.world.hasMains[ups] { return [.mainsLost(ups)] }
            switch self.world.battery[ups] {
            case .full: return [.mainsBack(ups), .batteryLow(ups)]
            case .low: return [.mainsBack(ups), .batteryEmpty(ups)]
            case .dead: return [.mainsBack(ups)]
            }
        }
    }

    /// What may go wrong, and what people may do.
    var faults: [Move] {
        var moves: [Move] = []
        for ups in SmallRack.upses.indices {
            if self.world.isHeard[ups] { moves.append(.upsSilent(ups)) }
            if !self.world.hasMains[ups], self.world.battery[ups] == .full { moves.append(.upsDies(ups)) }
            if self.engine.upses[ups].memory.forced == nil { moves.append(.upsForced(ups)) }
        }
        for pdu in SmallRack.pdus.indices where self.world.isReachable[pdu] {
            if self.canAnswer(pdu), self.world.pending.contains(where: { SmallRack.pduOfOutlet[$0.outlet] == pdu }) {
                moves.append(.sticks(pdu: pdu))
            }
            if self.world.isLive(ups: pdu) { moves.append(.pduSilent(pdu)) }
        }
        for host in SmallRack.hosts.indices { moves += self.faults(of: host) }
        for outlet in SmallRack.outlets.indices where self.engine.outlets[outlet].task == nil {
            moves += OutletOrder.allCases.map { .ordered($0, outlet) }
            if self.world.isOn[outlet] { moves.append(.forcedOff(outlet)) }
        }
        return moves
    }

    private func faults(of host: Int) -> [Move] {
        var moves: [Move] = []
        if self.engine.consumers[host].memory.forced == nil { moves.append(.hostForced(host)) }
        switch self.world.machines[host] {
        case .running:
            if self.world.isLoggedIn[host] { moves.append(.logsOut(host)) }
            moves.append(.shutByHand(host))
        case .going:
            moves.append(.hangs(host))
        case .dark, .off, .booting, .hung:
            break
        }
        return moves
    }

    /// The ways in which the daemon may end and begin anew.
    var crashes: [Move] {
        let orders = self.world.pending.contains { self.canAnswer(SmallRack.pduOfOutlet[$0.outlet]) }
        return (orders ? [.crash(isCarriedOut: false)] : []) + [.crash(isCarriedOut: true), .deafCrash]
    }
}
