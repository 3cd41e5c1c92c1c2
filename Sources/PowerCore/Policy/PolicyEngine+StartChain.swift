extension PolicyEngine {
    /// How often the methods of starting a host are gone through until a person must look.
    public static let startRounds = 3

    /// How long after its outlets were switched on a machine is given until it is woken: its network card must hear it.
    static let wakePause = Duration.seconds(10)

    /// The first method from `index` on that can do anything for `host`; nil for none.
    func firstMethod(_ host: Int, from index: Int) -> Int? {
        let methods = self.rack.consumers[host].start.methods
        return methods.indices.dropFirst(index).first { method in
            methods[method] != .outlet
                || (!self.graph.nodes[host].outlets.isEmpty && !self.rack.consumers[host].isProtected)
        }
    }

    /// Begins a round: the first of its methods.
    mutating func start(_ host: Int, round: Int, at now: Moment) {
        guard let first = self.firstMethod(host, from: 0) else { return }
        self.start(host, round: round, method: first, at: now)
    }

    /// Begins with one method, which has the time to start for itself.
    private mutating func start(_ host: Int, round: Int, method: Int, at now: Moment) {
        let reason = PolicyReason.startTurn(round: round)
        let plan = self.rack.consumers[host].start
        // The time since the first attempt is what a start took.
        var since = now
        if case .starting(_, let first, _) = self.consumers[host].phase { since = first }
        self.consumers[host].memory.start = HostMemory.Attempt(index: method, since: now)
        self.enter(
            .starting(round: round, since: since, deadline: now + plan.timeout), host, because: reason,
            level: round > 1 ? .warning : .notice)
        guard !self.rack.consumers[host].isProtected else { return }
        self.switchOn(host, cycling: plan.methods[method] == .outlet, because: reason, at: now)
    }

    /// Switches the outlets of `host` on; where they are on already and that is how it starts, off and on.
    private mutating func switchOn(_ host: Int, cycling: Bool, because reason: PolicyReason, at now: Moment) {
        let outlets = self.graph.nodes[host].outlets
        // Off first and on last, for all of them: a dual-corded host must lose both feeds to notice.
        let live = outlets.filter { self.outlets[$0].position != .off }
        let isDownOnPower = self.rack.consumers[host].isHost && !live.isEmpty
        if cycling, isDownOnPower, !live.allSatisfy({ self.feedsNothingElse($0, than: host) }) { return }
        for outlet in outlets where self.outlets[outlet].task == nil && self.hasPower(outlet) {
            if cycling, isDownOnPower {
                self.begin([.off, .on], at: outlet, because: reason, now)
            } else if self.outlets[outlet].position != .on {
                self.begin([.on], at: outlet, because: reason, now)
            }
        }
    }

    private func feedsNothingElse(_ outlet: Int, than host: Int) -> Bool {
        !self.graph.sockets[outlet].feeds.contains {
            $0 != host && (self.mayRun($0) || self.rack.consumers[$0].isProtected)
        }
    }

    /// Whether there is power in front of `outlet`, as far as is known.
    func hasPower(_ outlet: Int) -> Bool {
        self.graph.sockets[outlet].ups.map { self.upses[$0].isLive } ?? false
    }

    // MARK: Under way

    /// Looks whether a host that is being started is up, and goes on where it is not.
    mutating func stepStart(_ host: Int, round: Int, since: Moment, deadline: Moment, at now: Moment) {
        if let witness = self.proofOfUp(host, since: since) { return self.seenUp(host, witness, at: now) }
        guard !self.isSwitching(host) else { return }
        self.sendStart(host, at: now)
        guard now >= self.endOfStart(deadline) else { return }
        let memory = self.consumers[host].memory
        let isWatched = memory.start == nil
        if self.isDown(host, since: since) == false, memory.hasClient, isWatched, memory.told != nil {
            // It was told to stop, draws power and no client has come back: it hangs on its way down.
            self.stopped(host, .timeout, nil, at: now)
        } else if self.isDown(host, since: since) == false, !memory.hasClient || isWatched {
            self.seenUp(host, .outletWatts, level: .warning, at: now)
        } else if self.consumers[host].onBatterySince == nil {
            self.tryNext(host, round: round, at: now)
        }
    }

    /// When the time to start is over: not before clients that are there have had the time to log in to a new daemon.
    func endOfStart(_ deadline: Moment) -> Moment {
        self.resumed.map { max(deadline, $0 + Self.reconnectTime) } ?? deadline
    }

    /// What proves that something which is being started is up.
    private func proofOfUp(_ host: Int, since: Moment) -> StartWitness? {
        let view = self.consumers[host]
        guard self.rack.consumers[host].isHost else { return self.proofOfPower(host) }
        if view.hasLoggedIn(since: since) { return .login }
        return view.hasAnswered(since: since) && !self.isSwitching(host) && self.isPowered(host) ? .reachable : nil
    }

    /// Sends the order of a method that is more than switching outlets, once the machine has had power long enough.
    private mutating func sendStart(_ host: Int, at now: Moment) {
        guard let attempt = self.consumers[host].memory.start, !attempt.isSent, self.isPowered(host),
            self.consumers[host].onBatterySince == nil, now >= self.readyToWake(host)
        else { return }
        self.consumers[host].memory.start?.isSent = true
        let method = self.rack.consumers[host].start.methods[attempt.index]
        guard method != .outlet else { return }
        self.record(.notice, self.name(host), .starting(by: method))
        self.actions.append(.start(self.name(host), by: method))
        self.isChanged = true
    }

    /// When the machine has had power long enough to be woken.
    func readyToWake(_ host: Int) -> Moment {
        let switched = self.graph.nodes[host].outlets.compactMap { self.outlets[$0].switchedOn }.max()
        return switched.map { $0 + Self.wakePause } ?? .beforeAll
    }

    /// The next method of the chain, the next round, or a person.
    private mutating func tryNext(_ host: Int, round: Int, at now: Moment) {
        // What booted by itself, or what has lost what it needs meanwhile, comes after that like anything else.
        guard self.missing(for: host).isEmpty else { return }
        let used = self.consumers[host].memory.start?.index
        if let next = self.firstMethod(host, from: used.map { $0 + 1 } ?? 0) {
            self.start(host, round: round, method: next, at: now)
        } else if round < Self.startRounds, self.firstMethod(host, from: 0) != nil {
            self.start(host, round: round + 1, at: now)
        } else {
            self.consumers[host].memory.start = nil
            self.enter(.failedToStart(since: now), host, because: .startFailed, level: .alarm)
        }
    }

    /// A method that could not be carried out leaves its time to the next one.
    mutating func takeAnswer(of host: Int, _ method: StartPlan.Method, _ answer: WayAnswer, at now: Moment) {
        guard case .failed(let why) = answer, case .starting(let round, _, _) = self.consumers[host].phase,
            let attempt = self.consumers[host].memory.start, attempt.isSent,
            self.rack.consumers[host].start.methods[attempt.index] == method
        else { return }
        self.record(.warning, self.name(host), .methodFailed(method, why))
        guard let next = self.firstMethod(host, from: attempt.index + 1) else { return }
        self.start(host, round: round, method: next, at: now)
    }

    // MARK: Turning round

    /// Takes back what was begun and not yet done for hosts that are being started while their mains fail again.
    mutating func turnRound(at now: Moment) {
        for host in self.consumers.indices where self.consumers[host].onBatterySince != nil {
            guard case .starting = self.consumers[host].phase else { continue }
            for outlet in self.graph.nodes[host].outlets {
                guard let task = self.outlets[outlet].task, case .startTurn = task.reason else { continue }
                self.outlets[outlet].task = task.issued == nil ? nil : task.onlyFirstStep
            }
            if !self.isPowered(host), !self.isSwitching(host) {
                self.consumers[host].memory.start = nil
                self.enter(.off(.cut, since: now), host, because: .turnedRound, level: .warning)
            }
        }
    }
}
