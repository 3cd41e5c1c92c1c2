/// An order of a person or program until it is answered.
struct OpenOrder: Sendable {
    /// What it is about, for the log.
    var subject: String
    /// What was ordered, and why.
    var inWords: String
    /// Who gave it.
    var actor: Actor
    /// Is told how it came out.
    var tell: @Sendable (OrderOutcome) -> Void
}

extension PowerManager {
    /// Whether orders about outlets make sense for a device: a PDU, or a host that outlets feed.
    func takesOutlets(_ device: DeviceID) -> Bool {
        self.pdus[device] != nil || self.isHost(HostID(device.name))
    }

    /// Takes or refuses an order about an outlet, or about all outlets of a host.
    func order(
        _ command: OutletCommand, _ parameter: String?, of device: DeviceID, by actor: Actor,
        _ outcome: @escaping @Sendable (OrderOutcome) -> Void
    ) throws(OrderRefusal) {
        let subject = command.number.map { "outlet \(device)/\($0)" } ?? device.name
        do throws(OrderRefusal) {
            switch (command.verb, command.number) {
            case (.switching(let order, let isDelayed), let number):
                let options = try OutletOptions(parameter: parameter, isDelayed: isDelayed)
                let words = "\(order.rawValue)\(options.reason.map { " (\($0))" } ?? "")"
                let taken = try self.submit(order, number, of: device, by: actor, options)
                self.orders[taken.number] = OpenOrder(subject: subject, inWords: words, actor: actor, tell: outcome)
                self.perform(taken.actions)
            case (.lock, let number?): try self.lock(OutletID(device, number), parameter, by: actor, outcome)
            case (.unlock, let number?): try self.unlock(OutletID(device, number), by: actor, outcome)
            case (.lock, nil), (.unlock, nil): throw OrderRefusal("\(device) has no such command")
            }
        } catch {
            self.log(
                .warning, subject, "\(command.name) by \(actor.inWords) refused: \(error.reason)", by: actor)
            throw error
        }
        // The alarm is set anew when the queue comes round.
        self.post(.wake)
    }

    private func submit(
        _ order: OutletOrder, _ number: Int?, of device: DeviceID, by actor: Actor, _ options: OutletOptions
    ) throws(OrderRefusal) -> (number: Int, actions: [PolicyAction]) {
        let now = self.wiring.timekeeper.now
        guard let number else {
            let host = HostID(device.name)
            for outlet in self.engine.outlets(of: host) { try self.refuseLocked(outlet) }
            return try self.engine.order(order, allOf: host, by: actor, options: options, at: now).get()
        }
        try self.refuseLocked(OutletID(device, number))
        return try self.engine.order(order, OutletID(device, number), by: actor, options: options, at: now).get()
    }

    private func refuseLocked(_ outlet: OutletID) throws(OrderRefusal) {
        guard let lock = self.locks[outlet] else { return }
        throw OrderRefusal("outlet \(outlet) is \(lock.inWords)", .locked)
    }

    // MARK: Locks

    private func lock(
        _ outlet: OutletID, _ reason: String?, by actor: Actor, _ outcome: @Sendable (OrderOutcome) -> Void
    ) throws(OrderRefusal) {
        try self.refuseLocked(outlet)
        // A cycle that is half done would leave the outlet off.
        if let refusal = self.engine.refusal(ofTouching: outlet) { throw refusal }
        let words = reason.map { $0.hasPrefix("reason=") ? String($0.dropFirst("reason=".count)) : $0 }
        let lock = OutletLock(actor: actor, reason: words)
        self.locks[outlet] = lock
        self.keep(outlet, lock)
        self.log(.notice, "outlet \(outlet)", "is \(lock.inWords)", by: actor)
        outcome(.done)
    }

    private func unlock(
        _ outlet: OutletID, by actor: Actor, _ outcome: @Sendable (OrderOutcome) -> Void
    ) throws(OrderRefusal) {
        guard self.locks.removeValue(forKey: outlet) != nil else {
            throw OrderRefusal("outlet \(outlet) is not locked")
        }
        self.keep(outlet, nil)
        self.log(.notice, "outlet \(outlet)", "is unlocked by \(actor.inWords)", by: actor)
        outcome(.done)
    }

    private func keep(_ outlet: OutletID, _ lock: OutletLock?) {
        self.write([.lock(outlet, lock)])
        self.shownPDUs[outlet.pdu] = nil
        self.pinSnapshot()
    }

    // MARK: Names

    /// Takes a reading in before whoever gave the order is answered, and looks.
    private func show(_ reading: PDUReading, of pdu: DeviceID, at now: Moment) {
        self.pdus[pdu]?.take(reading, at: now)
        self.pinSnapshot()
    }

    /// Stores another name of an outlet in its PDU, and reads it back.
    func rename(
        _ variable: String, of pdu: DeviceID, to name: String, by actor: Actor,
        _ outcome: @escaping @Sendable (OrderOutcome) -> Void
    ) throws(OrderRefusal) {
        let words = variable.split(separator: ".")
        guard words.count == 3, words[0] == "outlet", words[2] == "name", let number = Int(words[1]),
            let controller = self.controllers[pdu]
        else { throw OrderRefusal("\(variable) of \(pdu) cannot be set") }
        let configured = self.configuration.pdus.first { $0.rack.id == pdu }
        guard configured?.outletNames[number] == nil, configured?.namesAtDevice[number] == nil else {
            throw OrderRefusal("outlet \(pdu)/\(number) is named in the configuration; rename it there")
        }
        if let fed = self.engine.fed(by: OutletID(pdu, number)).first {
            throw OrderRefusal("outlet \(pdu)/\(number) is called like what it feeds, \(fed)")
        }
        try self.refuseLocked(OutletID(pdu, number))
        self.log(.notice, "outlet \(pdu)/\(number)", "is to be called '\(name)', says \(actor.inWords)", by: actor)
        let timekeeper = self.wiring.timekeeper
        self.attempt(outcome) { () async throws(DeviceFailure) in
            try await controller.rename(number, to: name)
            let reading = try await controller.read()
            await self.show(reading, of: pdu, at: timekeeper.now)
            let found = reading.outlets.first { $0.number == number }?.name
            guard found != name else { return }
            throw DeviceFailure(
                .stalled, device: pdu.name, detail: "outlet \(number) is still called '\(found ?? "")'")
        }
    }
}
