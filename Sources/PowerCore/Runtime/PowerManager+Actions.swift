extension PowerManager {
    /// How long an outlet is read back until the order counts as not verified: slow PDUs lag some seconds behind.
    static let verifyLimit = Duration.seconds(10)

    /// How long it waits between two readings while it verifies.
    static let verifyPause = Duration.milliseconds(300)

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
                self.turn(outlet, position)
            case .answer(let order, let outcome):
                self.outcomes.removeValue(forKey: order)?(outcome)
            case .record(let record):
                self.log(record.level, record.subject, record.reason.sentence)
            case .wake(let moment):
                self.engineWake = moment
            case .cancelWake:
                self.engineWake = nil
            }
        }
    }

    /// Switches an outlet beside the queue; the answer comes back through it.
    private func turn(_ outlet: OutletID, _ position: OutletPosition) {
        let controller = self.controllers[outlet.pdu]
        let timekeeper = self.wiring.timekeeper
        self.switching.removeAll(where: \.isCancelled)
        let task = Task {
            let answer = await Self.turn(outlet, position, through: controller, timekeeper) { reading in
                self.report(.pduRead(outlet.pdu, reading, at: timekeeper.now))
            }
            self.post(.answered(outlet, position, answer))
        }
        self.switching = self.switching.suffix(Self.rememberedTasks) + [task]
    }

    /// How many switching tasks are kept in order to be cancelled at the end; older ones are long over.
    private static let rememberedTasks = 256

    /// Gives the order and reads the outlet back until it stands as ordered or the time is over.
    private static func turn(
        _ outlet: OutletID, _ position: OutletPosition, through controller: (any OutletController)?,
        _ timekeeper: any Timekeeper, seen: @Sendable (PDUReading) -> Void
    ) async -> OutletAnswer {
        guard let controller else { return .failed("no driver for \(outlet.pdu)") }
        let deadline = timekeeper.now + Self.verifyLimit
        do {
            try await controller.turn(outlet.number, position)
            while timekeeper.now < deadline {
                let reading = try await controller.read()
                seen(reading)
                if reading.outlets.contains(where: { $0.number == outlet.number && $0.position == position }) {
                    return .verified
                }
                try await timekeeper.sleep(until: timekeeper.now + Self.verifyPause)
            }
            return .notVerified
        } catch let failure as DeviceFailure {
            return .failed(failure.description)
        } catch {
            return .failed("cancelled")
        }
    }
}
