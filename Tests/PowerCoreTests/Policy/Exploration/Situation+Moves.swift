@testable import PowerCore

extension Situation {
    private static let person = Actor(user: "somebody", address: "192.0.2.1")

    /// Lets `move` happen; it must be possible.
    mutating func make(_ move: Move) {
        self.hasActed = false
        switch move {
        case .answer(let pdu): self.answer(pdu)
        case .reacts(let host), .shutByHand(let host): self.goDown(host, byHand: move == .shutByHand(host))
        case .isDown(let host): self.change(host, to: .off)
        case .isUp(let host):
            self.change(host, to: .running)
            self.logIn(host)
        case .logsIn(let host): self.logIn(host)
        case .logsOut(let host): self.logOut(host)
        case .wait: self.wait()
        case .hangs(let host): self.world.machines[host] = .hung
        case .mainsLost(let ups): self.changePower { $0.hasMains[ups] = false }
        case .mainsBack(let ups):
            self.changePower {
                $0.hasMains[ups] = true
                $0.battery[ups] = .full
            }
        case .batteryLow(let ups): self.changePower { $0.battery[ups] = .low }
        case .batteryEmpty(let ups), .upsDies(let ups): self.changePower { $0.battery[ups] = .dead }
        case .upsSilent, .upsHeard, .pduSilent, .pduHeard, .sticks: self.makeFault(move)
        case .ordered(let order, let outlet): self.order(order, outlet, force: nil)
        case .forcedOff(let outlet):
            let consumer = SmallRack.consumerOfOutlet[outlet]
            // Whoever forces takes the blame, however late it is carried out.
            if consumer != SmallRack.load { self.world.wishes[consumer] = .either }
            self.order(.off, outlet, force: SmallRack.consumers[consumer].name)
        case .upsForced(let ups): self.tell(.upsForced(SmallRack.upses[ups], by: Self.person))
        case .hostForced(let host): self.tell(.hostForced(SmallRack.hosts[host], by: Self.person))
        case .crash(let isCarriedOut): self.crash(isCarriedOut: isCarriedOut)
        case .deafCrash: self.crash(isCarriedOut: true, isDeaf: true)
        }
    }

    private mutating func makeFault(_ move: Move) {
        switch move {
        case .upsSilent(let ups):
            // What it said last is what it would have said.
            self.report(ups: ups)
            self.world.isHeard[ups] = false
            self.tell(.upsSilent(SmallRack.upses[ups]))
        case .upsHeard(let ups):
            self.world.isHeard[ups] = true
            self.report(ups: ups)
        case .pduSilent(let pdu):
            self.world.isReachable[pdu] = false
            self.tell(.pduSilent(SmallRack.pdus[pdu]))
        case .pduHeard(let pdu):
            self.world.isReachable[pdu] = true
            for outlet in SmallRack.outlets.indices where SmallRack.pduOfOutlet[outlet] == pdu {
                self.report(outlet: outlet)
            }
        case .sticks(let pdu):
            if let order = self.world.pending.first(where: { SmallRack.pduOfOutlet[$0.outlet] == pdu }) {
                self.world.isStuck[order.outlet] = true
            }
            self.answer(pdu)
        default:
            break
        }
    }

    // MARK: Time

    private mutating func wait() {
        // PDUs are read every few seconds: nothing is waited for without a look at them. What comes of that comes first.
        self.poll()
        guard !self.hasActed, let wake else { return }
        self.now = max(self.now, wake)
        self.noteLate()
        self.wake = nil
        self.perform(self.engine.handle(.deadlineReached, at: self.now))
        self.poll()
    }

    // MARK: Machines

    private mutating func goDown(_ host: Int, byHand: Bool) {
        if byHand {
            for concerned in [host] + SmallRack.neededBy[host] where self.world.wishes[concerned] == .up {
                self.world.wishes[concerned] = .either
            }
        }
        self.world.machines[host] = .going
        if self.world.isLoggedIn[host] { self.logOut(host) }
    }

    private mutating func change(_ host: Int, to machine: SmallWorld.Machine) {
        self.world.machines[host] = machine
        for outlet in SmallRack.outletsOfConsumer[host] { self.report(outlet: outlet) }
    }

    private mutating func logIn(_ host: Int) {
        self.world.isLoggedIn[host] = true
        self.tell(.clientLoggedIn(SmallRack.hosts[host]))
    }

    private mutating func logOut(_ host: Int) {
        self.world.isLoggedIn[host] = false
        self.tell(.clientLoggedOut(SmallRack.hosts[host], remaining: 0))
    }

    // MARK: Power

