import PowerCore

extension Simulation {
    /// How long a stock client takes to see FSD: it asks every five seconds, and its command takes a moment.
    static let noticing = Duration.seconds(1)...Duration.seconds(5)
    /// How long a stock client on battery waits for a server that is gone until it takes its host down (`DEADTIME`).
    static let clientPatience = Duration.seconds(15)
    /// How long a server counts a client whose machine lost its power: the default idle time of the configuration.
    static let missedAfter = Duration.seconds(60)
    /// How long a program or a magic packet takes.
    static let wayTime = Duration.seconds(1)
    /// When a machine is looked for on the network after something changed: at the next round, and some rounds later.
    private static let probes = [Duration.seconds(2), .seconds(12)]

    // MARK: Power

    /// Power that was away and is back boots a machine.
    mutating func powerCame(to machine: Int) {
        guard self.machines[machine].isHost, self.machines[machine].state == .off else { return }
        self.boot(machine)
    }

    private mutating func boot(_ machine: Int) {
        let refuses = self.machines[machine].bootsLate > 0 && self.machines[machine].refusals == 0
        guard !refuses, self.machines[machine].staysOff == 0 else {
            self.machines[machine].refusals += 1
            self.record(.machine(self.machines[machine].id, .refusesToBoot))
            return
        }
        self.machines[machine].state = .booting
        self.plan(.isUp, machine, in: self.machines[machine].bootTime)
        self.record(.machine(self.machines[machine].id, .boots))
    }

    mutating func powerWent(from machine: Int) {
        guard self.machines[machine].isHost, self.machines[machine].state != .off else { return }
        self.judgeLoss(of: machine)
        self.record(.machine(self.machines[machine].id, .losesPower))
        self.machines[machine].state = .off
        self.machines[machine].isHung = false
        self.machines[machine].forgetStep()
        self.planProbes(of: machine)
        if self.machines[machine].isConnected {
            self.machines[machine].isConnected = false
            self.machines[machine].lostAt = self.now + Self.missedAfter
            self.queue.add(.clientLost(machine), at: self.now + Self.missedAfter)
        }
        if self.topology.manager == machine { self.loseDaemon() }
    }

    // MARK: Steps

    mutating func plan(_ step: SimulatedMachine.Step, _ machine: Int, in time: Duration) {
        self.machines[machine].plan(step, at: self.now + time)
        self.queue.add(.machine(machine), at: self.now + time)
    }

    /// A machine does what it was about to do.
    mutating func stepMachine(_ machine: Int) {
        guard self.machines[machine].stepAt == self.now, let step = self.machines[machine].step else { return }
        self.machines[machine].forgetStep()
        switch step {
        case .notices:
            if self.machines[machine].isTold { self.stop(machine, .goesDown) }
        case .goesOff: self.goOff(machine)
        case .isUp: self.comeUp(machine)
        case .logsIn: self.logIn(machine)
        case .losesPatience:
            guard !self.daemon.isUp, self.machines[machine].state == .running else { return }
            self.result.counts.stoppedAlone += 1
            self.stop(machine, .losesPatience)
        }
    }

    /// A running machine begins to go down.
    private mutating func stop(_ machine: Int, _ deed: SimulationEvent.Deed) {
        guard self.machines[machine].state == .running else { return }
        self.machines[machine].state = .stopping
        self.record(.machine(self.machines[machine].id, deed))
        if self.machines[machine].hangs > 0 {
            self.machines[machine].isHung = true
            self.machines[machine].forgetStep()
            self.record(.machine(self.machines[machine].id, .hangs))
        } else {
            self.plan(.goesOff, machine, in: self.machines[machine].stopTime)
        }
        self.logOut(machine)
    }

    private mutating func goOff(_ machine: Int) {
        self.machines[machine].state = .off
        self.isPowerStale = true
        self.result.counts.stoppedCleanly += 1
        self.record(.machine(self.machines[machine].id, .isOff))
        self.planProbes(of: machine)
        if self.topology.manager == machine { self.loseDaemon() }
    }

    private mutating func comeUp(_ machine: Int) {
        self.machines[machine].state = .running
        self.machines[machine].isWrittenOff = false
        self.machines[machine].refusals = 0
        self.record(.machine(self.machines[machine].id, .isUp))
        self.planProbes(of: machine)
        self.logIn(machine)
        if self.topology.manager == machine { self.restartDaemon() }
    }

    // MARK: Clients

    /// The client of a machine logs in, where there is one and somebody to log in to.
    mutating func logIn(_ machine: Int) {
        guard self.daemon.isUp, self.machines[machine].state == .running, self.machines[machine].isDeaf == 0,
            !self.machines[machine].isConnected
        else { return }
        self.machines[machine].isConnected = true
        self.machines[machine].clients += 1
        self.tell(.clientLoggedIn(self.machines[machine].id))
        if self.machines[machine].isTold { self.planNoticing(machine) }
    }

    private mutating func logOut(_ machine: Int) {
        guard self.machines[machine].isConnected else { return }
        self.machines[machine].isConnected = false
        self.machines[machine].clients -= 1
        self.tell(.clientLoggedOut(self.machines[machine].id, remaining: self.machines[machine].clients))
    }

    /// The server notices that a client is gone whose machine lost its power.
    mutating func missClient(_ machine: Int) {
        guard self.machines[machine].lostAt == self.now else { return }
        self.machines[machine].lostAt = nil
        self.machines[machine].clients -= 1
        self.tell(.clientLoggedOut(self.machines[machine].id, remaining: self.machines[machine].clients))
    }

    /// The client of a host is stopped, or started again.
    mutating func loseClient(of host: HostID, _ change: Int) {
        guard let machine = self.topology.consumers[host] else { return }
        self.machines[machine].isDeaf += change
        if self.machines[machine].isDeaf > 0 { self.logOut(machine) } else { self.logIn(machine) }
    }

    mutating func planNoticing(_ machine: Int) {
        self.plan(.notices, machine, in: self.chance.time(Self.noticing))
    }

    // MARK: Ways and methods

    /// A program or packet has reached a machine, or has not.
    mutating func answerWay(_ machine: Int) {
        guard self.machines[machine].wayAt == self.now else { return }
        let (way, id) = (self.machines[machine].way, self.machines[machine].id)
        self.machines[machine].wayAt = nil
        self.machines[machine].way = (nil, nil)
        let isReached = self.isReached(machine)
        if let stop = way.stop {
            let hears = isReached && self.machines[machine].isUp
            self.tell(.stopAnswered(id, stop, hears ? .taken : .failed("no answer")))
            if hears { self.stop(machine, .obeys) }
        } else if let start = way.start {
            self.tell(.startAnswered(id, start, .taken))
            if isReached, self.machines[machine].state == .off { self.boot(machine) }
            self.isPowerStale = true
        }
    }

    private func isReached(_ machine: Int) -> Bool {
        self.machines[machine].isPowered && self.topology.via[machine].allSatisfy { self.machines[$0].isPowered }
    }

    // MARK: Probes

    mutating func planProbes(of machine: Int) {
        guard self.machines[machine].isProbed else { return }
        for delay in Self.probes { self.queue.add(.probe(machine), at: self.now + delay) }
    }

    /// A machine is looked for on the network.
    mutating func probe(_ machine: Int) {
        let answers = self.machines[machine].isUp && self.isReached(machine)
        self.tell(.hostProbed(self.machines[machine].id, answers: answers))
    }
}
