import PowerCore
import Testing

private let settings = PolicySettings(
    debounce: .seconds(1), stable: .seconds(30), settle: .seconds(5), stagger: .seconds(1), restartCharge: 20,
    triggers: ["core": [.onBattery(.seconds(10))]])

/// One host on one outlet whose watts nobody measures.
private func lone(
    _ stop: StopPlan, start: StartPlan = StartPlan(), isProtected: Bool = false, isProbed: Bool = false
) -> EngineHarness {
    let rack = Rack(
        upses: [RackUPS(id: river, capacity: 286)], pdus: [RackPDU(id: rackA, feed: river)],
        consumers: [
            Consumer(
                id: "web", kind: .host(stop), tier: "core", feeds: [.outlet(OutletID(rackA, 1))],
                isProtected: isProtected, start: start, watts: 50, isProbed: isProbed)
        ], tiers: ["core"])
    var harness = EngineHarness(rack, settings)
    harness.mains(river)
    harness.tell(.outletReported(OutletID(rackA, 1), position: .on, power: nil))
    return harness
}

extension EngineHarness {
    /// Says that the outlet stands as it does, and draws nobody knows what.
    fileprivate mutating func turned(_ position: OutletPosition) {
        self.tell(.outletReported(OutletID(rackA, 1), position: position, power: nil))
        self.tell(.outletAnswered(OutletID(rackA, 1), position, .verified))
    }
}

@Suite struct WaysTests {
    @Test func `a way that is no client is an order, and its answer means going down`() {
        var rack = lone(StopPlan(ways: [.ssh], timeout: .seconds(100), offAfterLogout: .seconds(20)))
        rack.battery(river, charge: 90)
        rack.pass(.seconds(11))
        #expect(rack.looked() == ["tell web", "stop web by ssh"])
        #expect(rack.phase("web") == "asked")
        rack.tell(.stopAnswered("web", .ssh, .taken))
        #expect(rack.phase("web") == "stopping")
        rack.pass(.seconds(21))
        #expect(rack.engine.phase(of: "web")?.word == "stopped")
    }

    @Test func `where no client listens the next way is tried at once`() {
        var rack = lone(StopPlan(ways: [.nut, .command], timeout: .seconds(100)))
        rack.battery(river, charge: 90)
        rack.pass(.seconds(11))
        #expect(rack.looked() == ["tell web", "stop web by command"])
    }

    @Test func `a client that does not react leaves its turn to the next way, and a failure to the one after`() {
        var rack = lone(
            StopPlan(ways: [.nut, .command, .ssh], timeout: .seconds(300), nextWayAfter: .seconds(20)))
        rack.tell(.clientLoggedIn("web"))
        rack.battery(river, charge: 90)
        rack.pass(.seconds(11))
        #expect(rack.looked() == ["tell web"])
        rack.pass(.seconds(18))
        #expect(rack.looked() == [])
        rack.pass(.seconds(2))
        #expect(rack.looked() == ["stop web by command"])
        rack.tell(.stopAnswered("web", .command, .failed("exit code 1")))
        #expect(rack.looked() == ["stop web by ssh"])
        #expect(rack.records.contains(PolicyRecord(.warning, "web", .wayFailed(.command, "exit code 1"))))
        // An answer that is late is about a way that is not being tried any more.
        rack.tell(.stopAnswered("web", .command, .taken))
        #expect(rack.phase("web") == "asked")
        // After the last way it begins again, and not sooner than each of them is given.
        rack.tell(.stopAnswered("web", .ssh, .failed("no route to host")))
        #expect(rack.looked() == [])
        rack.pass(.seconds(41))
        #expect(rack.looked() == ["stop web by command"])
    }