    /// Changes where power comes from, and lets everything follow: machines first, then what is said of it.
    private mutating func changePower(_ change: (inout SmallWorld) -> Void) {
        let before = self.world
        change(&self.world)
        let lost = self.followPower()
        for ups in SmallRack.upses.indices where before.condition(of: ups) != self.world.condition(of: ups) {
            self.report(ups: ups)
        }
        for pdu in SmallRack.pdus.indices where before.isLive(ups: pdu) && !self.world.isLive(ups: pdu) {
            // A PDU lives on the UPS that it distributes, and forgets what it was told with it.
            self.world.pending.removeAll { SmallRack.pduOfOutlet[$0.outlet] == pdu }
            self.tell(.pduSilent(SmallRack.pdus[pdu]))
        }
        for host in lost { self.logOut(host) }
        for outlet in SmallRack.outlets.indices
        where before.watts(of: outlet) != self.world.watts(of: outlet)
            || before.isLive(ups: SmallRack.pduOfOutlet[outlet])
                != self.world.isLive(ups: SmallRack.pduOfOutlet[outlet])
            || before.isOn[outlet] != self.world.isOn[outlet]
        {
            self.report(outlet: outlet)
        }
    }

    /// Machines without power go dark, and those that get it back boot; returns those whose client was lost with them.
    private mutating func followPower() -> [Int] {
        var lost: [Int] = []
        for host in SmallRack.hosts.indices {
            if !self.world.isPowered(host) {
                if self.world.isLoggedIn[host] { lost.append(host) }
                self.world.machines[host] = .dark
            } else if self.world.machines[host] == .dark {
                self.world.machines[host] = .booting
                // What boots because its power came back was not started by the engine, and is nobody's wish.
                if self.world.wishes[host] == .down { self.world.wishes[host] = .either }
            }
        }
        return lost
    }

    // MARK: Outlets

    private mutating func answer(_ pdu: Int) {
        guard let index = self.world.pending.firstIndex(where: { SmallRack.pduOfOutlet[$0.outlet] == pdu }) else {
            return
        }
        let order = self.world.pending.remove(at: index)
        self.carryOut(order)
        let isDone = self.world.isOn[order.outlet] == order.isOn
        self.tell(
            .outletAnswered(SmallRack.outlets[order.outlet], order.isOn ? .on : .off, isDone ? .verified : .notVerified)
        )
    }

    private mutating func carryOut(_ order: SmallWorld.Order) {
        guard !self.world.isStuck[order.outlet], self.world.isOn[order.outlet] != order.isOn else { return }
        if order.isOn { self.noteGiven(order.outlet) }
        self.changePower { $0.isOn[order.outlet] = order.isOn }
    }

    private mutating func noteGiven(_ outlet: Int) {
        self.world.isOffByHand[outlet] = false
        let consumer = SmallRack.consumerOfOutlet[outlet]
        guard consumer != SmallRack.load, self.world.machines[consumer] == .dark,
            case .ordered = self.engine.outlets[outlet].task?.reason
        else { return }
        self.world.isByHand[consumer] = true
    }

    private mutating func order(_ order: OutletOrder, _ outlet: Int, force: String?) {
        self.now = self.now + Self.instant
        let answer = self.engine.order(
            order, SmallRack.outlets[outlet], by: Self.person, options: OutletOptions(force: force), at: self.now)
        guard case .success(let taken) = answer else { return }
        if order != .on { self.meddle(with: outlet, order) }
        self.perform(taken.actions)
    }

    /// What a person switches off may stay off, and so may what hangs on it or needs it.
    private mutating func meddle(with outlet: Int, _ order: OutletOrder) {
        if order == .off { self.world.isOffByHand[outlet] = true }
        var concerned = [SmallRack.consumerOfOutlet[outlet]]
        while let consumer = concerned.popLast() {
            let isRedundant = SmallRack.outletsOfConsumer[consumer].contains { other in
                other != outlet && self.world.isLive(outlet: other)
                    && !self.world.pending.contains(SmallWorld.Order(outlet: other, isOn: false))
            }
            guard SmallRack.consumerOfOutlet[outlet] != consumer || !isRedundant else { continue }
            if consumer != SmallRack.load, self.world.wishes[consumer] == .up { self.world.wishes[consumer] = .either }
            concerned += SmallRack.neededBy[consumer]
        }
    }

    // MARK: The daemon

    private mutating func crash(isCarriedOut: Bool, isDeaf: Bool = false) {
        let isKept = SmallRack.consumers.indices.allSatisfy { index in
            self.memory.hosts[SmallRack.consumers[index]] ?? HostMemory() == self.engine.consumers[index].memory
        }
        if !isKept { self.sins.append("the journal does not come to what the engine knows") }
        let orders = self.world.pending
        self.world.pending = []
        if isCarriedOut {
            self.isListening = false
            for order in orders where self.canAnswer(SmallRack.pduOfOutlet[order.outlet]) { self.carryOut(order) }
            self.isListening = true
        }
        self.engine = PolicyEngine(
            rack: SmallRack.rack, settings: SmallRack.settings, memory: self.memory, at: self.now)
        self.wake = nil
        for host in SmallRack.hosts.indices { self.world.isLoggedIn[host] = false }
        self.perform(self.engine.handle(.deadlineReached, at: self.now))
        if isDeaf { self.wait() }
        self.reportAll()
    }

    func canAnswer(_ pdu: Int) -> Bool {
        self.world.isReachable[pdu] && self.world.isLive(ups: pdu)
    }
}
