import PowerCore
import Testing

private let quick = PolicySettings(
    debounce: .seconds(1), stable: .seconds(30), settle: .seconds(5), stagger: .seconds(2), restartCharge: 20,
    triggers: ["cluster": [.onBattery(.seconds(10))], "core": [.onBattery(.seconds(10))]])

private func running() -> EngineHarness {
    var rack = EngineHarness(.single, quick)
    rack.mains(river)
    rack.outletsOn(Rack.singleOutlets, watts: 40)
    rack.tell(.clientLoggedIn("pve"))
    rack.tell(.clientLoggedIn("storage"))
    rack.now = rack.now + .seconds(100)
    return rack
}

/// The journal and what an engine does that is made of it.
@Suite struct ResumeTests {
    @Test func `a quiet rack writes nothing`() {
        var rack = running()
        let before = rack.memory
        rack.mains(river)
        rack.outletsOn(Rack.singleOutlets, watts: 41)
        #expect(rack.memory == before)
        #expect(rack.memory.hosts["pve"] == rack.engine.memory.hosts["pve"])
    }

    @Test func `what is journalled stands in front of what follows from it`() {
        var rack = running()
        rack.tell(.upsReported(river, UPSCondition(supply: .battery, charge: 90, cutOff: 11)))
        let actions = rack.engine.handle(.deadlineReached, at: rack.now + .seconds(11))
        guard case .journal(let entries) = actions.first else {
            Issue.record("the journal is not first: \(actions)")
            return
        }
        #expect(actions.map(\.inShort).contains("tell pve"))
        let told = entries.contains { entry in
            if case .host("pve", let memory) = entry { memory.phase.isTold } else { false }
        }
        #expect(told)
    }

    @Test func `nothing is begun before the world has been seen`() {
        var rack = running()
        rack.battery(river, charge: 90)
        rack.pass(.seconds(5))
        rack.crash()
        rack.now = rack.now + .seconds(8)
        rack.tell(.deadlineReached)
        #expect(rack.looked() == [])
        // The mains came back while nobody looked.
        rack.mains(river, charge: 89)
        rack.outletsOn(Rack.singleOutlets, watts: 40)
        rack.pass(.seconds(60))
        #expect(rack.looked() == [])
        #expect(rack.phase("pve") == "running")
    }

    @Test func `an outage that goes on is counted from its beginning`() {
        var rack = running()
        rack.battery(river, charge: 90)
        rack.pass(.seconds(5))
        rack.crash()
        rack.pass(.seconds(4))
        rack.battery(river, charge: 89)
        rack.outletsOn(Rack.singleOutlets, watts: 40)
        rack.pass(.seconds(2))
        #expect(rack.looked() == ["tell pve"])
    }

    @Test func `a UPS that is not heard again after having been on battery is reckoned down`() {
        var rack = EngineHarness(
            .single, PolicySettings(triggers: ["cluster": [.lastSafeMoment], "core": [.lastSafeMoment]]))
        rack.mains(river)
        rack.outletsOn(Rack.singleOutlets, watts: 40)
        rack.battery(river, charge: 40, load: 110)
        rack.crash()
        rack.outletsOn(Rack.singleOutlets, watts: 40)
        rack.pass(.seconds(1700))
        #expect(rack.looked().contains("tell pve"))
    }

    @Test func `a shutdown goes on where it was, and what left meanwhile counts as going down`() {
        var rack = running()
        rack.battery(river, charge: 90)
        rack.pass(.seconds(11))
        #expect(rack.phase("pve") == "asked")
        rack.crash()
        #expect(rack.phase("pve") == "asked")
        rack.battery(river, charge: 89)
        for outlet in Rack.singleOutlets { rack.tell(.outletReported(outlet, position: .on, power: nil)) }
        rack.tell(.clientLoggedIn("storage"))
        rack.pass(.seconds(29))
        #expect(rack.phase("pve") == "asked")
        rack.pass(.seconds(2))
        #expect(rack.phase("pve") == "stopping")
    }

    @Test func `a host that was cut is started again by the next daemon`() {
        var rack = running()
        rack.battery(river, charge: 90)
        for (host, outlet) in [("pve", 1), ("storage", 2)] {
            rack.pass(.seconds(11), obeying: true)
            rack.tell(.clientLoggedOut(HostID(host), remaining: 0))
            rack.pass(.seconds(1), obeying: true)
            rack.tell(.outletReported(OutletID(rackA, outlet), position: .on, power: 1))
        }
        rack.pass(.seconds(20), obeying: true)
        rack.now = rack.now + .seconds(86_400)
        rack.crash()
        // Mains are back before the new daemon looks: without a journal these would be somebody's own business.
        rack.mains(river, charge: 80)
        for outlet in Rack.singleOutlets { rack.tell(.outletReported(outlet, position: .off, power: 0)) }
        rack.turned = []
        rack.pass(.seconds(40), obeying: true)
        #expect(rack.turned.prefix(2) == ["rack-a/3 on", "rack-a/2 on"])
    }

