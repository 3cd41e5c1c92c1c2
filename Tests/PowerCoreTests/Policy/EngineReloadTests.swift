import PowerCore
import Testing

/// Another rack in place of the one the engine began with.
@Suite struct EngineReloadTests {
    private static let settings = PolicySettings(
        debounce: .seconds(5), stable: .seconds(60), settle: .seconds(10), stagger: .seconds(2),
        triggers: ["cluster": [.onBattery(.seconds(60))], "core": [.onBattery(.seconds(90))]])

    /// The single rack on mains, every host up and its client logged in.
    private func running() -> EngineHarness {
        var rack = EngineHarness(.single, Self.settings)
        rack.mains(river)
        rack.outletsOn(Rack.singleOutlets, watts: 40)
        rack.tell(.clientLoggedIn("pve"))
        rack.tell(.clientLoggedIn("storage"))
        rack.now = rack.now + .seconds(100)
        return rack
    }

    /// The single rack with one more host.
    private var larger: Rack {
        var rack = Rack.single
        rack.consumers.append(
            Consumer(id: "web", kind: .host(StopPlan()), tier: "cluster", feeds: [.outlet(OutletID(rackA, 4))]))
        return rack
    }

    private func without(_ host: HostID) -> Rack {
        var rack = Rack.single
        rack.consumers.removeAll { $0.id == host }
        for index in rack.consumers.indices { rack.consumers[index].needs.removeAll { $0 == host } }
        return rack
    }

    @Test func `the time on battery goes on through a change`() {
        var rack = self.running()
        rack.battery(river, charge: 99)
        rack.pass(.seconds(50))
        #expect(rack.engine.refusal(ofTaking: self.larger, Self.settings) == nil)
        rack.note(rack.engine.take(self.larger, Self.settings, at: rack.now))
        #expect(rack.looked() == [])
        rack.pass(.seconds(11))
        #expect(rack.looked().first == "tell pve")
    }

    @Test func `settings hold from the moment they are taken`() {
        var rack = self.running()
        rack.battery(river, charge: 99)
        rack.pass(.seconds(50))
        var patient = Self.settings
        patient.triggers["cluster"] = [.onBattery(.seconds(600))]
        patient.triggers["core"] = [.onBattery(.seconds(600))]
        rack.note(rack.engine.take(.single, patient, at: rack.now))
        rack.pass(.seconds(100))
        #expect(rack.looked() == [])
        rack.note(rack.engine.take(.single, Self.settings, at: rack.now))
        #expect(rack.looked() == ["tell pve"])
    }

    @Test func `nothing of the rack changes while a host is told to stop`() {
        var rack = self.running()
        rack.battery(river, charge: 99)
        rack.pass(.seconds(61))
        #expect(rack.phase("pve") == "asked")
        let refusal = rack.engine.refusal(ofTaking: self.larger, Self.settings)
        #expect(refusal?.reason == "a shutdown is in progress: pve is asked; try again when it is over")
        var patient = Self.settings
        patient.margin = 2
        #expect(rack.engine.refusal(ofTaking: .single, patient) != nil)
        #expect(rack.engine.refusal(ofTaking: .single, Self.settings) == nil)
    }

    @Test func `a host that is down and still has power stays, others may go`() {
        var rack = self.running()
        var settings = Self.settings
        settings.triggers["core"] = [.onBattery(.seconds(7200))]
        rack.note(rack.engine.take(.single, settings, at: rack.now))
        rack.battery(river, charge: 99)
        rack.pass(.seconds(61))
        rack.tell(.clientLoggedOut("pve", remaining: 0))
        rack.pass(.seconds(1))
        rack.tell(.outletReported(OutletID(rackA, 1), position: .on, power: 0))
        #expect(rack.phase("pve") == "stopped")
        let refusal = rack.engine.refusal(ofTaking: self.without("pve"), settings)
        #expect(refusal?.reason == "pve is stopped, and cannot be removed or fed otherwise now; try again later")
        #expect(rack.engine.refusal(ofTaking: self.larger, settings) == nil)
    }

    @Test func `a forced UPS cannot be removed, and keeps its latch when something else changes`() {
        var rack = self.running()
        rack.engine = PolicyEngine(rack: Rack(upses: [RackUPS(id: river)]), settings: Self.settings)
        rack.mains(river)
        rack.tell(.upsForced(river, by: Actor(user: "admin", address: "192.0.2.1")))
        let refusal = rack.engine.refusal(ofTaking: Rack(upses: [RackUPS(id: delta)]), Self.settings)
        #expect(refusal?.reason == "a shutdown of river is forced, so that it cannot be removed; try again later")
        let both = Rack(upses: [RackUPS(id: delta), RackUPS(id: river, capacity: 300)])
        #expect(rack.engine.refusal(ofTaking: both, Self.settings) == nil)
        rack.note(rack.engine.take(both, Self.settings, at: rack.now))
        #expect(rack.engine.isForced(river))
        #expect(!rack.engine.isForced(delta))
        rack.pass(PolicyEngine.forcedHold + .seconds(1))
        #expect(!rack.engine.isForced(river))
    }

    @Test func `an order in flight is answered after a change, and holds its PDU`() throws {
        var rack = self.running()
        let outlet = OutletID(rackA, 3)
        let actor = Actor(user: "admin", address: "192.0.2.1")
        let (number, actions) = try rack.engine.order(.cycle, outlet, by: actor, at: rack.now).get()
        rack.note(actions)
        #expect(rack.engine.isSwitching(rackA))
        let gone = rack.engine.refusal(ofTaking: Rack(upses: Rack.single.upses), Self.settings)
        #expect(gone?.reason == "an outlet of rack-a is being switched; try again when that is done")
        rack.note(rack.engine.take(self.larger, Self.settings, at: rack.now))
        rack.obey()
        rack.pass(.seconds(20), obeying: true)
        #expect(rack.looked().contains("answer \(number) done"))
        #expect(rack.turned == ["rack-a/3 off", "rack-a/3 on"])
    }

    @Test func `a host that is off by an outage is started in the new rack as well`() {
        var rack = self.running()
        rack.battery(river, charge: 90)
        rack.pass(.seconds(1200), obeying: true)
        #expect(rack.phase("pve") == "off")
        rack.note(rack.engine.take(self.larger, Self.settings, at: rack.now))
        rack.mains(river)
        rack.pass(.seconds(120), obeying: true)
        #expect(rack.turned.suffix(2).contains("rack-a/2 on") || rack.turned.contains("rack-a/3 on"))
    }

    @Test func `the same rack again changes nothing at all`() {
        var rack = self.running()
        rack.battery(river, charge: 99)
        rack.pass(.seconds(30))
        let before = rack.engine.hostViews(at: rack.now)
        #expect(rack.engine.take(.single, Self.settings, at: rack.now) == [])
        #expect(rack.engine.hostViews(at: rack.now) == before)
    }
}
