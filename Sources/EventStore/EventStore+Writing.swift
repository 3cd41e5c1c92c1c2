internal import Dispatch
internal import PowerCore
internal import Synchronization

extension EventStore {
    /// Takes the rows in, and waits for them unless the disk is known to hang.
    func write(_ rows: [JournalRow]) -> JournalFailure? {
        guard !rows.isEmpty else { return nil }
        let ticket = WriteTicket()
        let (refusal, waits) = self.state.withLock { self.take(rows, ticket, &$0) }
        self.drainSoon()
        guard waits else { return refusal }
        return self.outcome(of: ticket) ?? refusal
    }

    private func take(
        _ rows: [JournalRow], _ ticket: WriteTicket, _ state: inout State
    ) -> (refusal: JournalFailure?, waits: Bool) {
        guard !state.isClosed else { return (JournalFailure("\(self.path) is closed already"), false) }
        var isFull = false
        for row in rows where !state.backlog.take(row) { isFull = true }
        guard !state.isBehind else { return (self.hanging(state), false) }
        state.tickets.append(ticket)
        guard isFull else { return (nil, true) }
        let limit = self.limits.subjects
        return (JournalFailure("\(self.path) takes no more than \(limit) hosts, UPSes and outlets"), true)
    }

    private func outcome(of ticket: WriteTicket) -> JournalFailure? {
        if ticket.wait(atMost: self.limits.write) { return ticket.failure }
        return self.state.withLock { state in
            // It may have come through between the end of the wait and here.
            guard !ticket.isDone else { return ticket.failure }
            state.isBehind = true
            return self.hanging(state)
        }
    }

    /// What is said while the disk does not answer.
    func hanging(_ state: borrowing State) -> JournalFailure {
        let count = state.backlog.unsavedRows
        return JournalFailure(
            "\(self.path) cannot be written: its disk does not answer; look whether it is still there "
                + "(\(count) \(count == 1 ? "entry waits" : "entries wait") for it)")
    }

    /// An event about the store itself.
    func event(_ level: PolicyRecord.Level, _ text: String) -> HistoryEvent {
        HistoryEvent(moment: self.now, level: level, subject: StoredEvent.storeSubject, text: text)
    }

    var now: Moment { self.timeLine.moment(sinceBoot: self.machine.sinceBoot) }

    /// Has all that is in hand written as soon as the queue is free.
    func drainSoon() {
        let isNeeded = self.state.withLock { state in
            defer { state.isDrainQueued = true }
            return !state.isDrainQueued
        }
        guard isNeeded else { return }
        self.queue.async { [weak self] in
            guard let self else { return }
            self.state.withLock { $0.isDrainQueued = false }
            self.drain()
        }
    }

    /// Has all that is in hand written after a pause, or at the end of one that has begun already.
    func drainLater(after pause: Duration) {
        let isNeeded = self.state.withLock { state in
            guard !state.isClosed, !state.isLaterDrainQueued else { return false }
            state.isLaterDrainQueued = true
            return true
        }
        guard isNeeded else { return }
        self.queue.asyncAfter(deadline: .now() + pause.dispatch) { [weak self] in
            guard let self else { return }
            self.state.withLock { $0.isLaterDrainQueued = false }
            self.drain()
        }
    }

    /// Notes how far the time line has come, again and again for as long as the store is open.
    func refreshLater() {
        self.queue.asyncAfter(deadline: .now() + self.limits.refresh.dispatch) { [weak self] in
            guard let self, !self.state.withLock({ $0.isClosed }) else { return }
            self.refresh()
            self.refreshLater()
        }
    }
}
