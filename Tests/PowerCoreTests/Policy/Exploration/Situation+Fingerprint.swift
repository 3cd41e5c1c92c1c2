@testable import PowerCore

/// Two situations with one fingerprint have the same future, as far as the engine and the world can tell.
///
/// Moments count by their distance from now in whole seconds, and only as far as a constant of the engine reaches; where
/// the engine asks which of two moments came first, the answer counts. Left out: learnt times (there are none), the sentence
/// that explains a phase, the number of the next order.
extension Situation {
    var fingerprint: UInt64 {
        var print = Fingerprint()
        self.addWorld(to: &print)
        print.add(self.ahead(self.wake))
        print.add(self.ahead(self.engine.lookingUntil))
        print.add(self.ago(self.engine.resumed, upTo: PolicyEngine.reconnectTime))
        for ups in self.engine.upses.indices { self.addUPS(ups, to: &print) }
        for consumer in self.engine.consumers.indices { self.addConsumer(consumer, to: &print) }
        for outlet in self.engine.outlets.indices { self.addOutlet(outlet, to: &print) }
        return print.value
    }

    private func addWorld(to print: inout Fingerprint) {
        print.add(self.world.hasMains + self.world.isHeard + self.world.isReachable)
        print.add(self.world.isOn + self.world.isStuck + self.world.isLoggedIn)
        print.add(self.world.isTimedOut + self.world.isLate + self.world.isByHand + self.world.isOffByHand)
        for battery in self.world.battery { print.add(Int(battery.rawValue)) }
        for machine in self.world.machines { print.add(Int(machine.rawValue)) }
        for wish in self.world.wishes { print.add(Int(wish.rawValue)) }
        for order in self.world.pending { print.add(order.outlet * 2 + (order.isOn ? 3 : 2)) }
        print.add(-1)
    }

    // MARK: Moments

    /// How long until `moment`, in seconds; one that is over is over.
    private func ahead(_ moment: Moment?) -> Int {
        guard let moment else { return -2 }
        let left = Self.seconds(moment - self.now)
        return left < 0 ? -1 : left
    }

    /// How long ago `moment` was, in seconds, up to a limit from which on it makes no difference.
    private func ago(_ moment: Moment?, upTo limit: Duration) -> Int {
        guard let moment else { return -1 }
        return Self.seconds(min(self.now - moment, limit))
    }

    private static func seconds(_ duration: Duration) -> Int {
        let (seconds, rest) = duration.components
        return Int(seconds) + (rest >= 500_000_000_000_000_000 ? 1 : 0)
    }

    // MARK: Parts of the engine

    private func addUPS(_ ups: Int, to print: inout Fingerprint) {
        let view = self.engine.upses[ups]
        let isReckoned = view.isSilent && view.condition.supply == .battery
        print.add(self.code(of: view.condition) * 2 + (view.isSilent ? 1 : 0))
        print.add(isReckoned ? self.ago(view.memory.heard, upTo: .seconds(100)) : view.memory.heard == nil ? -1 : -2)
        print.add(self.ago(view.memory.mainsSince, upTo: SmallRack.settings.stable))
        print.add(view.memory.forced != nil)
        print.add(self.ago(view.memory.forcedSince, upTo: PolicyEngine.forcedHold))
        print.add(self.code(of: view.written.condition))
    }

    private func code(of condition: UPSCondition) -> Int {
        let supply =
            switch condition.supply {
            case .unknown: 0
            case .mains: 1
            case .battery: 2
            case .off: 3
            }
        return supply * 4 + (condition.saysLow ? 2 : 0) + (condition.runtime == nil ? 0 : 1)
    }

    private func addConsumer(_ consumer: Int, to print: inout Fingerprint) {
        let view = self.engine.consumers[consumer]
        let memory = view.memory
        self.add(view.phase, to: &print)
        print.add([
            memory.forced != nil, memory.isCut, memory.hasClient, memory.hasDrawn, view.isSeen, view.isFromOutage,
        ])
        print.add(view.clients)
        print.add(self.ago(view.quietSince, upTo: PolicyEngine.believeDown))
        self.add(memory.battery, to: &print)
        self.add(memory.ask, to: &print)
        self.add(memory.start, to: &print)
        // Which came first: the only thing that is asked of these moments.
        print.add(memory.told.map { told in self.engine.resumed.map { told < $0 } ?? false } ?? false)
        print.add(memory.told == nil)
        let since = view.phase.mayHaveComeUp ? view.phase.since : nil
        print.add(since.map { view.hasLoggedIn(since: $0) } ?? false)
        for outlet in SmallRack.outletsOfConsumer[consumer] {
            print.add(memory.told.map { self.isRead(outlet, since: $0) } ?? false)
            print.add(since.map { self.isRead(outlet, since: $0) } ?? false)
        }
    }

    private func add(_ phase: HostPhase, to print: inout Fingerprint) {
        switch phase {
        case .running: print.add(0)
        case .waiting: print.add(1)
        case .asked(_, let deadline):
            print.add(2)
            print.add(self.ahead(deadline))
        case .stopping(let since, let deadline):
            print.add(3)
            print.add(self.ago(since, upTo: .seconds(15)))
            print.add(self.ahead(deadline))
        case .stopped(let witness, let since):
            print.add(witness == .timeout ? 4 : 5)
            print.add(self.ago(since, upTo: SmallRack.settings.settle))
        case .off(let cause, _):
            print.add(cause == .cut ? 6 : cause == .lostPower ? 7 : 8)
        case .starting(let round, _, let deadline):
            print.add(10 + round)
            print.add(self.ahead(deadline))
        case .failedToStart: print.add(9)
        }
    }

    private func add(_ battery: BatteryTime, to print: inout Fingerprint) {
        let longest = Duration.seconds(10)
        print.add(battery.since == nil ? -1 : Self.seconds(min(battery.counted(at: self.now), longest)))
        print.add(Self.seconds(min(battery.earlier, longest)))
        print.add(self.ago(battery.mainsSince, upTo: SmallRack.settings.stable))
    }

    private func add(_ attempt: HostMemory.Attempt?, to print: inout Fingerprint) {
        print.add(attempt.map { $0.index * 2 + ($0.isSent ? 1 : 0) } ?? -1)
    }

    private func addOutlet(_ outlet: Int, to print: inout Fingerprint) {
        let view = self.engine.outlets[outlet]
        print.add(view.position == .on ? 2 : view.position == .off ? 1 : 0)
        print.add(Int(view.power?.value ?? -1))
        print.add(view.isOld)
        print.add(self.ago(view.gaveUp, upTo: PolicyEngine.retryPause))
        print.add(view.written?.steps.count ?? 0)
        print.add(view.written?.due.map { self.ahead($0) } ?? -1)
        guard let task = view.task else { return print.add(-1) }
        for step in task.steps { print.add(step == .on ? 1 : 0) }
        print.add(self.ago(task.issued, upTo: PolicyEngine.answerTimeout))
        print.add(self.ahead(task.notBefore))
        print.add(task.attempts)
        print.add(task.force != nil)
        if case .startTurn = task.reason { print.add(1) } else if case .ordered = task.reason { print.add(2) }
    }
}

extension HostPhase {
    /// Whether a login or watts since the phase began would say that it is up.
    fileprivate var mayHaveComeUp: Bool {
        switch self {
        case .stopped, .off, .starting, .failedToStart: true
        case .running, .waiting, .asked, .stopping: false
        }
    }
}
