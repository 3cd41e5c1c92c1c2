import PowerCore

extension Simulation {
    /// After how long without fresh data a device counts as silent: the default of the configuration.
    static let staleAfter = Duration.seconds(15)
    /// How long it takes at most until a PDU is read again: the default of the configuration.
    static let pollInterval = Duration.seconds(2)
    /// A power that changed by less is not told again.
    private static let wattsWorthTelling = 0.05

    /// Lets power flow anew: who has it, who draws how much from where, and when the batteries change next.
    mutating func settlePower() {
        self.isPowerStale = false
        for ups in self.upses.indices {
            self.upses[ups].advance(to: self.now)
            self.upses[ups].load = 0
        }
        for outlet in self.outlets.indices { self.outlets[outlet].drawn = 0 }
        for machine in self.machines.indices { self.feed(machine) }
        for ups in self.upses.indices {
            self.followOutput(of: ups)
            if self.upses[ups].planStep(), let next = self.upses[ups].nextStep {
                self.queue.add(.upsStep(ups), at: next)
            }
        }
        for pdu in self.pdus.indices { self.followReach(of: pdu) }
        for outlet in self.outlets.indices {
            let change = abs(self.outlets[outlet].drawn - self.outlets[outlet].toldWatts)
            if change > Self.wattsWorthTelling { self.planReading(of: outlet) }
        }
        self.judgePlans()
    }

    /// Whether there is power at a socket.
    func isLive(_ socket: SimulationTopology.Socket) -> Bool {
        switch socket {
        case .ups(let ups): self.upses[ups].isLive
        case .outlet(let outlet):
            self.outlets[outlet].position == .on && self.upses[self.topology.outlets[outlet].ups].isLive
        }
    }

    /// How many feeds of a machine live.
    func liveFeeds(of machine: Int) -> Int {
        var count = 0
        for socket in self.topology.sockets[machine] where self.isLive(socket) { count += 1 }
        return count
    }

    /// Gives a machine its power, or takes it away, and draws what it draws in equal parts from what lives.
    private mutating func feed(_ machine: Int) {
        let live = self.liveFeeds(of: machine)
        let isPowered = live >= self.machines[machine].requires
        if isPowered != self.machines[machine].isPowered {
            self.machines[machine].isPowered = isPowered
            if isPowered { self.powerCame(to: machine) } else { self.powerWent(from: machine) }
        }
        self.followMains(of: machine)
        let draw = self.machines[machine].draw
        guard draw > 0, live > 0 else { return }
        let share = draw / Double(live)
        for socket in self.topology.sockets[machine] where self.isLive(socket) {
            self.upses[self.topology.ups(of: socket)].load += share
            if case .outlet(let outlet) = socket { self.outlets[outlet].drawn += share }
        }
    }

    /// Notices that a machine has come to live on batteries, or does no longer.
    private mutating func followMains(of machine: Int) {
        var count = 0
        for socket in self.topology.sockets[machine] {
            let ups = self.topology.ups(of: socket)
            if self.upses[ups].hasMains, self.upses[ups].deaths == 0 { count += 1 }
        }
        let isOnBattery = count < self.machines[machine].requires
        guard isOnBattery != self.machines[machine].isOnBattery else { return }
        self.machines[machine].isOnBattery = isOnBattery
        if isOnBattery {
            self.machines[machine].hadPlan = false
            self.machines[machine].wouldEnd = nil
            self.machines[machine].why = nil
        } else {
            self.judgeNeed(of: machine)
        }
    }

    private mutating func followOutput(of ups: Int) {
        guard self.upses[ups].isLive != self.upses[ups].wasLive else { return }
        self.upses[ups].wasLive.toggle()
        self.record(.output(self.plan.rack.upses[ups].id, isLive: self.upses[ups].isLive))
    }

    // MARK: Batteries

    /// A battery has reached the charge that was to be reached.
    mutating func stepBattery(_ ups: Int) {
        guard self.upses[ups].nextStep == self.now else { return }
        self.upses[ups].advance(to: self.now)
        self.upses[ups].takeStep()
        self.record(.charge(self.plan.rack.upses[ups].id, Percent(self.upses[ups].shown)))
        self.isPowerStale = true
    }

    /// Every UPS that is not silent tells what has changed.
    mutating func tellUPSes(all: Bool = false) {
        guard self.daemon.isUp else { return }
        for ups in self.upses.indices where self.upses[ups].silences == 0 {
            let told = self.upses[ups].told
            let isNews = told?.supply != self.upses[ups].supply || told?.charge?.value != self.upses[ups].shown
            guard isNews || all else { continue }
            let condition = self.upses[ups].condition
            self.upses[ups].told = condition
            self.tell(.upsReported(self.plan.rack.upses[ups].id, condition))
        }
    }

    /// A UPS has been silent for so long that it counts as such.
    mutating func missUPS(_ ups: Int) {
        guard let since = self.upses[ups].silentSince, self.now - since >= Self.staleAfter else { return }
        self.tell(.upsSilent(self.plan.rack.upses[ups].id))
    }

    // MARK: PDUs

    /// Whether a PDU answers: it has power, and so has what orders to it travel through.
    func answers(_ pdu: Int) -> Bool {
        self.pdus[pdu].silences == 0 && self.upses[self.topology.pduUPS[pdu]].isLive
            && self.topology.pduVia[pdu].allSatisfy { self.machines[$0].isPowered }
    }

    private mutating func followReach(of pdu: Int) {
        let answers = self.answers(pdu)
        if !answers, self.pdus[pdu].silentSince == nil {
            self.pdus[pdu].silentSince = self.now
            self.queue.add(.pduStale(pdu), at: self.now + Self.staleAfter)
        } else if answers, self.pdus[pdu].silentSince != nil {
            self.pdus[pdu].silentSince = nil
            for outlet in self.outlets.indices where self.topology.outlets[outlet].pdu == pdu {
                self.planReading(of: outlet)
            }
        }
    }

    /// A PDU has not answered for so long that what is known of its outlets is old.
    mutating func missPDU(_ pdu: Int) {
        guard let since = self.pdus[pdu].silentSince, self.now - since >= Self.staleAfter else { return }
        self.tell(.pduSilent(self.plan.rack.pdus[pdu].id))
    }

    /// Lets an outlet be read at the next poll.
    mutating func planReading(of outlet: Int) {
        guard self.outlets[outlet].reportAt == nil else { return }
        let at = self.now + Self.pollInterval
        self.outlets[outlet].reportAt = at
        self.queue.add(.outletReport(outlet), at: at)
    }

    /// The poll reads an outlet.
    mutating func readOutlet(_ outlet: Int) {
        guard self.outlets[outlet].reportAt == self.now else { return }
        self.outlets[outlet].reportAt = nil
        self.tellOutlet(outlet)
    }

    mutating func tellOutlet(_ outlet: Int) {
        guard self.daemon.isUp, self.answers(self.topology.outlets[outlet].pdu) else { return }
        let its = self.outlets[outlet]
        self.outlets[outlet].toldWatts = its.drawn
        self.tell(
            .outletReported(self.topology.outlets[outlet].id, position: its.position, power: Watts(its.drawn)))
    }
}
