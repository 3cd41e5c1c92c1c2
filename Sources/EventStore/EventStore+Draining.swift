internal import PowerCore
internal import Synchronization

// All of this runs on the queue, and may take as long as the disk does.
extension EventStore {
    /// Writes the entries in hand, then some of the events, and comes back for what is left.
    func drain() {
        guard self.drainRows(), self.drainEvents(), self.compactIfDue() else {
            return self.drainLater(after: self.limits.retry)
        }
        let isMoreInHand = self.state.withLock { state in
            !state.isClosed && (state.backlog.hasUnsavedRows || state.backlog.hasEvents)
        }
        if isMoreInHand { self.drainSoon() }
    }

    /// Notes how far the time line has come, and deletes what is too old.
    func refresh() {
        let oldest = self.now - self.keep
        let failure = self.commit { disk in
            try disk.append([JournalRow](), self.record())
            try disk.trimHistory(
                before: oldest, keeping: self.limits.historyEvents, atMost: self.limits.deleteAtOnce)
        }
        if failure != nil { self.drainLater(after: self.limits.retry) }
    }

    private func drainRows() -> Bool {
        // First, since a file that was opened anew needs every entry again.
        let opening = self.attempt { _ in }
        let (rows, tickets, isProbe) = self.state.withLock { state in
            defer { state.tickets = [] }
            return (state.backlog.rowsToSave(), state.tickets, state.outage != nil)
        }
        var failure = opening
        if failure == nil, isProbe || !rows.rows.isEmpty {
            failure = self.commit { try $0.append(rows.rows, self.record()) }
        }
        self.state.withLock { state in
            if failure == nil {
                state.backlog.rowsSaved(rows)
                state.added += rows.rows.count
                if !state.backlog.hasUnsavedRows { state.isBehind = false }
            }
            for ticket in tickets { ticket.finish(failure) }
        }
        return failure == nil
    }

    private func drainEvents() -> Bool {
        let events = self.state.withLock { $0.backlog.eventsToSave(atMost: self.limits.eventsAtOnce) }
        guard !events.isEmpty else { return true }
        guard self.commit({ try $0.append(events, self.record()) }) == nil else { return false }
        let now = self.now
        let wall = self.machine.wall
        self.state.withLock { $0.backlog.eventsSaved(events.count, at: now, wall: wall) }
        return true
    }

    private func compactIfDue() -> Bool {
        let isDue = self.state.withLock { state in
            guard state.added >= self.limits.compactAfter else { return false }
            state.added = 0
            return true
        }
        return !isDue || self.commit { try $0.compactJournal() } == nil
    }

    /// Does what ends with something on the disk, and so shows that the disk is well.
    private func commit(_ work: (any StoreDisk) throws -> Void) -> JournalFailure? {
        if let failure = self.attempt(work) { return failure }
        let outage = self.state.withLock { state in
            defer { state.outage = nil }
            return state.outage
        }
        if let outage { self.note(self.event(.warning, outage.sentence(until: self.now))) }
        return nil
    }

    private func attempt(_ work: (any StoreDisk) throws -> Void) -> JournalFailure? {
        do {
            try work(try self.openDisk())
            return nil
        } catch {
            let fault = StoreFault(error, path: self.path)
            self.takeNote(of: fault)
            return fault.failure
        }
    }

    private func takeNote(of fault: StoreFault) {
        let now = self.now
        self.state.withLock { state in
            state.outage = StoreOutage(since: state.outage?.since ?? now, failure: fault.failure)
        }
        if fault.isConnectionLost { self.letGo() }
    }

    /// Gives the file back to the system, and the lock with it.
    func letGo() {
        let disk = self.state.withLock { state in
            defer { state.disk = nil }
            return state.disk
        }
        // It ends here and not under the lock, since closing may wait for the disk.
        withExtendedLifetime(disk) {}
    }

    private func openDisk() throws -> any StoreDisk {
        let (open, isClosed) = self.state.withLock { ($0.disk, $0.isClosed) }
        if let open { return open }
        guard !isClosed else { throw StoreFault(self.path, "is closed already") }
        let opened = try self.connect()
        // What it holds is older than what is in hand; it may even be another file.
        self.state.withLock { state in
            state.disk = opened.disk
            state.backlog.forgetSaved()
        }
        for note in opened.notes { self.note(self.event(.warning, note)) }
        return opened.disk
    }

    private func record() -> TimeLine.Record {
        self.timeLine.record(sinceBoot: self.machine.sinceBoot, wall: self.machine.wall)
    }
}
