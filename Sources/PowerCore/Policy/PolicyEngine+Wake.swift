extension PolicyEngine {
    /// While something runs down without a moment that can be named beforehand, the engine looks again this often.
    static let lookAgain = Duration.seconds(1)

    /// Asks to be called when the next thing is due, and only then: a quiet system has no wake-up at all.
    mutating func askForWake(at now: Moment) {
        let next = self.nextMoment(after: now)
        guard next != self.wakeAsked else { return }
        self.wakeAsked = next
        self.actions.append(next.map { .wake(at: $0) } ?? .cancelWake)
    }

    private func nextMoment(after now: Moment) -> Moment? {
        let hosts = self.order.compactMap { self.nextMoment(of: $0, after: now) }
        let outlets = self.outlets.compactMap { outlet, view -> Moment? in
            guard let task = view.task else { return nil }
            return task.issued.map { $0 + Self.answerTimeout } ?? self.earliest(outlet, task)
        }
        let forced = self.upses.values.compactMap { view in
            view.forced == nil ? nil : view.forcedSince.map { max($0 + Self.forcedHold, now + Self.lookAgain) }
        }
        return (hosts + outlets + forced).map { max($0, now + .milliseconds(1)) }.min()
    }

    private func nextMoment(of host: HostID, after now: Moment) -> Moment? {
        guard let view = self.consumers[host] else { return nil }
        switch view.phase {
        case .running, .waiting:
            // Charge and time left move by themselves.
            guard view.onBatterySince != nil || view.quietSince != nil || view.phase != .running else { return nil }
            return now + Self.lookAgain
        case .asked(_, let deadline):
            return deadline
        case .stopping(let since, let deadline):
            let off = view.stopPlan.map { since + $0.offAfterLogout } ?? deadline
            return off > now ? min(off, deadline) : deadline
        case .stopped(_, let since):
            let retries = view.rack.outlets.compactMap { self.outlets[$0]?.gaveUp }.map { $0 + Self.retryPause }
            let moments =
                retries + [since + self.settings.settle] + [self.whenStable(host, after: now)].compactMap(\.self)
            return moments.filter { $0 > now }.min()
        case .off(.unasked, _), .failedToStart:
            return nil
        case .off:
            return self.whenStable(host, after: now)
        case .starting(_, _, let deadline):
            return max(deadline, now + Self.lookAgain)
        }
    }

    /// When the mains of a host that is to be started will have been back long enough.
    private func whenStable(_ host: HostID, after now: Moment) -> Moment? {
        let upses = Set((self.consumers[host]?.rack.feeds ?? []).compactMap(self.ups))
        let moments = upses.compactMap { self.upses[$0]?.mainsSince }.map { $0 + self.settings.stable }
        return moments.filter { $0 > now }.min()
    }
}
