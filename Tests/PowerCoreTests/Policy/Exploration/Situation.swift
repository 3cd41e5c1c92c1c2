@testable import PowerCore

/// An engine in a small world at one moment, and everything that has gone wrong on the way there.
struct Situation {
    var engine = PolicyEngine(rack: SmallRack.rack, settings: SmallRack.settings)
    var world = SmallWorld()
    var now = Moment.origin
    var wake: Moment?
    /// What the journal comes to.
    var memory = PolicyMemory()
    /// What must never happen and did.
    var sins: [String] = []
    /// Whether the last input made the engine do anything but keep notes and ask for a wake-up.
    var hasActed = false

    /// Whether the daemon runs.
    var isListening = true

    /// Two inputs are never simultaneous, but so close that no time-out comes between them.
    static let instant = Duration.microseconds(1)

    /// A rack on mains of which everything has been heard; the hosts in `off` are halted, and always were.
    init(off: Set<Int> = []) {
        for host in off {
            self.world.machines[host] = .off
            self.world.isLoggedIn[host] = false
            self.world.wishes[host] = .down
        }
        self.reportAll()
        for host in self.world.isLoggedIn.indices where self.world.isLoggedIn[host] {
            self.tell(.clientLoggedIn(SmallRack.hosts[host]))
        }
        self.hasActed = false
    }

    // MARK: The engine's ears

    mutating func tell(_ input: PolicyInput) {
        guard self.isListening else { return }
        self.now = self.now + Self.instant
        self.noteLate()
        self.perform(self.engine.handle(input, at: self.now))
    }

    mutating func reportAll() {
        for ups in SmallRack.upses.indices { self.report(ups: ups) }
        for outlet in SmallRack.outlets.indices { self.report(outlet: outlet) }
    }

    mutating func report(ups: Int) {
        guard self.world.isHeard[ups] else { return }
        self.tell(.upsReported(SmallRack.upses[ups], self.world.condition(of: ups)))
    }

    mutating func report(outlet: Int) {
        let pdu = SmallRack.pduOfOutlet[outlet]
        guard self.world.isReachable[pdu], self.world.isLive(ups: pdu) else { return }
        let position: OutletPosition = self.world.isOn[outlet] ? .on : .off
        self.tell(
            .outletReported(SmallRack.outlets[outlet], position: position, power: self.world.watts(of: outlet)))
    }

    /// Reads all outlets of which an older reading than the one at hand would prove less.
    mutating func poll() {
        for outlet in SmallRack.outlets.indices {
            let consumer = self.engine.consumers[SmallRack.consumerOfOutlet[outlet]]
            let isNews =
                self.engine.outlets[outlet].isOld
                || consumer.memory.told.map { !self.isRead(outlet, since: $0) } ?? false
            if isNews || consumer.phase.since.map({ !self.isRead(outlet, since: $0) }) ?? false {
                self.report(outlet: outlet)
            }
        }
    }

    func isRead(_ outlet: Int, since moment: Moment) -> Bool {
        self.engine.outlets[outlet].measured.map { $0 > moment } ?? false
    }

    // MARK: The engine's hands

    mutating func perform(_ actions: [PolicyAction]) {
        // What an engine has given up waiting for is forgiven from that moment on, and orders may follow at once.
        self.follow()
        for action in actions {
            switch action {
            case .journal(let entries):
                for entry in entries { self.memory.take(entry) }
            case .wake(let moment):
                self.wake = moment
            case .cancelWake:
                self.wake = nil
            case .turn(let outlet, let position, _):
                self.hasActed = true
                self.order(outlet, position)
            case .announceShutdown(let host, _):
                self.hasActed = true
                self.judgeAsked(host)
            case .record(let record):
                self.hasActed = true
                if case .startTurn = record.reason { self.judgeStart(record.subject) }
            case .withdrawShutdown, .stop, .start, .answer, .cycle, .abandon:
                self.hasActed = true
            }
        }
        self.forgetLearnt()
        for host in SmallRack.hosts.indices
        where self.engine.consumers[host].phase == .running && !self.isBeingCut(host) {
            self.world.isTimedOut[host] = false
            self.world.isLate[host] = false
            self.world.isByHand[host] = false
        }
    }

    private mutating func order(_ outlet: OutletID, _ position: OutletPosition) {
        guard let index = SmallRack.outlets.firstIndex(of: outlet) else { return }
        // A PDU without power hears nothing.
        guard self.world.isLive(ups: SmallRack.pduOfOutlet[index]) else { return }
        if position == .off { self.judgeCut(index) }
        self.world.pending.removeAll { $0.outlet == index }
        self.world.pending.append(SmallWorld.Order(outlet: index, isOn: position == .on))
        self.world.pending.sort { $0.outlet < $1.outlet }
    }

    /// Learnt times would make every state a new one; they only make the moments of `last-safe-moment` better.
    private mutating func forgetLearnt() {
        for host in SmallRack.hosts.indices {
            let memory = self.engine.consumers[host].memory
            guard
                memory.stopTimes.count > 0 || memory.offTimes.count > 0
                    || memory.startTimes.count > 0
            else { continue }
            self.engine.consumers[host].memory.forgetLearnt()
            self.engine.written[host].forgetLearnt()
            self.memory.hosts[SmallRack.hosts[host]]?.forgetLearnt()
        }
    }

    /// Keeps up with what the engine may be forgiven, and with what is wanted.
    private mutating func follow() {
        if case .failedToStart = self.engine.consumers[SmallRack.load].phase { self.giveUp(SmallRack.load) }
        for host in SmallRack.hosts.indices {
            switch self.engine.consumers[host].phase {
            case .stopped(.timeout, _), .stopped(.timeSinceLogout, _):
                self.world.isTimedOut[host] = true
            case .off(.unasked, _):
                if self.world.wishes[host] == .either, !self.world.isUp(host) { self.world.wishes[host] = .down }
            case .failedToStart:
                self.giveUp(host)
            case .running, .waiting, .asked, .stopping, .stopped, .off, .starting:
                break
            }
        }
    }

    /// What could not be started in three rounds is for a person to look at, and so is what needs it.
    private mutating func giveUp(_ consumer: Int) {
        if consumer != SmallRack.load, self.world.wishes[consumer] == .up { self.world.wishes[consumer] = .either }
        for other in SmallRack.neededBy[consumer] { self.giveUp(other) }
    }

    /// Takes note of hosts whose time to start is over.
    mutating func noteLate() {
        for host in SmallRack.hosts.indices {
            if case .starting(_, _, let deadline) = self.engine.consumers[host].phase, deadline <= self.now {
                self.world.isLate[host] = true
            }
        }
    }

    /// Whether an order to cut it is on its way, which nobody can call back.
    private func isBeingCut(_ host: Int) -> Bool {
        self.world.pending.contains { !$0.isOn && SmallRack.consumerOfOutlet[$0.outlet] == host }
    }
}

extension HostMemory {
    fileprivate mutating func forgetLearnt() {
        self.stopTimes = LearntTimes()
        self.offTimes = LearntTimes()
        self.startTimes = LearntTimes()
    }
}

extension HostPhase {
    /// Since when the phase lasts.
    var since: Moment? {
        switch self {
        case .running: nil
        case .waiting(let since, _), .asked(let since, _), .stopping(let since, _), .stopped(_, let since),
            .off(_, let since), .starting(_, let since, _), .failedToStart(let since):
            since
        }
    }
}