    @Test func `a host that answered on the network and no longer does is down`() {
        var rack = lone(StopPlan(timeout: .seconds(100)), isProbed: true)
        rack.tell(.hostProbed("web", answers: true))
        rack.tell(.clientLoggedIn("web"))
        rack.battery(river, charge: 90)
        rack.pass(.seconds(11))
        rack.tell(.clientLoggedOut("web", remaining: 0))
        rack.tell(.hostProbed("web", answers: true))
        rack.pass(.seconds(2))
        rack.tell(.hostProbed("web", answers: false))
        rack.pass(.seconds(9))
        #expect(rack.phase("web") == "stopping")
        rack.pass(.seconds(2))
        #expect(rack.records.contains(PolicyRecord(.notice, "web", .stopped(.unreachable))))
    }

    @Test func `a host that still answers is not down, however long its client is gone`() {
        var rack = lone(StopPlan(timeout: .seconds(200), offAfterLogout: .seconds(20)), isProbed: true)
        rack.tell(.clientLoggedIn("web"))
        rack.battery(river, charge: 90)
        rack.pass(.seconds(11))
        rack.tell(.clientLoggedOut("web", remaining: 0))
        for _ in 0..<20 {
            rack.tell(.hostProbed("web", answers: true))
            rack.pass(.seconds(2))
        }
        #expect(rack.phase("web") == "stopping")
        rack.tell(.hostProbed("web", answers: false))
        rack.pass(.seconds(11))
        #expect(rack.engine.phase(of: "web")?.word == "stopped")
    }

    @Test func `a host that never answered proves nothing by not answering`() {
        var rack = lone(StopPlan(timeout: .seconds(200), offAfterLogout: .seconds(60)), isProbed: true)
        rack.tell(.hostProbed("web", answers: false))
        rack.tell(.clientLoggedIn("web"))
        rack.battery(river, charge: 90)
        rack.pass(.seconds(11))
        rack.tell(.clientLoggedOut("web", remaining: 0))
        rack.tell(.hostProbed("web", answers: false))
        rack.pass(.seconds(59))
        #expect(rack.phase("web") == "stopping")
        rack.pass(.seconds(2))
        #expect(rack.records.contains(PolicyRecord(.notice, "web", .stopped(.timeSinceLogout))))
    }

    // MARK: Starting

    /// After an outage in which `web` was stopped and cut.
    private func dark(_ start: StartPlan) -> EngineHarness {
        var rack = lone(StopPlan(timeout: .seconds(100), offAfterLogout: .seconds(5)), start: start, isProbed: true)
        rack.tell(.clientLoggedIn("web"))
        rack.battery(river, charge: 90)
        rack.pass(.seconds(11))
        rack.tell(.clientLoggedOut("web", remaining: 0))
        rack.pass(.seconds(12))
        rack.turned(.off)
        rack.orders = []
        rack.mains(river, charge: 80)
        rack.pass(.seconds(31))
        return rack
    }

    @Test func `a magic packet is sent when the network card has had power for a while`() {
        var rack = self.dark(StartPlan(methods: [.wakeOnLAN], timeout: .seconds(60)))
        #expect(rack.looked() == ["rack-a/1 on"])
        rack.turned(.on)
        rack.pass(.seconds(9))
        #expect(rack.looked() == [])
        rack.pass(.seconds(2))
        #expect(rack.looked() == ["start web by wake-on-lan"])
        rack.tell(.hostProbed("web", answers: true))
        #expect(rack.phase("web") == "running")
        #expect(rack.records.contains(PolicyRecord(.notice, "web", .seenUp(.reachable))))
    }

    @Test func `a host that does not come gets the next method of its chain, three rounds, then a person`() {
        var rack = self.dark(StartPlan(methods: [.outlet, .wakeOnLAN, .command], timeout: .seconds(60)))
        #expect(rack.looked() == ["rack-a/1 on"])
        rack.turned(.on)
        var seen: [String] = []
        for _ in 0..<150 {
            rack.pass(.seconds(5))
            for order in rack.looked() {
                seen.append(order)
                if order == "rack-a/1 off" { rack.turned(.off) }
                if order == "rack-a/1 on" { rack.turned(.on) }
            }
        }
        let round = ["start web by wake-on-lan", "start web by command"]
        let cycle = ["rack-a/1 off", "rack-a/1 on"]
        #expect(seen == round + cycle + round + cycle + round)
        #expect(rack.phase("web") == "failed")
        #expect(rack.records.contains(PolicyRecord(.alarm, "web", .startFailed)))
        // A person has looked.
        rack.tell(.clientLoggedIn("web"))
        #expect(rack.phase("web") == "running")
    }

