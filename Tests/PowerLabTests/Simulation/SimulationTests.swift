import PowerCore
import Testing

@testable import PowerLab

private func play(
    _ rack: Rack = .reference, _ settings: PolicySettings = .reference, cut: Duration? = nil,
    _ change: (inout SimulationPlan) -> Void = { _ in }
) -> SimulationResult {
    var plan = SimulationPlan(rack: rack, settings: settings)
    if let cut { plan.cuts = [SimulationPlan.Cut(to: cut)] }
    change(&plan)
    var simulation = Simulation(plan)
    return simulation.play()
}

extension SimulationResult {
    /// What a machine did, in order.
    fileprivate func deeds(_ host: HostID) -> [SimulationEvent.Deed] {
        self.events.compactMap { if case .machine(host, let deed) = $0.kind { deed } else { nil } }
    }

    /// When a machine did something for the first time.
    fileprivate func time(_ host: HostID, _ deed: SimulationEvent.Deed) -> Duration? {
        self.events.first { $0.kind == .machine(host, deed) }?.at
    }
}

/// The smallest rack, its host much slower than the configuration says: no policy knows that it must begin so early.
private func slow(_ change: (inout SimulationPlan) -> Void = { _ in }) -> SimulationResult {
    play(.smallest, PolicySettings(), cut: .seconds(7200)) {
        $0.machines = ["host": Configuration.EmulatedMachine(stop: .seconds(2000))]
        change(&$0)
    }
}

@Suite struct SimulationTests {
    @Test func `a quiet rack costs two calls of the engine a device and nothing more`() {
        let result = play { $0.length = .seconds(90 * 86_400) }
        #expect(result.counts.calls < 40)
        #expect(result.findings == [])
        #expect(result.length == .seconds(90 * 86_400))
    }

    @Test func `a cut of a minute stops nobody`() {
        let result = play(cut: .seconds(60))
        #expect(result.counts.stoppedCleanly == 0 && result.counts.cuts == 2)
        #expect(result.isGood)
    }

