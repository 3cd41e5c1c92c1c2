extension PowerManager {
    /// Carries the engine's orders out, one after the other.
    func perform(_ actions: [PolicyAction]) {
        for action in actions {
            switch action {
            case .announceShutdown(let host, _):
                self.log(.warning, host, "is told to shut down")
            case .withdrawShutdown(let host):
                self.log(.notice, host, "is no longer told to shut down")
            case .journal(let entries):
                self.write(entries)
            case .stop(let host, let way):
                self.tell(host, { .stopAnswered(host, way, $0) }) { control throws(HostFailure) in
                    try await control.stop(host, by: way)
                }
            case .start(let host, let method):
                self.tell(host, { .startAnswered(host, method, $0) }) { control throws(HostFailure) in
                    try await control.start(host, by: method)
                }
            case .turn(let outlet, let position, let reason):
                self.log(.notice, "outlet \(outlet)", "turning \(position.rawValue): \(reason.sentence)")
                self.carryOut(.turn(position), at: outlet)
            case .cycle(let outlet, let offTime, let reason):
                self.log(.notice, "outlet \(outlet)", "the PDU is to switch it off and on: \(reason.sentence)")
                self.carryOut(.cycle(offTime: offTime), at: outlet)
            case .abandon(let outlet):
                self.switching.removeValue(forKey: outlet)?.cancel()
            case .answer(let order, let outcome):
                self.answer(order, outcome)
            case .record(let record):
                self.log(record.level, record.subject, record.reason.sentence)
            case .wake(let moment):
                self.engineWake = moment
            case .cancelWake:
                self.engineWake = nil
            }
        }
    }

    /// Does something with an outlet beside the queue; the answer comes back through it.
    ///
    /// What was begun there before and has not come to its end is given up without an answer: it must not order anything after
    /// what is wanted now.
    private func carryOut(_ action: OutletDeed.Action, at outlet: OutletID) {
        var deed = OutletDeed(
            outlet, action, nameAtDevice: self.nameAtDevice(of: outlet), lock: self.locks[outlet]?.inWords)
        deed.losesWay = self.engine.feedsItsWay(outlet)
        let controller = self.controllers[outlet.pdu]
        let timekeeper = self.wiring.timekeeper
        self.switching[outlet]?.cancel()
        self.switching[outlet] = Task {
            guard let controller else {
                return self.post(.answered(outlet, deed.end, .failed("no driver for \(outlet.pdu)")))
            }
            let answer = await OutletSequence.run(deed, through: controller, timekeeper: timekeeper) { reading in
                self.report(.pduRead(outlet.pdu, reading, at: timekeeper.now))
            }
            guard !Task.isCancelled else { return }
            self.post(.answered(outlet, deed.end, answer))
        }
    }

    /// What the PDU must call an outlet before it is switched; nil where any name will do.
    private func nameAtDevice(of outlet: OutletID) -> String? {
        self.configuration.pdus.first { $0.rack.id == outlet.pdu }?.namesAtDevice[outlet.number]
    }

    /// Tells who gave the order how it came out, and keeps that in the history.
    private func answer(_ number: Int, _ outcome: OrderOutcome) {
        guard let order = self.orders.removeValue(forKey: number) else { return }
        switch outcome {
        case .done: self.log(.notice, order.subject, "\(order.inWords): done", by: order.actor)
        case .failed(let reason, _):
            self.log(.warning, order.subject, "\(order.inWords) failed: \(reason)", by: order.actor)
        }
        order.tell(outcome)
    }
}
