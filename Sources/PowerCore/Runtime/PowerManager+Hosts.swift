extension PowerManager {
    /// How often a host is looked for while nothing is intended with it: enough to know it before an outage.
    static let quietProbeInterval = Duration.seconds(30)

    /// How often a host is looked for while it stops or starts: some looks in a row make a proof.
    static let busyProbeInterval = Duration.seconds(2)

    /// Keeps what must not be forgotten, before what follows from it is done; a failure is said once and stops nothing.
    func write(_ entries: [JournalEntry]) {
        guard let journal = self.wiring.journal else { return }
        let failure = journal.write(entries, at: self.wiring.timekeeper.now)
        guard failure != self.journalFailure else { return }
        self.journalFailure = failure
        if let failure {
            self.log(.alarm, "journal", "\(failure.reason); the rack is protected all the same, but not over a restart")
        } else {
            self.log(.notice, "journal", "is written again")
        }
    }

    /// Tells a host something beside the queue; the answer comes back through it.
    func tell(
        _ host: HostID, _ input: @escaping @Sendable (WayAnswer) -> PolicyInput,
        _ order: @escaping @Sendable (any HostControl) async throws(HostFailure) -> String
    ) {
        guard let control = self.wiring.hosts else {
            return self.post(.host(input(.failed("nothing here can reach \(host)"))))
        }
        Task {
            do throws(HostFailure) {
                let said = try await order(control)
                if !said.isEmpty { self.log(.notice, host, said) }
                self.post(.host(input(.taken)))
            } catch {
                self.post(.host(input(.failed(error.reason))))
            }
        }
    }

    // MARK: Looking for hosts on the network

    /// Looks for every host that has probes, and for no other.
    func followProbes() {
        guard let control = self.wiring.hosts else { return }
        let wanted = Set(self.configuration.rack.consumers.filter(\.isProbed).map(\.id))
        for (host, task) in self.probing where !wanted.contains(host) {
            task.cancel()
            self.probing[host] = nil
        }
        for host in wanted where self.probing[host] == nil {
            self.probing[host] = Task { await self.probe(host, through: control) }
        }
    }

    private nonisolated func probe(_ host: HostID, through control: any HostControl) async {
        let timekeeper = self.wiring.timekeeper
        while !Task.isCancelled {
            let sighting = await control.look(for: host)
            guard !Task.isCancelled else { return }
            await self.take(sighting, of: host)
            let pause = await self.probeInterval(of: host)
            guard (try? await timekeeper.sleep(until: timekeeper.now + pause)) != nil else { return }
        }
    }

    /// What proves neither up nor down is said once, and decides nothing.
    private func take(_ sighting: HostSighting, of host: HostID) {
        guard case .unclear(let doubt) = sighting else {
            self.probeDoubts[host] = nil
            return self.post(.host(.hostProbed(host, answers: sighting == .answers)))
        }
        if self.probeDoubts[host] != doubt { self.log(.warning, host, "cannot be looked for: \(doubt)") }
        self.probeDoubts[host] = doubt
    }

    private func probeInterval(of host: HostID) -> Duration {
        switch self.engine.phase(of: host) {
        case .asked, .stopping, .starting, .stopped: Self.busyProbeInterval
        case .running, .waiting, .off, .failedToStart, nil: Self.quietProbeInterval
        }
    }

    // MARK: A drill

    /// Stops one host in order and starts it again, for real, if that can end well.
    func drill(_ host: HostID, by actor: Actor) throws(OrderRefusal) {
        if let refusal = self.engine.refusal(ofDrill: host) {
            self.log(.warning, host, "a drill by \(actor.inWords) is refused: \(refusal.reason)", by: actor)
            throw refusal
        }
        self.log(.notice, host, "a drill is ordered by \(actor.inWords)", by: actor)
        self.perform(self.engine.handle(.hostForced(host, by: actor), at: self.wiring.timekeeper.now))
        self.pinSnapshot()
        self.post(.wake)
    }
}
