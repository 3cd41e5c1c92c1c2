extension OutletSequence {
    /// Carries the deed out through `controller`; hands every reading to `seen`.
    ///
    /// Ends early, with a failure in words, only when the task is cancelled.
    public static func run(
        _ deed: OutletDeed, through controller: any OutletController, patience: Patience = Patience(),
        timekeeper: any Timekeeper, seen: @Sendable (PDUReading) -> Void = { _ in }
    ) async -> OutletAnswer {
        var sequence = OutletSequence(deed, patience: patience, at: timekeeper.now)
        var step = Step.read(at: timekeeper.now)
        while !Task.isCancelled {
            switch step {
            case .end(let answer): return answer
            case .give:
                let event = await Self.give(deed, to: controller)
                step = sequence.take(event, at: timekeeper.now)
            case .read(let moment):
                if moment > timekeeper.now { try? await timekeeper.sleep(until: moment) }
                guard !Task.isCancelled else { break }
                let event = await Self.read(controller, seen)
                step = sequence.take(event, at: timekeeper.now)
            }
        }
        return .failed("cancelled")
    }

    private static func give(_ deed: OutletDeed, to controller: any OutletController) async -> Event {
        do throws(DeviceFailure) {
            switch deed.action {
            case .turn(let position): try await controller.turn(deed.outlet.number, position)
            case .cycle(let offTime): try await controller.cycle(deed.outlet.number, offTime: offTime)
            }
            return .given
        } catch {
            return .refused(error)
        }
    }

    private static func read(
        _ controller: any OutletController, _ seen: @Sendable (PDUReading) -> Void
    ) async -> Event {
        do throws(DeviceFailure) {
            let reading = try await controller.read()
            seen(reading)
            return .read(reading)
        } catch {
            return .unreadable(error)
        }
    }
}
