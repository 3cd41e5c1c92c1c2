import PowerCore
import Testing

private let quick = PolicySettings(
    debounce: .seconds(1), stable: .seconds(30), settle: .seconds(5), stagger: .seconds(2), restartCharge: 20,
    triggers: ["cluster": [.onBattery(.seconds(10))], "core": [.onBattery(.seconds(10))]])

/// The single rack after a whole outage: everything stopped in order and cut, the mains still away.
private func dark() -> EngineHarness {
    var rack = EngineHarness(.single, quick)
    rack.mains(river)
    rack.outletsOn(Rack.singleOutlets, watts: 40)
    rack.tell(.clientLoggedIn("pve"))
    rack.tell(.clientLoggedIn("storage"))
    rack.battery(river, charge: 90)
    for (host, outlet) in [("pve", 1), ("storage", 2)] {
        rack.pass(.seconds(11), obeying: true)
        rack.tell(.clientLoggedOut(HostID(host), remaining: 0))
        rack.pass(.seconds(1), obeying: true)
        rack.tell(.outletReported(OutletID(rackA, outlet), position: .on, power: 1))
    }
    rack.pass(.seconds(20), obeying: true)
    rack.orders = []
    return rack
}

@Test func `after an outage everything is off and was cut in order`() {
    let rack = dark()
    #expect(rack.turned == ["rack-a/1 off", "rack-a/3 off", "rack-a/2 off"])
    #expect(["pve", "storage", "switch"].map { rack.phase($0) } == ["off", "off", "off"])
}

@Test func `nothing is started until the mains are stable, then in the order of needs`() {
    var rack = dark()
    rack.turned = []
    rack.mains(river, charge: 50)
    rack.pass(.seconds(29), obeying: true)
    #expect(rack.turned == [])
    rack.pass(.seconds(3), obeying: true)
    #expect(rack.turned == ["rack-a/3 on", "rack-a/2 on"])
    #expect(rack.phase("switch") == "running")
    #expect(rack.phase("storage") == "starting")
    #expect(rack.phase("pve") == "off")
    rack.pass(.seconds(20), obeying: true)
    rack.tell(.clientLoggedIn("storage"))
    #expect(rack.phase("storage") == "running")
    rack.pass(.seconds(3), obeying: true)
    #expect(rack.turned.last == "rack-a/1 on")
    rack.tell(.clientLoggedIn("pve"))
    #expect(rack.phase("pve") == "running")
    #expect(rack.wake == nil)
}

@Test func `nothing is started without the energy for one more stop`() {
    var rack = dark()
    rack.turned = []
    rack.mains(river, charge: 15)
    rack.pass(.seconds(300), obeying: true)
    #expect(rack.turned == [])
    rack.mains(river, charge: 20)
    rack.pass(.seconds(3), obeying: true)
    #expect(rack.turned == ["rack-a/3 on", "rack-a/2 on"])
}

@Test func `mains that fail again during the start turn it round at once`() {
    var rack = dark()
    rack.turned = []
    rack.mains(river, charge: 50)
    rack.pass(.seconds(31), obeying: true)
    #expect(rack.turned == ["rack-a/3 on"])
    // The storage's outlet waits for its stagger when the mains fail.
    rack.battery(river, charge: 50)
    rack.pass(.seconds(5), obeying: true)
    #expect(rack.turned == ["rack-a/3 on"])
    #expect(rack.engine.phase(of: "storage")?.word == "off")
    rack.mains(river, charge: 50)
    rack.pass(.seconds(40), obeying: true)
    #expect(rack.turned.last == "rack-a/2 on")
}

