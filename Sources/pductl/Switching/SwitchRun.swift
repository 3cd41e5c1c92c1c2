import NUTTransport
import PowerCore

/// Gives the orders of a plan, waits for each, and looks whether what was switched stands as it should.
struct SwitchRun {
    /// How orders follow each other, and how long each is waited for.
    struct Pace: Equatable {
        /// Between two orders to one PDU: not everything draws its inrush current at once.
        var stagger = Duration.seconds(1)
        /// How long one order may take until it is seen to have been carried out.
        var timeout = Duration.seconds(60)
        /// Whether anything is waited for.
        var waits = true
    }

    /// Between two looks at an outlet: relays take less than a second, PDUs are asked every few seconds.
    private static let lookInterval = Duration.milliseconds(500)

    let client: NUTClient
    let plan: SwitchPlan
    let pace: Pace
    let progress: SwitchProgress

    /// Carries the plan out, PDUs side by side.
    func run() async -> SwitchSummary {
        await withTaskGroup(of: Void.self) { group in
            for lane in self.plan.lanes { group.addTask { await self.run(lane) } }
        }
        return await self.progress.summary
    }

    private func run(_ lane: [SwitchOrder]) async {
        for (index, order) in lane.enumerated() {
            if index > 0 { try? await Task.sleep(for: self.pace.stagger) }
            await self.progress.note(order, .underWay)
            await self.progress.note(order, await self.end(of: order))
        }
    }

    /// Gives one order, and says how it came out.
    private func end(of order: SwitchOrder) async -> SwitchState {
        let clock = ContinuousClock()
        let begin = clock.now
        do throws(NUTClientError) {
            let result = try await self.client.run(
                order.command, on: order.device, parameter: order.parameter, waitForResult: self.pace.waits)
            guard self.pace.waits else { return .taken }
            // Our server answers when a delayed order has been carried out, NUT's drivers when they have noted it.
            if let delay = order.delay, clock.now - begin < .seconds(delay) { return .taken }
            guard let position = order.action.position else { return result == .done ? .done(nil) : .taken }
            // A cycle begins and ends with the same position: only the server can tell that it took place.
            guard result == .done || order.action != .cycle else { return Self.untold }
            return await self.look(at: order.outlets.map(\.id), for: position, isToldDone: result == .done)
        } catch {
            return .failed(error.ending, error.sentence)
        }
    }

    private static var untold: SwitchState {
        .failed(.notVerified, "the server has taken the order; it does not tell how it came out")
    }

    /// Looks at the outlets until all stand as they should or the time is over.
    private func look(at outlets: [OutletID], for position: String, isToldDone: Bool) async -> SwitchState {
        let clock = ContinuousClock()
        let end = clock.now + self.pace.timeout
        while true {
            var seen: [String] = []
            for outlet in outlets {
                guard
                    let status = try? await self.client.value(of: "outlet.\(outlet.number).status", on: outlet.pdu.name)
                else { return isToldDone ? .done(nil) : Self.untold }
                seen.append(status.lowercased())
            }
            if seen.allSatisfy({ $0 == position }) { return .done(position) }
            guard clock.now < end, (try? await clock.sleep(for: Self.lookInterval)) != nil else {
                let others = Set(seen.filter { $0 != position }).sorted().joined(separator: ", ")
                return .failed(
                    .notVerified, "the order was taken, but it is \(others) after \(self.pace.timeout.inShort)")
            }
        }
    }
}