    @Test func `a host that was off before anything happened stays off after a restart`() {
        var rack = running()
        rack.tell(.clientLoggedOut("pve", remaining: 0))
        rack.tell(.outletReported(OutletID(rackA, 1), position: .on, power: 1))
        rack.pass(.seconds(11))
        #expect(rack.phase("pve") == "off")
        rack.crash()
        rack.mains(river)
        rack.outletsOn(Rack.singleOutlets, watts: 1)
        rack.pass(.seconds(300), obeying: true)
        #expect(rack.phase("pve") == "off")
        #expect(rack.turned == [])
    }

    @Test func `an outlet that was off in the middle of a cycle is switched on, one that is on is left`() throws {
        for (position, expected) in [(OutletPosition.off, ["rack-a/3 on"]), (.on, [])] {
            var rack = running()
            let admin = Actor(user: "admin", address: "127.0.0.1")
            rack.note(try rack.engine.order(.cycle, OutletID(rackA, 3), by: admin, at: rack.now).get().actions)
            rack.crash()
            rack.mains(river)
            for outlet in Rack.singleOutlets {
                let its = outlet.number == 3 ? position : .on
                rack.tell(.outletReported(outlet, position: its, power: its == .on ? 40 : 0))
            }
            rack.pass(.seconds(10))
            #expect(rack.looked() == expected)
        }
    }

    @Test func `a host that lost its power while nobody looked is started again`() {
        var rack = running()
        rack.battery(river, charge: 20)
        rack.tell(.outletReported(OutletID(rackA, 1), position: .on, power: 40))
        rack.crash()
        rack.now = rack.now + .seconds(5000)
        rack.mains(river, charge: 60)
        rack.outletsOn(Rack.singleOutlets, watts: 1)
        rack.pass(.seconds(20))
        #expect(rack.engine.phase(of: "storage")?.mayRun != false || rack.phase("storage") == "off")
        #expect(rack.records.contains(PolicyRecord(.alarm, "storage", .lostPower)))
        rack.pass(.seconds(400), obeying: true)
        #expect(rack.turned.contains("rack-a/2 off"))
    }

    @Test func `a host that goes down by itself in an outage is started again after it`() {
        var settings = quick
        settings.triggers = ["cluster": [.onBattery(.seconds(600))], "core": [.onBattery(.seconds(600))]]
        var rack = EngineHarness(.single, settings)
        rack.mains(river)
        rack.outletsOn(Rack.singleOutlets, watts: 40)
        rack.tell(.clientLoggedIn("pve"))
        rack.battery(river, charge: 90)
        rack.tell(.clientLoggedOut("pve", remaining: 0))
        rack.tell(.outletReported(OutletID(rackA, 1), position: .on, power: 1))
        rack.pass(.seconds(20), obeying: true)
        #expect(rack.turned == ["rack-a/1 off"])
        rack.mains(river, charge: 80)
        rack.pass(.seconds(60), obeying: true)
        #expect(rack.turned == ["rack-a/1 off", "rack-a/1 on"])
    }

    @Test func `the journal of another rack does no harm`() {
        var memory = PolicyMemory()
        memory.take(.host("gone", HostMemory()))
        memory.take(.ups("gone", UPSMemory()))
        memory.take(.outlet(OutletID("gone", 1), OutletMemory(steps: [.off, .on], reason: .settled)))
        memory.take(.outlet(OutletID(rackA, 7), OutletMemory(steps: [.off, .on], reason: .settled)))
        var engine = PolicyEngine(rack: .single, settings: quick, memory: memory, at: .origin)
        #expect(engine.handle(.deadlineReached, at: .origin + .seconds(20)).map(\.inShort).contains("rack-a/7 on"))
    }

    /// `pve` is down and about to be cut when the daemon ends.
    private func stopped() -> EngineHarness {
        var rack = running()
        rack.battery(river, charge: 90)
        rack.pass(.seconds(11))
        rack.tell(.clientLoggedOut("pve", remaining: 0))
        rack.tell(.outletReported(OutletID(rackA, 1), position: .on, power: nil))
        rack.pass(.seconds(1))
        rack.tell(.outletReported(OutletID(rackA, 1), position: .on, power: 1))
        #expect(rack.phase("pve") == "stopped")
        rack.crash()
        rack.battery(river, charge: 89)
        return rack
    }

    @Test func `a host that somebody switched on while nobody looked is not cut`() {
        for power: Watts? in [40, nil] {
            var rack = self.stopped()
            rack.outletsOn(Rack.singleOutlets.suffix(2), watts: 40)
            rack.tell(.outletReported(OutletID(rackA, 1), position: .on, power: power))
            rack.pass(.seconds(20))
            rack.tell(.clientLoggedIn("pve"))
            rack.pass(.seconds(20))
            #expect(!rack.looked().contains("rack-a/1 off"))
            #expect(rack.records.contains { if case .seenUp = $0.reason { $0.subject == "pve" } else { false } })
        }
    }

    @Test func `a host that is down and stays down is cut by the next daemon`() {
        for (power, wait) in [(Watts?.some(1), 1), (nil, 31)] {
            var rack = self.stopped()
            rack.outletsOn(Rack.singleOutlets.suffix(2), watts: 40)
            rack.tell(.outletReported(OutletID(rackA, 1), position: .on, power: power))
            rack.pass(.seconds(wait + 5))
            #expect(rack.looked().contains("rack-a/1 off"))
        }
    }
}
