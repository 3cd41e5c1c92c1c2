public import PowerCore

/// Seasons of bad weather for a rack: each seed another one, and the same seed always the same.
///
/// Within ninety days the mains fail a dozen times, for seconds or for hours, at all circuits or at one; they flicker, a
/// UPS falls silent, a host hangs, an outlet is stuck, the daemon crashes. The last day is quiet, so that everything
/// can come back.
public struct StormSeason: Hashable, Sendable {
    /// How long a season is.
    public static let length = Duration.seconds(90 * 86_400)
    /// How long it is quiet in the end: batteries are charged within two hours, and what follows takes minutes.
    private static let quietEnd = Duration.seconds(86_400)
    /// How often the mains fail: as bad as the country.
    private static let outages = 8...16
    /// From a cut that nobody notices to one that no battery lasts for.
    private static let outageLength = Duration.seconds(2)...Duration.seconds(8 * 3600)
    /// How often all circuits fail together, and how often the mains flicker when they come back.
    private static let (together, flickering) = (0.7, 0.25)
    /// How often a season has a trouble of each kind.
    private static let troubled = 0.5

    /// The power graph.
    public var rack: Rack
    /// The times and triggers of the policy.
    public var settings: PolicySettings

    /// Makes the seasons of a rack.
    public init(rack: Rack, settings: PolicySettings) {
        self.rack = rack
        self.settings = settings
    }

    /// The season that belongs to `seed`.
    public func plan(seed: UInt64, isRecorded: Bool = false) -> SimulationPlan {
        var chance = Chance(seed: seed)
        var plan = SimulationPlan(rack: self.rack, settings: self.settings, seed: chance.next(), isRecorded: isRecorded)
        plan.length = Self.length
        plan.machines = self.machines(&chance)
        let count = Self.outages.lowerBound + chance.below(Self.outages.count)
        for _ in 0..<count { self.addOutage(to: &plan, &chance) }
        self.addFaults(to: &plan, &chance)
        return plan
    }

    /// Machines that keep what the rack says of them, some with more room, some with less.
    private func machines(_ chance: inout Chance) -> [HostID: Configuration.EmulatedMachine] {
        var machines: [HostID: Configuration.EmulatedMachine] = [:]
        for consumer in self.rack.consumers {
            guard case .host(let plan) = consumer.kind else { continue }
            let usual = min(plan.offAfterLogout, plan.timeout)
            machines[consumer.id] = Configuration.EmulatedMachine(
                boot: chance.time(consumer.start.timeout * 0.05...consumer.start.timeout * 0.3),
                stop: chance.time(usual * 0.1...usual * 0.75))
        }
        return machines
    }

    private func addOutage(to plan: inout SimulationPlan, _ chance: inout Chance) {
        let from = chance.time(.zero...(Self.length - Self.quietEnd - Self.outageLength.upperBound))
        let to = from + chance.timeByOrder(Self.outageLength)
        let sources = Set(self.rack.upses.map(\.source)).sorted()
        var upses: [DeviceID] = []
        if sources.count > 1, !chance.isTrue(Self.together) {
            let source = sources[chance.below(sources.count)]
            upses = self.rack.upses.filter { $0.source == source }.map(\.id)
        }
        plan.cuts.append(SimulationPlan.Cut(of: upses, from: from, to: to))
        if chance.isTrue(Self.flickering) {
            plan.faults.append(SimulationFault(.mainsFlicker(upses), from: to + SimulationFault.flickerPause))
        }
    }

    /// What goes wrong does so during an outage: at other times nobody notices.
    private func addFaults(to plan: inout SimulationPlan, _ chance: inout Chance) {
        let cuts = plan.cuts
        func during(_ chance: inout Chance) -> SimulationPlan.Cut { cuts[chance.below(cuts.count)] }
        let hosts = self.rack.consumers.filter(\.isHost).map(\.id)
        let outlets = self.rack.consumers.flatMap(\.outlets)
        if chance.isTrue(Self.troubled), !self.rack.upses.isEmpty {
            let from = during(&chance).from + chance.time(.zero ... .seconds(600))
            let ups = self.rack.upses[chance.below(self.rack.upses.count)].id
            plan.faults.append(
                SimulationFault(.upsSilent(ups), from: from, to: from + chance.time(.seconds(60) ... .seconds(3600))))
        }
        if chance.isTrue(Self.troubled), !hosts.isEmpty {
            let cut = during(&chance)
            plan.faults.append(
                SimulationFault(.hostHangs(hosts[chance.below(hosts.count)]), from: cut.from, to: cut.to))
        }
        if chance.isTrue(Self.troubled), !outlets.isEmpty {
            let cut = during(&chance)
            let begin = chance.isTrue(0.5) ? cut.from : cut.to ?? cut.from
            let from = begin + chance.time(.zero ... .seconds(900))
            plan.faults.append(
                SimulationFault(
                    .outletSticks(outlets[chance.below(outlets.count)]), from: from,
                    to: from + chance.time(.seconds(10) ... .seconds(180))))
        }
        if chance.isTrue(Self.troubled) {
            let from = during(&chance).from + chance.timeByOrder(.seconds(1) ... .seconds(3600))
            plan.faults.append(SimulationFault(.daemonCrash, from: from))
        }
    }
}
