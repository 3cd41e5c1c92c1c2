import PowerCore
import Testing

private let admin = Actor(user: "admin", address: "127.0.0.1")

private func pair(_ change: (inout Rack) -> Void = { _ in }) -> EngineHarness {
    var graph = Rack.pair
    change(&graph)
    var rack = EngineHarness(graph, PolicySettings(debounce: .seconds(1), stable: .seconds(10), settle: .seconds(5)))
    rack.mains(river)
    rack.mains(delta)
    rack.outletsOn(Rack.pairOutlets, watts: 50)
    for host: HostID in ["dual", "left", "right"] { rack.tell(.clientLoggedIn(host)) }
    rack.now = rack.now + .seconds(100)
    return rack
}

@Suite struct DrillTests {
    @Test func `a drill stops a host and starts it again`() {
        var rack = pair()
        #expect(rack.engine.refusal(ofDrill: "left") == nil)
        rack.tell(.hostForced("left", by: admin))
        #expect(rack.looked() == ["tell left"])
        rack.tell(.clientLoggedOut("left", remaining: 0))
        rack.pass(.seconds(1))
        rack.tell(.outletReported(OutletID(rackA, 2), position: .on, power: 1))
        rack.pass(.seconds(30), obeying: true)
        #expect(rack.turned == ["rack-a/2 off", "rack-a/2 on"])
        rack.tell(.clientLoggedIn("left"))
        #expect(rack.phase("left") == "running")
        #expect(rack.phase("dual") == "running")
    }

    @Test func `a drill that could not end well is refused`() {
        var rack = pair { graph in graph.consumers[2].isProtected = true }
        #expect(rack.engine.refusal(ofDrill: "nobody")?.reason == "there is no host called nobody")
        #expect(rack.engine.refusal(ofDrill: "right")?.reason == "nothing here could start right again")
        rack.battery(river, charge: 90)
        #expect(rack.engine.refusal(ofDrill: "left")?.reason == "left lives on battery now")
        rack.pass(.seconds(3))
        rack.battery(river, charge: 16)
        #expect(rack.engine.refusal(ofDrill: "left")?.reason == "left is asked, not running")
    }

    @Test func `the machine of the manager goes last, is never cut, and is no subject of a drill`() {
        var rack = pair { graph in graph.manager = "left" }
        #expect(rack.engine.refusal(ofDrill: "left")?.reason == "left is the machine this daemon runs on")
        rack.tell(.upsForced(river, by: admin))
        rack.tell(.upsForced(delta, by: admin))
        #expect(rack.looked().sorted() == ["tell dual", "tell right"])
        for (host, outlets) in [("dual", [1]), ("right", [2])] {
            rack.tell(.clientLoggedOut(HostID(host), remaining: 0))
            rack.pass(.seconds(1))
            if host == "dual" { rack.tell(.outletReported(OutletID(rackA, 1), position: .on, power: 1)) }
            for outlet in outlets { rack.tell(.outletReported(OutletID(rackB, outlet), position: .on, power: 1)) }
        }
        #expect(rack.looked().contains("tell left"))
        rack.tell(.clientLoggedOut("left", remaining: 0))
        rack.pass(.seconds(1))
        rack.tell(.outletReported(OutletID(rackA, 2), position: .on, power: 1))
        rack.pass(.seconds(60), obeying: true)
        #expect(!rack.turned.contains("rack-a/2 off"))
    }

    @Test func `cuts in a row count together until the mains have been stable`() {
        var settings = PolicySettings(debounce: .seconds(5), stable: .seconds(60))
        settings.triggers = ["core": [.onBattery(.seconds(10))]]
        var rack = EngineHarness(.pair, settings)
        rack.mains(river)
        rack.mains(delta)
        rack.outletsOn(Rack.pairOutlets, watts: 50)
        for _ in 0..<3 {
            rack.battery(river, charge: 90)
            rack.pass(.seconds(3))
            rack.mains(river, charge: 90)
            rack.pass(.seconds(10))
        }
        #expect(rack.looked() == [])
        rack.battery(river, charge: 90)
        let sentence = rack.engine.explanation(of: "left", at: rack.now).first
        #expect(sentence == "left runs on battery for 0 s, which counts as 9 s with the cuts before it.")
        rack.pass(.seconds(2))
        #expect(rack.looked() == ["tell left"])

        var patient = EngineHarness(.pair, settings)
        patient.mains(river)
        patient.mains(delta)
        for _ in 0..<10 {
            patient.battery(river, charge: 90)
            patient.pass(.seconds(3))
            patient.mains(river, charge: 90)
            patient.pass(.seconds(61))
        }
        #expect(patient.looked() == [])
    }

    @Test func `a UPS that could not carry everything is said long before`() {
        var rack = pair { graph in graph.upses[0].rated = 190 }
        rack.outletsOn(Rack.pairOutlets, watts: 50)
        #expect(rack.records.count { if case .tight = $0.reason { true } else { false } } == 0)
        rack.outletsOn(Rack.pairOutlets, watts: 70)
        #expect(
            rack.records.contains(PolicyRecord(.warning, "river", .tight(river, 210, rated: 190))))
    }

    @Test func `stop times are learnt, and the last safe moment moves with them`() {
        var rack = pair()
        #expect(rack.engine.timeToStop("left") == .seconds(120))
        for _ in 0..<3 {
            rack.tell(.hostForced("left", by: admin))
            rack.pass(.seconds(20))
            rack.tell(.clientLoggedOut("left", remaining: 0))
            rack.tell(.outletReported(OutletID(rackA, 2), position: .on, power: 1))
            rack.pass(.seconds(30), obeying: true)
            rack.tell(.clientLoggedIn("left"))
            rack.tell(.outletReported(OutletID(rackA, 2), position: .on, power: 50))
            rack.pass(.seconds(30))
        }
        #expect(rack.engine.timeToStop("left") == .seconds(20))
    }
}

@Suite struct RackPlanTests {
    @Test func `a plan to stop goes from what needs to what is needed`() {
        let nodes = EngineHarness(.single).engine.planNodes(at: .origin)
        let plan = RackPlan.stop(nodes, ["switch"])
        #expect(plan.steps.map(\.id) == ["pve", "storage", "switch"])
        #expect(plan.steps.map(\.begin) == [.zero, .seconds(240), .seconds(540)])
        #expect(plan.limit == .seconds(540))
        #expect(RackPlan.stop(nodes, ["pve"]).steps.map(\.id) == ["pve"])
        #expect(RackPlan.start(nodes).steps.isEmpty)
    }

    @Test func `a node travels as a line`() {
        for node in EngineHarness(.single).engine.planNodes(at: .origin) {
            #expect(RackPlan.Node(parsing: node.description) == node)
        }
        for line in ["", "host", "host pve1 running", "host a running stop=x limit=1 start=1", "box a b stop=1"] {
            #expect(RackPlan.Node(parsing: line) == nil)
        }
        #expect(RackPlan.Node(parsing: "host a off stop=99999999999999999999 limit=1 start=1") == nil)
    }

    @Test func `a plan to start takes what is down and what it needs`() {
        let nodes = ["switch", "storage", "pve"].map { name in
            RackPlan.Node(
                id: HostID(name), isHost: name != "switch", phase: "off",
                needs: name == "pve" ? ["storage"] : name == "storage" ? ["switch"] : [], stopsBefore: [],
                stop: .zero, stopLimit: .zero, start: name == "switch" ? .zero : .seconds(60))
        }
        let plan = RackPlan.start(nodes)
        #expect(plan.steps.map(\.id) == ["switch", "storage", "pve"])
        #expect(plan.length == .seconds(120))
    }
}