    @Test func `the machine that is shed first stops by its trigger, goes off, and comes back`() {
        let result = play(cut: .seconds(900))
        #expect(
            result.deeds("gpu") == [.goesDown, .isOff, .losesPower].filter { $0 != .losesPower } + [.boots, .isUp])
        let told = result.time("gpu", .goesDown) ?? .zero
        #expect(told > .seconds(121) && told < .seconds(126))
        #expect(result.deeds("pve1") == [])
        #expect(result.counts.stoppedCleanly == 1 && result.isGood)
    }

    @Test func `a stop that the batteries would have made needless is found with its trigger`() {
        let result = play(cut: .seconds(600))
        let needless = result.findings.compactMap { finding -> PolicyReason? in
            if case .stoppedNeedlessly("gpu", _, let why) = finding.finding { why } else { nil }
        }
        #expect(needless.count == 1)
        guard case .onBattery(_, .seconds(120)) = needless.first else {
            Issue.record("the trigger is \(needless)")
            return
        }
        #expect(play(cut: .seconds(600)) { $0.needlessAbove = .seconds(3 * 3600) }.counts.stoppedNeedlessly == 0)
    }

    @Test func `the same plan has the same end, another seed another one`() {
        let plan: (inout SimulationPlan) -> Void = { $0.charges = [river: 30, delta: 30] }
        #expect(play(cut: .seconds(7200), plan) == play(cut: .seconds(7200), plan))
        let other = play(cut: .seconds(7200)) {
            $0.charges = [river: 30, delta: 30]
            $0.seed = 2
        }
        #expect(other.time("gpu", .goesDown) != play(cut: .seconds(7200), plan).time("gpu", .goesDown))
    }

    @Test func `what is recorded changes nothing`() {
        var silent = play(cut: .seconds(7200)) { $0.isRecorded = false }
        let told = play(cut: .seconds(7200))
        #expect(silent.events == [] && !told.events.isEmpty)
        silent.events = told.events
        #expect(silent == told)
    }

    @Test func `power that ends under a host is a loss, to be avoided where there was time`() {
        let result = slow()
        #expect(result.findings.map(\.finding) == [.lostPower("host", couldBeAvoided: true)])
        #expect(abs((result.time("host", .losesPower) ?? .zero).inSeconds - 3600) < 1)
        #expect(!result.isGood)
    }

    @Test func `a loss that nothing could have prevented is not held against the engine`() {
        // At 2 % there are 72 s: less than the time to stop.
        let short = slow { $0.charges = ["ups": 2] }
        #expect(short.findings.map(\.finding) == [.lostPower("host", couldBeAvoided: false)])
        let broken = play(.smallest, cut: .seconds(600)) {
            $0.faults = [SimulationFault(.upsDies("ups"), from: .seconds(30), to: .seconds(700))]
        }
        #expect(broken.counts.lostPower == 0 && broken.counts.lostPowerUnavoidably == 1)
        let dead = slow {
            $0.faults = [SimulationFault(.daemonCrash, from: .seconds(-30), to: .seconds(9000))]
        }
        #expect(dead.counts.lostPower == 0 && dead.counts.lostPowerUnavoidably == 1)
    }

    @Test func `a host that hangs is stopped by timeout and cut, and that breaks no rule`() {
        let result = play(cut: .seconds(900)) { $0.faults = [SimulationFault(.hostHangs("gpu"), to: .seconds(600))] }
        #expect(result.deeds("gpu") == [.goesDown, .hangs, .losesPower, .boots, .isUp])
        #expect(result.counts.stoppedByTimeout == 1)
        #expect(result.isGood)
    }

    @Test func `a host without a client is not told, and its time runs out`() {
        let result = play(cut: .seconds(900)) {
            $0.faults = [SimulationFault(.clientMissing("gpu"), from: .seconds(-10))]
        }
        #expect(result.counts.stoppedByTimeout == 1)
        #expect(result.deeds("gpu") == [.losesPower, .boots, .isUp])
    }

    @Test func `a host that boots late needs two attempts, one that never does is left off`() {
        let late = play(cut: .seconds(900)) { $0.faults = [SimulationFault(.hostBootsLate("gpu"))] }
        #expect(late.deeds("gpu").suffix(4) == [.isOff, .refusesToBoot, .boots, .isUp])
        #expect(late.counts.leftOff == 0)
        let never = play(cut: .seconds(900)) { $0.faults = [SimulationFault(.hostStaysOff("gpu"))] }
        #expect(never.counts.leftOff == 1 && !never.isGood)
    }

    @Test func `an outlet that is stuck is tried again until it moves`() {
        let outlet = OutletID(rackA, 8)
        let result = play(cut: .seconds(900)) {
            $0.faults = [SimulationFault(.outletSticks(outlet), to: .seconds(200))]
        }
        let moves = result.events.compactMap { event -> Duration? in
            if case .moved(outlet, .off) = event.kind { event.at } else { nil }
        }
        #expect(moves.count == 1 && moves[0] > .seconds(200))
    }

    @Test func `flickers below the debounce stop nobody`() {
        let result = play { $0.faults = [SimulationFault(.mainsFlicker([]))] }
        #expect(result.counts.cuts == 2 * SimulationFault.flickers)
        #expect(result.counts.stoppedCleanly == 0 && result.isGood)
    }

    @Test func `a daemon that is soon back is not missed, one that stays away is`() {
        let soon = play(cut: .seconds(60)) { $0.faults = [SimulationFault(.daemonCrash, from: .seconds(20))] }
        #expect(soon.counts.stoppedAlone == 0 && soon.isGood)
        let late = play(cut: .seconds(60)) {
            $0.faults = [SimulationFault(.daemonCrash, from: .seconds(20), to: .seconds(50))]
        }
        #expect(late.counts.stoppedAlone == 5)
        #expect(late.deeds("pve1").first == .losesPatience)
    }

    @Test func `a crash at any moment of a stop and a start has the same end as none`() {
        for second in Array(115..<190) + Array(655..<740) where second % 5 == 0 {
            let result = play(cut: .seconds(600)) {
                $0.faults = [SimulationFault(.daemonCrash, from: .seconds(second))]
            }
            #expect(result.isGood, "crash at \(second) s: \(result.findings)")
            #expect(result.counts.stoppedByTimeout == 0 && result.deeds("gpu").last == .isUp, "crash at \(second) s")
        }
    }

    @Test func `names that the rack does not have are left out`() {
        let result = play {
            $0.cuts = [SimulationPlan.Cut(of: ["nobody"], to: .seconds(10))]
            $0.faults = [SimulationFault(.hostHangs("nobody")), SimulationFault(.outletSticks(OutletID("nothing", 1)))]
            $0.charges = ["nobody": 3]
        }
        #expect(result.counts.cuts == 0 && result.isGood)
    }
}