@Test func `a host that was told to stop is carried through and started again`() {
    var rack = EngineHarness(.single, quick)
    rack.mains(river)
    rack.outletsOn(Rack.singleOutlets, watts: 40)
    rack.tell(.clientLoggedIn("pve"))
    rack.battery(river, charge: 90)
    rack.pass(.seconds(11))
    #expect(rack.looked() == ["tell pve"])
    rack.mains(river, charge: 89)
    rack.pass(.seconds(40), obeying: true)
    #expect(rack.phase("pve") == "asked")
    #expect(rack.phase("storage") == "running")
    rack.tell(.clientLoggedOut("pve", remaining: 0))
    rack.pass(.seconds(1), obeying: true)
    rack.tell(.outletReported(OutletID(rackA, 1), position: .on, power: 1))
    rack.pass(.seconds(20), obeying: true)
    #expect(rack.turned == ["rack-a/1 off", "rack-a/1 on"])
    rack.tell(.clientLoggedIn("pve"))
    #expect(rack.phase("pve") == "running")
}

@Test func `a host that never comes up is tried three times, then a person must look`() {
    var rack = dark()
    rack.turned = []
    rack.mains(river, charge: 80)
    rack.pass(.seconds(40), obeying: true)
    rack.pass(.seconds(3 * 300 + 60), obeying: true)
    #expect(rack.phase("storage") == "failed")
    #expect(rack.records.contains(PolicyRecord(.alarm, "storage", .startFailed)))
    #expect(rack.turned.count { $0 == "rack-a/2 on" } == 3)
    #expect(rack.phase("pve") == "off")
}

@Test func `an outlet that does not obey is tried three times and said aloud`() {
    var rack = dark()
    rack.mains(river, charge: 80)
    rack.pass(.seconds(31))
    for _ in 0..<3 {
        #expect(rack.looked() == ["rack-a/3 on"])
        rack.tell(.outletAnswered(OutletID(rackA, 3), .on, .notVerified))
        rack.orders.removeAll { $0.inShort != "rack-a/3 on" }
        rack.pass(.seconds(16))
        rack.orders.removeAll { $0.inShort != "rack-a/3 on" }
    }
    let refused = PolicyReason.outletRefused(OutletID(rackA, 3), .on, .notVerified)
    #expect(rack.records.contains(PolicyRecord(.alarm, "rack-a/3", refused)))
}

@Test func `what is dark in an outage when the daemon starts is brought back, what is dark on mains is left alone`() {
    var outage = EngineHarness(.single, quick)
    var peace = EngineHarness(.single, quick)
    for outlet in Rack.singleOutlets {
        outage.tell(.outletReported(outlet, position: .off, power: 0))
        peace.tell(.outletReported(outlet, position: .off, power: 0))
    }
    outage.battery(river, charge: 60)
    outage.pass(.seconds(60), obeying: true)
    outage.mains(river, charge: 60)
    outage.pass(.seconds(33), obeying: true)
    #expect(outage.turned == ["rack-a/3 on", "rack-a/2 on"])
    peace.mains(river)
    peace.pass(.seconds(300), obeying: true)
    #expect(peace.turned == [])
    #expect(peace.phase("pve") == "off")
}

@Test func `what hangs on a UPS directly is not started by us, and is up when its client logs in`() {
    let rack = Rack(
        upses: [RackUPS(id: river, capacity: 286)],
        consumers: [Consumer(id: "nas", kind: .host(StopPlan()), tier: "core", feeds: [.ups(river)])], tiers: ["core"])
    var harness = EngineHarness(rack, PolicySettings(stable: .seconds(10), triggers: ["core": [.charge(50)]]))
    harness.mains(river)
    harness.tell(.clientLoggedIn("nas"))
    harness.battery(river, charge: 50)
    harness.pass(.seconds(6))
    #expect(harness.looked() == ["tell nas"])
    harness.tell(.clientLoggedOut("nas", remaining: 0))
    harness.pass(.seconds(130))
    #expect(harness.phase("nas") == "stopped")
    harness.mains(river, charge: 60)
    harness.pass(.seconds(3600))
    #expect(harness.phase("nas") == "stopped")
    #expect(
        harness.engine.explanation(of: "nas", at: harness.now).last
            == "Nothing here can start it: it counts as up when its client logs in.")
    harness.tell(.clientLoggedIn("nas"))
    #expect(harness.phase("nas") == "running")
}
