extension PolicyEngine {
    /// How long after a restart nothing is begun unless every UPS has been heard before: what is remembered is not what
    /// is. Stock clients go down by themselves when their server is away for longer than that (NUT's DEADTIME).
    public static let lookTime = Duration.seconds(15)

    /// Makes an engine that goes on where the one ended that wrote `memory`, on the same time line.
    ///
    /// What is in `memory` and not in `rack` is forgotten. Until the UPSes have been heard, or ``lookTime`` is over,
    /// nothing is stopped, started or switched.
    public init(rack: Rack, settings: PolicySettings, memory: PolicyMemory, at now: Moment) {
        self.init(rack: rack, settings: settings)
        guard !memory.isEmpty else { return }
        self.resumed = now
        self.lookingUntil = now + Self.lookTime
        for ups in rack.upses.indices {
            guard let known = memory.upses[rack.upses[ups].id] else { continue }
            self.upses[ups].memory = known
            self.upses[ups].written = known
            self.upses[ups].isSilent = true
        }
        for host in rack.consumers.indices {
            guard let known = memory.hosts[rack.consumers[host].id] else { continue }
            self.consumers[host].memory = known
            self.consumers[host].resume(self.stopPlan(host), isManager: host == self.graph.manager, at: now)
            self.written[host] = known
        }
        for outlet in self.outlets.indices {
            self.resume(outlet, memory.outlets[self.graph.sockets[outlet].id], at: now)
        }
        for (id, known) in memory.outlets where self.graph.socket(id) == nil {
            guard let outlet = self.graph.learn(id) else { continue }
            self.outlets.append(OutletView())
            self.resume(outlet, known, at: now)
        }
    }

    /// Takes up an order that was in flight, as far as that is safe: what ends with power is brought to its end.
    ///
    /// An outlet that was to go off and on is found in one of two states: off, and then it is switched on; or on, and then
    /// it had not gone off yet or is back already, and nobody can tell which. A mere "off" is derived anew where it is still
    /// wanted.
    private mutating func resume(_ outlet: Int, _ known: OutletMemory?, at now: Moment) {
        guard let known else { return }
        self.outlets[outlet].written = known
        guard known.steps.last == .on else { return }
        let due = max(now, known.due ?? now)
        self.outlets[outlet].task = OutletView.Task(steps: [.on], notBefore: due, reason: known.reason)
    }

    /// Begins to act when the world has been seen, or when waiting longer would do more harm than acting on what is known.
    mutating func endLooking(at now: Moment) {
        guard let end = self.lookingUntil else { return }
        let isSeen =
            !self.upses.contains { $0.isSilent || $0.memory.heard == nil } && !self.outlets.contains { $0.isOld }
        guard isSeen || now >= end else { return }
        self.lookingUntil = nil
        // What was to go on is on already: nothing is left to do. Who has given an order meanwhile waits for its answer.
        for outlet in self.outlets.indices where self.outlets[outlet].position == .on {
            guard let task = self.outlets[outlet].task, task.steps == [.on], task.issued == nil, task.order == nil
            else {
                continue
            }
            self.outlets[outlet].task = nil
        }
    }

    /// Gives out what must be kept of what has just been decided, in front of the orders that follow from it.
    mutating func writeJournal() {
        var entries: [JournalEntry] = []
        for ups in self.upses.indices where self.upses[ups].memory.differs(from: self.upses[ups].written) {
            self.upses[ups].written = self.upses[ups].memory
            entries.append(.ups(self.rack.upses[ups].id, self.upses[ups].memory))
        }
        for host in self.consumers.indices where self.consumers[host].isToBeWritten {
            self.consumers[host].isToBeWritten = false
            guard self.consumers[host].memory != self.written[host] else { continue }
            self.written[host] = self.consumers[host].memory
            entries.append(.host(self.name(host), self.consumers[host].memory))
        }
        for outlet in self.outlets.indices {
            let memory = self.outlets[outlet].task.map { OutletMemory(steps: $0.steps, reason: $0.reason, due: $0.due) }
            guard memory != self.outlets[outlet].written else { continue }
            self.outlets[outlet].written = memory
            entries.append(.outlet(self.graph.sockets[outlet].id, memory))
        }
        if !entries.isEmpty { self.actions.insert(.journal(entries), at: 0) }
    }

    /// What was found in the journal, as a sentence without a full stop.
    var resumption: String {
        let busy = self.consumers.indices.filter { self.consumers[$0].phase != .running }
            .map { "\(self.name($0)) \(self.consumers[$0].phase.word)" }
        let found = busy.isEmpty ? "every host was running" : busy.joined(separator: ", ")
        return "goes on with the journal: \(found)"
    }

    /// All that the engine must keep, as one value: what a journal comes to that was written from the beginning.
    public var memory: PolicyMemory {
        var memory = PolicyMemory()
        for ups in self.upses.indices { memory.upses[self.rack.upses[ups].id] = self.upses[ups].written }
        for host in self.consumers.indices { memory.hosts[self.name(host)] = self.written[host] }
        for outlet in self.outlets.indices {
            memory.outlets[self.graph.sockets[outlet].id] = self.outlets[outlet].written
        }
        return memory
    }
}

extension ConsumerView {
    /// Puts right what was remembered and cannot be so any more.
    fileprivate mutating func resume(_ plan: StopPlan?, isManager: Bool, at now: Moment) {
        self.isSeen = true
        // Whether it has heard that it is to stop is not known: it is asked anew, and has its whole time for that.
        if case .asked = self.memory.phase, let plan {
            self.memory.phase = .asked(since: now, deadline: now + plan.timeout)
            self.memory.ask = nil
        }
        self.isFromOutage = self.memory.battery.since != nil
        // A manager that thinks is a machine that runs.
        if isManager, self.memory.phase != .running {
            self.memory.phase = .running
            self.memory.told = nil
            self.memory.ask = nil
            self.memory.forced = nil
        }
    }
}
