import PowerCore
import Testing

/// The single rack on mains, every host up and its client logged in.
private func running(_ settings: PolicySettings) -> EngineHarness {
    var rack = EngineHarness(.single, settings)
    rack.mains(river)
    rack.outletsOn(Rack.singleOutlets, watts: 40)
    rack.tell(.clientLoggedIn("pve"))
    rack.tell(.clientLoggedIn("storage"))
    rack.now = rack.now + .seconds(100)
    return rack
}

private let quick = PolicySettings(
    debounce: .seconds(5), stable: .seconds(60), settle: .seconds(10), stagger: .seconds(2),
    triggers: ["cluster": [.onBattery(.seconds(60))], "core": [.onBattery(.seconds(90))]])

@Test func `a cut shorter than the debounce stops nothing`() {
    var settings = quick
    settings.triggers = ["cluster": [.onBattery(.seconds(1))]]
    var rack = running(settings)
    rack.battery(river, charge: 99)
    rack.pass(.seconds(4))
    rack.mains(river, charge: 99)
    rack.pass(.seconds(300))
    #expect(rack.looked() == [])
    #expect(rack.phase("pve") == "running")
}

@Test func `a quiet rack asks for no wake-up`() {
    let rack = running(quick)
    #expect(rack.wake == nil)
}

@Test func `hosts stop in the order of their needs, and their outlets are cut after them`() {
    var rack = running(quick)
    rack.battery(river, charge: 99)
    rack.pass(.seconds(59))
    #expect(rack.looked() == [])
    rack.pass(.seconds(2))
    #expect(rack.looked() == ["tell pve"])
    #expect(rack.phase("storage") == "running")

    // The tier of the storage is due, but its turn has not come: pve is still up.
    rack.pass(.seconds(35))
    #expect(rack.looked() == [])
    #expect(rack.phase("storage") == "waiting")
    rack.tell(.clientLoggedOut("pve", remaining: 0))
    #expect(rack.phase("pve") == "stopping")
    #expect(rack.looked() == [])

    // A logout is no proof; the watts are.
    rack.pass(.seconds(10))
    rack.tell(.outletReported(OutletID(rackA, 1), position: .on, power: 3))
    #expect(rack.engine.phase(of: "pve") == .stopped(.outletWatts, since: rack.now))
    #expect(rack.looked() == ["untell pve", "tell storage"])
    rack.pass(.seconds(10))
    #expect(rack.looked() == ["rack-a/1 off"])
    rack.tell(.outletAnswered(OutletID(rackA, 1), .off, .verified))
    #expect(rack.phase("pve") == "off")

    rack.tell(.clientLoggedOut("storage", remaining: 0))
    rack.pass(.seconds(1))
    rack.tell(.outletReported(OutletID(rackA, 2), position: .on, power: 2))
    #expect(rack.phase("storage") == "stopped")
    #expect(rack.looked() == ["untell storage"])
    rack.pass(.seconds(1))
    #expect(rack.looked() == ["rack-a/3 off"])
    rack.tell(.outletAnswered(OutletID(rackA, 3), .off, .verified))
    rack.pass(.seconds(10))
    #expect(rack.looked() == ["rack-a/2 off"])
}

@Test func `an outlet that could not be cut in time is not cut behind a host that has come back`() {
    var rack = running(quick)
    rack.battery(river, charge: 99)
    rack.pass(.seconds(61))
    rack.tell(.clientLoggedOut("pve", remaining: 0))
    rack.tell(.outletReported(OutletID(rackA, 1), position: .on, power: 3))
    rack.pass(.seconds(10))
    #expect(rack.looked().contains("rack-a/1 off"))
    rack.tell(.outletAnswered(OutletID(rackA, 1), .off, .failed("the PDU has no power")))

    // The mains come back before the second attempt, and the machine boots by itself.
    rack.mains(river)
    rack.tell(.clientLoggedIn("pve"))
    rack.tell(.outletReported(OutletID(rackA, 1), position: .on, power: 60))
    rack.pass(.seconds(300))
    #expect(!rack.looked().contains("rack-a/1 off"))
    #expect(rack.phase("pve") == "running")
}

@Test func `without watts the time since the logout is the witness`() {
    var rack = EngineHarness(.single, quick)
    rack.mains(river)
    rack.tell(.clientLoggedIn("pve"))
    rack.battery(river, charge: 99)
    rack.pass(.seconds(61))
    rack.tell(.clientLoggedOut("pve", remaining: 0))
    rack.pass(.seconds(119))
    #expect(rack.phase("pve") == "stopping")
    rack.pass(.seconds(2))
    #expect(rack.records.contains { $0.reason == .stopped(.timeSinceLogout) })
}