    @Test func `a method that cannot be carried out leaves its time to the next one`() {
        var rack = self.dark(StartPlan(methods: [.command, .wakeOnLAN], timeout: .seconds(600)))
        rack.turned(.on)
        rack.pass(.seconds(11))
        #expect(rack.looked().last == "start web by command")
        rack.tell(.startAnswered("web", .command, .failed("no such file")))
        #expect(rack.looked() == ["start web by wake-on-lan"])
    }

    @Test func `a protected host is told and keeps its power, and is woken afterwards`() {
        var rack = lone(
            StopPlan(timeout: .seconds(100), offAfterLogout: .seconds(5)),
            start: StartPlan(methods: [.outlet, .wakeOnLAN]),
            isProtected: true)
        rack.tell(.clientLoggedIn("web"))
        rack.battery(river, charge: 90)
        rack.pass(.seconds(11))
        rack.tell(.clientLoggedOut("web", remaining: 0))
        rack.pass(.seconds(60))
        #expect(rack.looked() == ["tell web", "untell web"])
        rack.mains(river, charge: 80)
        rack.pass(.seconds(31))
        #expect(rack.looked() == ["start web by wake-on-lan"])
    }

    @Test func `power that comes back by itself is given its time before anything is switched`() {
        var rack = lone(StopPlan(timeout: .seconds(100)), start: StartPlan(timeout: .seconds(60)))
        rack.tell(.clientLoggedIn("web"))
        rack.tell(.upsReported(river, UPSCondition(supply: .off, charge: 11, cutOff: 11)))
        rack.tell(.clientLoggedOut("web", remaining: 0))
        #expect(rack.phase("web") == "off")
        rack.pass(.seconds(60))
        rack.mains(river, charge: 40)
        #expect(rack.phase("web") == "starting")
        rack.pass(.seconds(40))
        #expect(rack.looked() == [])
        rack.tell(.clientLoggedIn("web"))
        #expect(rack.phase("web") == "running")
    }

    @Test func `power that comes back and starts nothing is taken away once more`() {
        var rack = lone(StopPlan(timeout: .seconds(100)), start: StartPlan(timeout: .seconds(60)))
        rack.tell(.clientLoggedIn("web"))
        rack.tell(.upsReported(river, UPSCondition(supply: .off, charge: 11, cutOff: 11)))
        rack.tell(.clientLoggedOut("web", remaining: 0))
        rack.mains(river, charge: 40)
        rack.pass(.seconds(61))
        #expect(rack.looked() == ["rack-a/1 off"])
    }

    @Test
    func `a host that hangs half way down when the power is back is cycled, one that was never told is left alone`() {
        for isTold in [true, false] {
            var rack = lone(StopPlan(timeout: .seconds(100)), start: StartPlan(timeout: .seconds(60)))
            rack.tell(.clientLoggedIn("web"))
            if isTold {
                rack.battery(river, charge: 90)
                rack.pass(.seconds(11))
            }
            rack.tell(.clientLoggedOut("web", remaining: 0))
            rack.tell(.upsReported(river, UPSCondition(supply: .off, charge: 11, cutOff: 11)))
            rack.orders = []
            rack.mains(river, charge: 40)
            rack.pass(.seconds(1))
            rack.tell(.outletReported(OutletID(rackA, 1), position: .on, power: 40))
            rack.pass(.seconds(66))
            #expect(rack.looked() == (isTold ? ["rack-a/1 off"] : []))
            #expect(rack.records.contains(PolicyRecord(.alarm, "web", .stopped(.timeout))) == isTold)
            #expect(rack.phase("web") == (isTold ? "stopped" : "running"))
        }
    }
}
