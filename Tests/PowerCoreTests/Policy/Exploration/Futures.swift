@testable import PowerCore

/// What comes of a state when everything obeys from now on: judged once for each state that lies on the way.
struct Futures {
    /// The ways in which the mains may go on.
    enum Weather: Int, CaseIterable {
        case mainsStayAway, mainsStay
    }

    /// How something ends: everything that a person would see.
    struct End: Hashable {
        var sins: [String]
        /// How each host stands; nil where a person meddled, so that more than one end is right.
        var hosts: [String?]
    }

    /// Steps after which there is no rest: some times the longest way from an outage through a whole start.
    static let mostSteps = 300

    private var known: [[UInt64: Int]] = Weather.allCases.map { _ in [:] }
    private var ends: [End] = []
    private var numbers: [End: Int] = [:]

    /// Something wrong with a future, and what must happen first for it to come.
    struct Omen {
        var sin: String
        var crash: Move?
        var weather: Weather
    }

    /// What is wrong with the futures of `situation`.
    mutating func judge(_ situation: Situation) -> [Omen] {
        var omens: [Omen] = []
        for weather in Weather.allCases {
            let end = self.end(of: situation, weather)
            omens += end.sins.map { Omen(sin: $0, weather: weather) }
            guard end.sins.isEmpty else { continue }
            for crash in situation.crashes {
                let sins = self.compare(end, situation, crash, weather)
                omens += sins.map { Omen(sin: $0, crash: crash, weather: weather) }
            }
        }
        return omens
    }

    /// Invariant 5: a crash changes nothing of the end.
    private mutating func compare(_ end: End, _ situation: Situation, _ crash: Move, _ weather: Weather) -> [String] {
        var other = situation
        other.make(crash)
        guard other.sins.isEmpty else { return other.sins.map { "5: after a crash: \($0)" } }
        let after = self.end(of: other, weather)
        if !after.sins.isEmpty { return after.sins.map { "5: after \(crash): \($0)" } }
        return zip(end.hosts, after.hosts).compactMap { before, after in
            guard let before, let after, before != after else { return nil }
            return "5: \(weather), \(crash): \(before) becomes \(after)"
        }
    }

    private mutating func end(of situation: Situation, _ weather: Weather) -> End {
        var future = situation
        var way: [UInt64] = [future.fingerprint]
        if let number = self.known[weather.rawValue][way[0]] { return self.ends[number] }
        future.heal(weather)
        for _ in 0..<Self.mostSteps {
            let print = future.fingerprint
            // Healed, it is another state than the same one in front of it.
            var healed = Fingerprint()
            healed.add(Int(truncatingIfNeeded: print))
            if let number = self.known[weather.rawValue][healed.value] { return self.remember(number, way, weather) }
            way.append(healed.value)
            guard future.sins.isEmpty, future.goOn(weather) else {
                return self.remember(self.number(of: future.end(weather)), way, weather)
            }
        }
        let endless = End(sins: ["6: \(weather): no rest"], hosts: [])
        return self.remember(self.number(of: endless), way, weather)
    }

    private mutating func number(of end: End) -> Int {
        if let known = self.numbers[end] { return known }
        self.ends.append(end)
        self.numbers[end] = self.ends.count - 1
        return self.ends.count - 1
    }

    private mutating func remember(_ number: Int, _ way: [UInt64], _ weather: Weather) -> End {
        for state in way { self.known[weather.rawValue][state] = number }
        return self.ends[number]
    }
}

extension Situation {
    /// Makes everything well again that was broken, and fixes the weather.
    mutating func heal(_ weather: Futures.Weather) {
        self.world.isStuck = self.world.isStuck.map { _ in false }
        for host in SmallRack.hosts.indices where self.world.machines[host] == .hung {
            self.world.machines[host] = .going
        }
        for ups in SmallRack.upses.indices {
            if !self.world.isHeard[ups] { self.make(.upsHeard(ups)) }
            switch weather {
            case .mainsStayAway: if self.world.hasMains[ups] { self.make(.mainsLost(ups)) }
            case .mainsStay: if !self.world.hasMains[ups] { self.make(.mainsBack(ups)) }
            }
        }
        for pdu in SmallRack.pdus.indices where !self.world.isReachable[pdu] { self.make(.pduHeard(pdu)) }
    }

    /// The next step of an obedient world; false when there is none and nothing more would come of looking again.
    mutating func goOn(_ weather: Futures.Weather) -> Bool {
        if let move = self.obedientMoves.first {
            self.make(move)
        } else if self.wake != nil {
            self.make(.wait)
        } else {
            return self.lookAgain(weather)
        }
        return true
    }

    /// What comes when nothing more would come by itself: a reading, and the end of the batteries.
    private mutating func lookAgain(_ weather: Futures.Weather) -> Bool {
        self.now = self.now + .seconds(1)
        self.hasActed = false
        self.poll()
        self.tell(.deadlineReached)
        if self.hasActed || self.wake != nil { return true }
        guard weather == .mainsStayAway, let ups = self.world.battery.firstIndex(of: .full) else { return false }
        self.make(.batteryLow(ups))
        return true
    }

    /// Where it has come to rest, and whether that is as it should be.
    fileprivate func end(_ weather: Futures.Weather) -> Futures.End {
        var sins = self.sins
        guard sins.isEmpty else { return Futures.End(sins: sins, hosts: []) }
        for host in SmallRack.hosts.indices {
            let (id, machine, phase) = (
                SmallRack.hosts[host], self.world.machines[host], self.engine.consumers[host].phase
            )
            switch weather {
            case .mainsStayAway:
                if self.world.isUp(host) { sins.append("3: \(id) is \(machine) and \(phase.word) when the power ends") }
            case .mainsStay:
                if self.world.wishes[host] == .up, machine != .running || phase != .running {
                    sins.append("4: \(id) is \(machine) and \(phase.word) in the end")
                }
            }
        }
        sins += weather == .mainsStay ? self.darkOutlets : []
        let hosts = SmallRack.hosts.indices.map { host -> String? in
            guard self.world.wishes[host] != .either else { return nil }
            return (self.world.isUp(host) ? "up, " : "down, ") + "\(self.engine.consumers[host].phase.word)"
        }
        return Futures.End(sins: sins, hosts: hosts)
    }

    /// Outlets that the engine has cut and not given back.
    private var darkOutlets: [String] {
        SmallRack.outlets.indices.compactMap { outlet in
            let consumer = SmallRack.consumerOfOutlet[outlet]
            let isWanted =
                consumer == SmallRack.load
                ? self.engine.consumers[consumer].phase == .running : self.world.wishes[consumer] == .up
            guard isWanted, !self.world.isOn[outlet], !self.world.isOffByHand[outlet] else { return nil }
            return "4: \(SmallRack.outlets[outlet]) is off in the end"
        }
    }
}