@Test func `a host that hangs counts as stopped by timeout, and that is an alarm`() {
    var rack = running(quick)
    rack.battery(river, charge: 99)
    rack.pass(.seconds(61))
    rack.tell(.clientLoggedOut("pve", remaining: 0))
    rack.pass(.seconds(100))
    rack.tell(.outletReported(OutletID(rackA, 1), position: .on, power: 35))
    rack.pass(.seconds(150))
    #expect(rack.records.contains(PolicyRecord(.alarm, "pve", .stopped(.timeout))))
}

@Test func `watts from before the order prove nothing`() {
    var rack = running(quick)
    rack.tell(.outletReported(OutletID(rackA, 1), position: .on, power: 3))
    rack.battery(river, charge: 99)
    rack.pass(.seconds(61))
    #expect(rack.phase("pve") == "asked")
}

@Test func `a low battery stops everything without waiting for a trigger`() {
    var rack = running(PolicySettings(triggers: ["cluster": [.charge(1)], "core": [.charge(1)]]))
    rack.battery(river, charge: 17)
    #expect(rack.looked() == [])
    rack.battery(river, charge: 16)
    #expect(rack.looked() == ["tell pve"])
    #expect(rack.phase("storage") == "waiting")
}

@Test func `the last safe moment leaves time for the whole chain`() {
    var rack = running(PolicySettings(triggers: ["cluster": [.lastSafeMoment], "core": [.lastSafeMoment]]))
    // Storage takes 300 s after pve's 240 s; times 1.3 that is 702 s. 110 W empty 24.4 Wh in 800 s.
    rack.battery(river, charge: Percent(11 + 24.5 / (286 * 0.88) * 100), load: 110)
    rack.pass(.seconds(60))
    #expect(rack.looked() == [])
    rack.battery(river, charge: Percent(11 + 22.6 / (286 * 0.88) * 100), load: 110)
    rack.pass(.seconds(30))
    #expect(rack.looked() == [])
    rack.pass(.seconds(15))
    #expect(rack.looked() == ["tell pve"])
    #expect(rack.phase("storage") == "waiting")
}

@Test func `a UPS that falls silent on mains stops nothing, on battery it is reckoned down`() {
    let patient = PolicySettings(triggers: ["cluster": [.lastSafeMoment], "core": [.lastSafeMoment]])
    var onMains = running(patient)
    onMains.tell(.upsSilent(river))
    onMains.pass(.seconds(86_400))
    #expect(onMains.looked() == [])

    var onBattery = running(patient)
    onBattery.battery(river, charge: 40, load: 110)
    onBattery.tell(.upsSilent(river))
    onBattery.pass(.seconds(1700))
    #expect(onBattery.looked() == ["tell pve"])
}

@Test func `a forced shutdown goes in order too, and is taken back when it is done`() {
    var rack = running(quick)
    rack.tell(.upsForced(river, by: Actor(user: "admin", address: "127.0.0.1")))
    #expect(rack.engine.isForced(river))
    #expect(rack.looked() == ["tell pve"])
    #expect(rack.phase("storage") == "waiting")
    for (host, outlet) in [("pve", 1), ("storage", 2)] {
        rack.pass(.seconds(1), obeying: true)
        rack.tell(.clientLoggedOut(HostID(host), remaining: 0))
        rack.pass(.seconds(1), obeying: true)
        rack.tell(.outletReported(OutletID(rackA, outlet), position: .on, power: 1))
    }
    rack.pass(.seconds(61), obeying: true)
    #expect(!rack.engine.isForced(river))
}

@Test func `a host that is shut down by its owner is left alone`() {
    var rack = running(quick)
    rack.tell(.clientLoggedOut("pve", remaining: 0))
    rack.tell(.outletReported(OutletID(rackA, 1), position: .on, power: 2))
    rack.pass(.seconds(11))
    #expect(rack.engine.phase(of: "pve") == .off(.unasked, since: Moment(sinceOrigin: .seconds(110))))
    rack.battery(river, charge: 99)
    rack.pass(.seconds(200))
    #expect(!rack.looked().contains("tell pve"))
}

@Test func `power that ends under a running host is an alarm`() {
    var rack = running(PolicySettings(triggers: ["cluster": [.charge(1)], "core": [.charge(1)]]))
    rack.tell(.upsReported(river, UPSCondition(supply: .off, charge: 11, cutOff: 11)))
    #expect(rack.engine.phase(of: "pve") == .off(.lostPower, since: rack.now))
    #expect(rack.records.contains(PolicyRecord(.alarm, "pve", .lostPower)))
}
