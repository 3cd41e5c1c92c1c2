extension PolicyEngine {
    /// How long a PDU may take until an order to an outlet counts as failed.
    public static let answerTimeout = Duration.seconds(30)

    /// How often an order to an outlet is given until it counts as failed.
    public static let outletAttempts = 3

    /// How long an outlet that did not obey is left alone before the engine tries again of its own accord.
    public static let retryPause = Duration.seconds(60)

    /// How long FSD stays on a UPS at least: stock clients poll every 5 s, careless ones every 30 s.
    public static let forcedHold = Duration.seconds(60)

    /// How long an outlet stays off in a cycle, so that power supplies run empty and a machine notices.
    public static let cyclePause = Duration.seconds(10)

    /// The pause before an order that failed is given again; it grows by as much with every attempt.
    public static let attemptPause = Duration.seconds(5)

    /// Begins to switch an outlet; the caller has made sure that nothing is in flight there.
    mutating func begin(_ steps: [OutletPosition], at outlet: Int, because reason: PolicyReason, _ now: Moment) {
        self.begin(OutletView.Task(steps: steps, notBefore: now, reason: reason), at: outlet)
    }

    /// Begins to carry a task out; the caller has made sure that nothing is in flight there.
    mutating func begin(_ task: OutletView.Task, at outlet: Int) {
        self.outlets[outlet].task = task
        self.isChanged = true
        guard task.takesPower else { return }
        // What a person switches off stays off; a cycle is to end with power.
        for host in self.graph.sockets[outlet].feeds {
            self.consumers[host].memory.isCut = task.order == nil || task.steps.last == .on
        }
    }

    /// Gives back what was cut of something that is up again, be it by one feed alone or without the engine's doing: it was
    /// redundant before.
    mutating func giveBack(_ host: Int, at now: Moment) {
        guard self.consumers[host].memory.isCut, self.consumers[host].onBatterySince == nil,
            !self.rack.consumers[host].isProtected
        else { return }
        let outlets = self.graph.nodes[host].outlets
        if outlets.allSatisfy({ self.outlets[$0].position == .on && self.outlets[$0].task == nil }) {
            self.consumers[host].memory.isCut = false
        }
        for outlet in outlets where self.outlets[outlet].position == .off && self.isFree(outlet, at: now) {
            if let ups = self.graph.sockets[outlet].ups, self.isStable(ups: ups, at: now) {
                self.begin([.on], at: outlet, because: .startTurn(round: 1), now)
            }
        }
    }

    /// Gives the orders whose time has come, in the order of the rack: at most one a PDU within the stagger.
    mutating func stepOutlets(at now: Moment) {
        for outlet in self.outlets.indices {
            guard let task = self.outlets[outlet].task else { continue }
            if let issued = task.issued {
                if now >= issued + self.patience(outlet, task) {
                    self.actions.append(.abandon(self.graph.sockets[outlet].id))
                    self.fail(outlet, task, .unreachable("no answer in time"), at: now)
                }
            } else if let refusal = self.whyNotWaitedFor(outlet, task, at: now) ?? self.whyNoLonger(outlet, task) {
                self.outlets[outlet].task = nil
                self.answer(task, .failed(refusal.reason, refusal.trouble))
            } else if now >= self.earliest(outlet, task), let position = task.steps.first,
                self.isWaitedFor(outlet, task, at: now)
            {
                self.outlets[outlet].task?.issued = now
                self.outlets[outlet].task?.attempts += 1
                self.lastSwitched[self.graph.sockets[outlet].pdu] = now
                let id = self.graph.sockets[outlet].id
                self.actions.append(
                    task.isNative
                        ? .cycle(id, offTime: task.offTime, task.reason) : .turn(id, position, task.reason))
            }
        }
    }

    /// How long a step may take until it counts as failed.
    func patience(_ outlet: Int, _ task: OutletView.Task) -> Duration {
        guard task.isNative else { return Self.answerTimeout }
        return Self.answerTimeout + task.offTime + (self.feedsItsWay(outlet) ? OutletSequence.wayTime : .zero)
    }

    /// Why an order is not waited for any longer that is still to come, or nil: what is on battery now is the policy's, which
    /// an outlet that is somebody else's for minutes would keep from cutting it.
    private func whyNotWaitedFor(_ outlet: Int, _ task: OutletView.Task, at now: Moment) -> OrderRefusal? {
        guard task.isDelayed, now < task.notBefore,
            let host = self.graph.sockets[outlet].feeds.first(where: { self.consumers[$0].onBatterySince != nil })
        else { return nil }
        return OrderRefusal("\(self.name(host)) lives on battery since; order it again", .interlock)
    }

    /// When a step may be given: not before its own pause is over, and not within the stagger of its PDU.
    func earliest(_ outlet: Int, _ task: OutletView.Task) -> Moment {
        guard let last = self.lastSwitched[self.graph.sockets[outlet].pdu] else { return task.notBefore }
        return max(task.notBefore, last + self.settings.stagger)
    }

    /// Why an outlet must not be cut any more, or nil: an order that failed is given again much later, power that was away
    /// boots machines, and what was one feed of two may be the last one now.
    private func whyNoLonger(_ outlet: Int, _ task: OutletView.Task) -> OrderRefusal? {
        guard task.takesPower else { return nil }
        let feeds = self.graph.sockets[outlet].feeds
        let isWanted: Bool
        switch task.reason {
        case .settled: isWanted = self.mayBeCut(outlet) && feeds.contains(where: self.isStopped)
        case .startTurn: isWanted = !feeds.contains { self.consumers[$0].phase == .running }
        default:
            let others = feeds.filter { task.force != self.name($0).name }
            return others.lazy.compactMap { self.refusal(at: outlet, feeding: $0) }.first
        }
        return isWanted ? nil : OrderRefusal("outlet \(self.graph.sockets[outlet].id) feeds something that is up again")
    }

    private func isStopped(_ host: Int) -> Bool {
        if case .stopped = self.consumers[host].phase { true } else { false }
    }

    /// Whether the other feeds of a host that is power-cycled are off, so that it really starts from nothing.
    private func isWaitedFor(_ outlet: Int, _ task: OutletView.Task, at now: Moment) -> Bool {
        guard task.steps == [.on] else { return true }
        if task.isJoined {
            return !self.outlets.contains { other in
                guard let sibling = other.task, sibling.order == task.order else { return false }
                return sibling.steps.first == .off || sibling.notBefore > now
            }
        }
        guard case .startTurn = task.reason else { return true }
        return !self.graph.sockets[outlet].feeds.contains { host in
            self.graph.nodes[host].outlets.contains { self.outlets[$0].task?.steps.first == .off }
        }
    }

    /// Takes the answer to an order in, and goes on to the next step or to the next attempt.
    mutating func takeAnswer(_ id: OutletID, _ position: OutletPosition, _ answer: OutletAnswer, at now: Moment) {
        guard let outlet = self.graph.socket(id) else { return }
        if answer == .verified {
            self.outlets[outlet].position = position
            self.outlets[outlet].switchedOn = position == .on ? now : nil
        }
        guard let task = self.outlets[outlet].task, task.issued != nil, task.steps.first == position else { return }
        guard answer == .verified else { return self.fail(outlet, task, answer, at: now) }
        self.outlets[outlet].gaveUp = nil
        if task.steps.count == 1 {
            self.outlets[outlet].task = nil
            self.answer(task, .done)
        } else {
            var next = task
            next.steps.removeFirst()
            next.issued = nil
            next.attempts = 0
            next.notBefore = now + task.offTime
            next.due = next.notBefore
            next.isDelayed = false
            self.outlets[outlet].task = next
        }
    }

    /// Tries again after a pause that grows, or gives up and says so.
    private mutating func fail(_ outlet: Int, _ task: OutletView.Task, _ answer: OutletAnswer, at now: Moment) {
        let id = self.graph.sockets[outlet].id
        let isLast = task.attempts >= self.attempts(task)
        self.record(isLast ? .alarm : .warning, id, .outletRefused(id, task.steps.first ?? .off, answer))
        guard isLast else {
            self.outlets[outlet].task?.issued = nil
            self.outlets[outlet].task?.notBefore = now + Self.attemptPause * task.attempts
            return
        }
        self.outlets[outlet].task = self.giveBackAfterFailure(of: task, at: now)
        if self.outlets[outlet].task == nil { self.outlets[outlet].gaveUp = now }
        self.answer(task, answer.outcome)
    }

    /// What is left of a cycle that could not be seen to take the power away: the outlet may go off all the same, late, and is
    /// to end with power.
    private func giveBackAfterFailure(of task: OutletView.Task, at now: Moment) -> OutletView.Task? {
        guard task.takesPower, task.steps.last == .on else { return nil }
        return OutletView.Task(steps: [.on], notBefore: now + Self.attemptPause, reason: task.reason)
    }

    /// How often a step is tried: a person waits for the answer, and decides; but what a cycle has switched off is not left
    /// off for one failure.
    private func attempts(_ task: OutletView.Task) -> Int {
        guard case .ordered(let order, _) = task.reason, order != .cycle || task.takesPower else {
            return Self.outletAttempts
        }
        return 1
    }

    /// Answers who gave the order, when all that belongs to it has come to an end.
    private mutating func answer(_ task: OutletView.Task, _ outcome: OrderOutcome) {
        guard let number = task.order else { return }
        guard var order = self.hostOrders[number] else {
            self.actions.append(.answer(order: number, outcome))
            return
        }
        order.take(outcome)
        self.hostOrders[number] = order.isOver ? nil : order
        if order.isOver { self.actions.append(.answer(order: number, order.outcome)) }
    }
}
