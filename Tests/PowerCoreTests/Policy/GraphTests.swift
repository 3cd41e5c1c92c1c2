import PowerCore
import Testing

private func pair() -> EngineHarness {
    var rack = EngineHarness(.pair, PolicySettings(debounce: .seconds(5), settle: .seconds(5)))
    rack.mains(river)
    rack.mains(delta)
    rack.outletsOn(Rack.pairOutlets, watts: 50)
    for host: HostID in ["dual", "left", "right"] { rack.tell(.clientLoggedIn(host)) }
    rack.now = rack.now + .seconds(100)
    return rack
}

@Test func `a host with a live feed on mains is not on battery`() {
    var rack = pair()
    rack.battery(river, charge: 80)
    let views = rack.engine.hostViews(at: rack.now)
    #expect(views.map(\.isOnBattery) == [false, true, false])
    #expect(views.map(\.status) == ["OL", "OB DISCHRG", "OL"])
    #expect(views.map(\.isRedundant) == [true, false, false])
}

@Test func `when one UPS dies its dual-corded hosts stay up and its single-corded ones stop`() {
    var rack = pair()
    rack.battery(river, charge: 16)
    #expect(rack.looked() == ["tell left"])
    #expect(rack.phase("dual") == "running")
    rack.tell(.upsReported(river, UPSCondition(supply: .off, charge: 11, cutOff: 11)))
    #expect(rack.engine.isPowered("dual"))
    #expect(!rack.engine.isRedundant("dual"))
}

@Test func `a host that came back on one of its feeds gets the other one back when the mains are stable`() {
    var rack = pair()
    let (left, right) = (OutletID(rackA, 1), OutletID(rackB, 1))
    rack.battery(river, charge: 80)
    rack.battery(delta, charge: 80)
    rack.tell(.hostForced("dual", by: Actor(user: "admin", address: "192.0.2.1")))
    rack.tell(.clientLoggedOut("dual", remaining: 0))
    rack.pass(.seconds(1))
    rack.outletsOn([left, right], watts: 1)
    rack.pass(.seconds(8))
    #expect(rack.looked().suffix(2) == ["rack-a/1 off", "rack-b/1 off"])

    // One PDU has lost its power and takes no order; when the mains are back the host boots on that feed by itself.
    rack.tell(.outletAnswered(left, .off, .failed("no answer")))
    rack.tell(.outletReported(right, position: .off, power: 0))
    rack.tell(.outletAnswered(right, .off, .verified))
    rack.mains(river)
    rack.mains(delta)
    rack.tell(.clientLoggedIn("dual"))
    rack.outletsOn([left], watts: 50)
    rack.pass(.seconds(59))
    #expect(rack.looked() == [])
    rack.pass(.seconds(2), obeying: true)
    #expect(rack.turned == ["rack-b/1 on"])
    rack.tell(.outletReported(right, position: .on, power: 20))

    // What a person switches off afterwards stays off.
    rack.tell(.outletReported(right, position: .off, power: 0))
    rack.pass(.seconds(300), obeying: true)
    #expect(rack.turned == ["rack-b/1 on"])
}

@Test func `minutes left are those of the survivor, which then carries the sum`() {
    var rack = pair()
    rack.battery(river, charge: 30, load: 100)
    rack.battery(delta, charge: 50, load: 100)
    // river: 19 % of 286 Wh x 0.88 = 47.8 Wh at 100 W = 1721 s. delta: 39 % of 1024 Wh x 0.88 = 351.4 Wh; 100 W
    // until river dies, 150 W from then on: 1721 s + (351.4 - 47.8) Wh / 150 W = 9008 s.
    let left = rack.engine.timeLeft(of: "left", at: rack.now)
    let dual = rack.engine.timeLeft(of: "dual", at: rack.now)
    #expect(left?.components.seconds == 1720 || left?.components.seconds == 1721)
    #expect(dual.map { abs($0.inSeconds - 9008) < 5 } == true)
}

@Test func `an outlet that is off is no feed, whatever its UPS says`() {
    var rack = pair()
    rack.tell(.outletReported(OutletID(rackA, 1), position: .off, power: 0))
    #expect(rack.engine.isPowered("dual"))
    #expect(!rack.engine.isRedundant("dual"))
}

