import PowerCore
import Testing

@testable import PowerLab

/// A judge is judged by crimes that are committed on purpose: no engine is asked.
@Suite struct JudgementTests {
    private var world = Simulation(SimulationPlan(rack: .reference, settings: .reference))

    private func machine(_ host: HostID) throws -> Int { try #require(self.world.topology.consumers[host]) }

    private func outlet(_ outlet: OutletID) throws -> Int { try #require(self.world.topology.outletIndex[outlet]) }

    @Test func `the last feed of a host that is up is not to be cut, but for its timeout or a second attempt`() throws {
        let (outlet, gpu) = (try self.outlet(OutletID(rackA, 8)), try self.machine("gpu"))
        for state in [SimulatedMachine.State.running, .stopping, .booting] {
            var world = self.world
            world.machines[gpu].state = state
            world.judgeCut(of: outlet)
            #expect(world.result.findings.map(\.finding) == [.cutWhileUp(OutletID(rackA, 8), "gpu")])
        }
        let pardons: [(inout SimulatedMachine) -> Void] = [
            { $0.isWrittenOff = true }, { $0.round = 2 }, { $0.state = .off },
        ]
        for pardon in pardons {
            var world = self.world
            pardon(&world.machines[gpu])
            world.judgeCut(of: outlet)
            #expect(world.result.findings == [])
        }
    }

    @Test func `one of two feeds may be cut`() throws {
        var world = self.world
        world.judgeCut(of: try self.outlet(OutletID(rackA, 1)))
        #expect(world.result.findings == [])
        world.outlets[try self.outlet(OutletID(rackB, 1))].position = .off
        world.judgeCut(of: try self.outlet(OutletID(rackA, 1)))
        #expect(world.result.counts.violations == 1)
    }

    @Test func `a host is told before nobody that needs it`() throws {
        var world = self.world
        world.judgeOrder(to: try self.machine("storage"))
        #expect(
            Set(world.result.findings.map(\.finding)) == [
                .toldBefore("storage", "pve1"), .toldBefore("storage", "pve2"), .toldBefore("storage", "pve3"),
            ])
        world.result = SimulationResult()
        for (host, isOff) in [("pve1", true), ("pve2", true), ("pve3", false)] {
            world.machines[try self.machine(HostID(host))].state = isOff ? .off : .running
            world.machines[try self.machine(HostID(host))].isWrittenOff = !isOff
        }
        world.judgeOrder(to: try self.machine("storage"))
        #expect(world.result.findings == [])
    }

    @Test func `a host is started before nothing it needs`() throws {
        var world = self.world
        let (pve, storage) = (try self.machine("pve1"), try self.machine("storage"))
        world.machines[pve].isPowered = false
        world.machines[storage].state = .booting
        world.judgeStart(of: pve)
        #expect(world.result.findings.map(\.finding) == [.startedBefore("pve1", "storage")])
        world.machines[storage].state = .running
        world.judgeStart(of: pve)
        #expect(world.result.findings.count == 1)
    }

    @Test func `an order on top of another is found`() throws {
        var world = self.world
        world.order(OutletID(rackA, 8), .off, .settled)
        world.order(OutletID(rackA, 8), .on, .settled)
        #expect(world.result.findings.map(\.finding) == [.orderedTwice(OutletID(rackA, 8))])
        world.now = world.now + PolicyEngine.answerTimeout
        world.order(OutletID(rackA, 8), .off, .settled)
        #expect(world.result.findings.count == 1)
    }

    @Test(arguments: [(216.0, false), (221.0, true)])
    func `there is a plan as long as the energy lasts for the ordered stop`(seconds: Double, hasPlan: Bool) throws {
        var plan = SimulationPlan(rack: .chain, settings: .reference)
        plan.charges = ["ups": Percent(seconds * 88 / 3600 / 0.88)]
        var world = Simulation(plan)
        world.upses[0].cuts = 1
        world.upses[0].mainsChanged()
        world.settlePower()
        // The debounce of 5 s, and for each host 5 s to hear and, with nothing that measures it, 60 or 90 s to be off.
        #expect(world.machines[1].hadPlan == (5 + 65 + 95 <= seconds))
        #expect(world.machines[0].hadPlan)
        world.machines[0].hangs = 1
        world.machines[1].hadPlan = false
        world.settlePower()
        // One that hangs takes its timeout of 120 s in place of 65.
        #expect(world.machines[1].hadPlan == hasPlan)

        world.machines[1].hadPlan = false
        world.machines[1].state = .booting
        world.settlePower()
        // There is nothing to be planned yet for what still boots.
        #expect(!world.machines[1].hadPlan)
    }
}

extension Rack {
    /// A host of 44 W that needs another one of 44 W, on a UPS of 100 Wh.
    fileprivate static let chain = Rack(
        upses: [RackUPS(id: "ups", capacity: 100, cutOff: .fixed(0))],
        consumers: [("first", ["second"], 120, 60), ("second", [], 300, 90)].map {
            (name, needs: [HostID], timeout, off) in
            Consumer(
                id: HostID(name),
                kind: .host(StopPlan(timeout: .seconds(timeout), offAfterLogout: .seconds(off))), tier: "core",
                feeds: [.ups("ups")], needs: needs, watts: 44)
        }, tiers: ["core"])
}
