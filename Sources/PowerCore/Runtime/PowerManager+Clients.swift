extension PowerManager: ClientPort {
    /// The command of a host's virtual UPS that stops the host in order and starts it again.
    public static let drillCommand = "shutdown.reboot"

    /// What clients may know at this moment; returns at once, from any thread.
    public nonisolated var snapshot: PowerSnapshot { self.board.snapshot }

    /// A client has logged in to a device.
    public nonisolated func clientLoggedIn(_ device: DeviceID, by actor: Actor) {
        self.post(.loggedIn(device, actor))
    }

    /// A client that was logged in has left.
    public nonisolated func clientLoggedOut(_ device: DeviceID, by actor: Actor, politely: Bool) {
        self.post(.loggedOut(device, actor, politely: politely))
    }

    /// Takes or refuses an order; its outcome comes later.
    public func submit(
        _ order: ClientOrder, by actor: Actor, outcome: @escaping @Sendable (OrderOutcome) -> Void
    ) async throws(OrderRefusal) {
        switch order {
        case .command(let device, let name, let parameter):
            try await self.command(name, parameter, of: device, by: actor, outcome)
        case .set(let device, let variable, let value):
            if self.pdus[device] != nil { return try self.rename(variable, of: device, to: value, by: actor, outcome) }
            guard let control = self.controls[device] else {
                throw OrderRefusal("\(variable) of \(device) cannot be set")
            }
            self.log(.notice, device, "\(variable) set to \(value) by \(actor.inWords)", by: actor)
            self.attempt(outcome) { () async throws(DeviceFailure) in try await control.set(variable, to: value) }
        case .forcedShutdown(let device):
            try self.force(device, by: actor)
            outcome(.done)
        }
    }

    private func command(
        _ name: String, _ parameter: String?, of device: DeviceID, by actor: Actor,
        _ outcome: @escaping @Sendable (OrderOutcome) -> Void
    ) async throws(OrderRefusal) {
        if let extra = self.wiring.extras[device] {
            try await extra.run(name, parameter: parameter)
            self.post(.extraChanged)
            outcome(.done)
        } else if name == Self.drillCommand, self.isHost(HostID(device.name)) {
            try self.drill(HostID(device.name), by: actor)
            outcome(.done)
        } else if let order = OutletCommand(name, ofHost: self.isHost(HostID(device.name))), self.takesOutlets(device) {
            try self.order(order, parameter, of: device, by: actor, outcome)
        } else if let control = self.controls[device] {
            self.log(.notice, device, "\(name) ordered by \(actor.inWords)", by: actor)
            self.attempt(outcome) { () async throws(DeviceFailure) in try await control.run(name, parameter: parameter)
            }
        } else {
            throw OrderRefusal("\(device) takes no commands")
        }
    }

    /// Asks a device beside the queue, and tells how it came out.
    func attempt(
        _ outcome: @escaping @Sendable (OrderOutcome) -> Void,
        _ work: @escaping @Sendable () async throws(DeviceFailure) -> Void
    ) {
        Task {
            do throws(DeviceFailure) {
                try await work()
                outcome(.done)
            } catch {
                outcome(OutletAnswer(error).outcome)
            }
        }
    }

    private func force(_ device: DeviceID, by actor: Actor) throws(OrderRefusal) {
        let now = self.wiring.timekeeper.now
        if self.upses[device] != nil {
            self.perform(self.engine.handle(.upsForced(device, by: actor), at: now))
        } else if self.configuration.rack.consumers.contains(where: { $0.isHost && $0.id.name == device.name }) {
            self.perform(self.engine.handle(.hostForced(HostID(device.name), by: actor), at: now))
        } else {
            throw OrderRefusal("\(device) is neither a UPS nor a host")
        }
        // Clients see it at their next poll, so it is pinned before they are answered.
        self.pinSnapshot()
        self.post(.wake)
    }
}