@Test func `the last live feed of a running host is not switched off, with its name in the refusal`() {
    var rack = pair()
    let admin = Actor(user: "admin", address: "127.0.0.1")
    let refusal = rack.engine.refusal(of: .off, at: OutletID(rackA, 2))
    #expect(refusal?.reason == "outlet rack-a/2 is the last live feed of left, which is running")
    #expect(rack.engine.refusal(of: .off, at: OutletID(rackA, 2), force: "left") == nil)
    #expect(rack.engine.refusal(of: .off, at: OutletID(rackA, 1)) == nil)

    // The other feed of the same host is then refused while the first one is in flight, and after it.
    guard case .success(let taken) = rack.engine.order(.cycle, OutletID(rackA, 1), by: admin, at: rack.now) else {
        Issue.record("the first cycle was refused")
        return
    }
    #expect(taken.actions.map(\.inShort).contains("rack-a/1 off"))
    #expect(rack.engine.refusal(of: .cycle, at: OutletID(rackA, 1)) != nil)
    #expect(rack.engine.refusal(of: .cycle, at: OutletID(rackB, 1))?.reason == "another feed of dual is being switched")
    rack.note(taken.actions)
    rack.pass(PolicyEngine.cyclePause + .seconds(1), obeying: true)
    #expect(rack.turned == ["rack-a/1 off", "rack-a/1 on"])
    #expect(rack.looked() == ["answer \(taken.number) done"])
}

@Test func `a protected outlet is never switched but by force`() {
    var rack = Rack.single
    rack.consumers[2].isProtected = true
    let harness = EngineHarness(rack)
    #expect(
        harness.engine.refusal(of: .cycle, at: OutletID(rackA, 3))?.reason
            == "outlet rack-a/3 feeds switch, which is protected")
    #expect(harness.engine.refusal(of: .cycle, at: OutletID(rackA, 3), force: "switch") == nil)
}

@Test func `a UPS that dies moves its load to those that remain`() {
    let forecast = PowerForecast(
        batteries: [
            .init(runtime: .seconds(100), load: 100, isLive: true),
            .init(runtime: .seconds(1000), load: 100, isLive: true),
        ], shares: [[.init(ups: 0, watts: 100), .init(ups: 1, watts: 100)]])
    // 900 s at 100 W are left of the second when the first dies; at 200 W that is 450 s.
    #expect(forecast.ends == [.seconds(100), .seconds(550)])
}

@Test func `every phase explains itself`() {
    var rack = pair()
    #expect(rack.engine.explanation(of: "dual", at: rack.now).first == "dual runs, and nothing is intended with it.")
    rack.battery(river, charge: 50)
    rack.battery(delta, charge: 50)
    rack.pass(.seconds(3))
    let lines = rack.engine.explanation(of: "left", at: rack.now)
    #expect(lines.first == "left runs on battery for 3 s.")
    #expect(lines.contains("It is fed by rack-a/2 (river on battery), needs 1, not redundant."))
    #expect(
        lines.contains {
            $0.hasPrefix("river has 9") && $0.contains("above its cut-off (11 %) at 100 W as measured = ")
        })
    #expect(lines.contains { $0.hasPrefix("It stops in ") })
    rack.battery(river, charge: 16)
    #expect(rack.engine.explanation(of: "left", at: rack.now).first?.hasPrefix("left was told to stop 0 s ago") == true)
}

@Test func `a status that says neither mains nor battery changes nothing`() {
    var rack = pair()
    rack.battery(river, charge: 80)
    rack.tell(.upsReported(river, UPSCondition(supply: .unknown, charge: 80, cutOff: 11)))
    #expect(rack.engine.hostViews(at: rack.now).map(\.isOnBattery) == [false, true, false])
}

@Test func `a host that nobody listens for says so`() {
    var rack = pair()
    let warning = "No NUT client is logged in for it: nobody would hear that it is to stop."
    #expect(!rack.engine.explanation(of: "left", at: rack.now).contains(warning))
    rack.tell(.clientLoggedOut("left", remaining: 0))
    #expect(rack.engine.explanation(of: "left", at: rack.now).contains(warning))
}

@Test func `a feed of which nothing fresh is known does not count as the other one`() {
    var rack = pair()
    #expect(rack.engine.refusal(of: .off, at: OutletID(rackB, 1)) == nil)
    var silentPDU = rack
    silentPDU.tell(.pduSilent(rackA))
    #expect(silentPDU.engine.refusal(of: .off, at: OutletID(rackB, 1)) != nil)
    rack.tell(.upsSilent(river))
    #expect(rack.engine.refusal(of: .off, at: OutletID(rackB, 1)) != nil)
}
