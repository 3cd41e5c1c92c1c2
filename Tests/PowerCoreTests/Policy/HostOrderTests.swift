import PowerCore
import Testing

private let admin = Actor(user: "admin", address: "127.0.0.1")
private let left = OutletID(rackA, 1)
private let right = OutletID(rackB, 1)

/// Two UPSes, two PDUs; `dual` hangs on both. Everything is up.
private func pair() -> EngineHarness {
    var rack = EngineHarness(.pair, PolicySettings(debounce: .seconds(5), settle: .seconds(5)))
    rack.mains(river)
    rack.mains(delta)
    rack.outletsOn(Rack.pairOutlets, watts: 50)
    for host: HostID in ["dual", "left", "right"] { rack.tell(.clientLoggedIn(host)) }
    rack.now = rack.now + .seconds(100)
    return rack
}

extension EngineHarness {
    /// Gives an order to all feeds of `dual`, with its name typed.
    fileprivate mutating func order(_ order: OutletOrder, options: OutletOptions = OutletOptions(force: "dual")) throws
        -> Int
    {
        let taken = try self.engine.order(order, allOf: "dual", by: admin, options: options, at: self.now).get()
        self.note(taken.actions)
        return taken.number
    }

    fileprivate mutating func answer(_ outlet: OutletID, _ position: OutletPosition, _ answer: OutletAnswer = .verified)
    {
        self.tell(.outletAnswered(outlet, position, answer))
    }
}

@Suite struct HostOrderTests {
    @Test func `a cycle of a host gives no feed back before all are off`() throws {
        var rack = pair()
        let number = try rack.order(.cycle)
        rack.pass(.seconds(3))
        #expect(rack.looked() == ["rack-a/1 off", "rack-b/1 off"])
        rack.answer(left, .off)
        rack.pass(PolicyEngine.cyclePause + .seconds(2))
        #expect(rack.looked() == [])
        rack.answer(right, .off)
        rack.pass(PolicyEngine.cyclePause - .seconds(1))
        #expect(rack.looked() == [])
        rack.pass(.seconds(4))
        #expect(rack.looked().sorted() == ["rack-a/1 on", "rack-b/1 on"])
        rack.answer(left, .on)
        #expect(rack.looked() == [])
        rack.answer(right, .on)
        #expect(rack.looked() == ["answer \(number) done"])
    }

    @Test func `a feed that does not go off is named, and the other one comes back`() throws {
        var rack = pair()
        let number = try rack.order(.cycle)
        rack.pass(.seconds(3))
        rack.answer(left, .off)
        rack.answer(right, .off, .notVerified)
        _ = rack.looked()
        rack.pass(PolicyEngine.cyclePause + .seconds(2))
        // The one that was not seen to go off is given power as well: it may have gone off all the same.
        #expect(rack.looked() == ["rack-b/1 on", "rack-a/1 on"])
        rack.answer(right, .on)
        rack.answer(left, .on)
        let sentence = OutletAnswer.notVerified.inWords
        #expect(rack.looked() == ["answer \(number) \(OrderOutcome.failed(sentence, .partly))"])
    }

    @Test func `a running host, a protected one and one without outlets are refused`() {
        var rack = pair()
        #expect(
            rack.engine.refusal(of: .off, allOf: "dual")
                == OrderRefusal("dual is running; stop it first", .interlock))
        #expect(rack.engine.refusal(of: .on, allOf: "dual") == nil)
        #expect(rack.engine.refusal(of: .off, allOf: "dual", force: "dual") == nil)
        #expect(
            rack.engine.refusal(of: .off, allOf: "nobody")
                == OrderRefusal("there is no host or load called nobody", .notFound))
        guard case .success = rack.engine.order(.cycle, left, by: admin, at: rack.now) else {
            Issue.record("the cycle of one feed was refused")
            return
        }
        #expect(rack.engine.refusal(of: .on, allOf: "dual")?.trouble == .interlock)
    }

    @Test func `the time off is the one that was asked for, and a delay is waited for`() throws {
        var rack = pair()
        let options = OutletOptions(offTime: .seconds(30), delay: .seconds(20))
        let taken = try rack.engine.order(.cycle, left, by: admin, options: options, at: rack.now).get()
        rack.note(taken.actions)
        rack.pass(.seconds(19))
        #expect(rack.looked() == [])
        rack.pass(.seconds(1))
        #expect(rack.looked() == ["rack-a/1 off"])
        rack.answer(left, .off)
        rack.pass(.seconds(29))
        #expect(rack.looked() == [])
        rack.pass(.seconds(1))
        #expect(rack.looked() == ["rack-a/1 on"])
    }

    @Test func `a person's order that fails is answered at once, but a cycle does not leave an outlet off`() throws {
        var rack = pair()
        let first = try rack.engine.order(.off, left, by: admin, at: rack.now).get()
        rack.note(first.actions)
        rack.answer(left, .off, .notVerified)
        #expect(rack.looked().last == "answer \(first.number) \(OutletAnswer.notVerified.outcomeInTests)")

        let second = try rack.engine.order(.cycle, right, by: admin, at: rack.now).get()
        rack.note(second.actions)
        rack.answer(right, .off)
        rack.pass(PolicyEngine.cyclePause)
        for _ in 0..<2 {
            #expect(rack.looked().last == "rack-b/1 on")
            rack.answer(right, .on, .unreachable("silence"))
            rack.pass(.seconds(15))
        }
        #expect(rack.looked().last == "rack-b/1 on")
        rack.answer(right, .on)
        #expect(rack.looked() == ["answer \(second.number) done"])
    }

    @Test func `the outlet of the way to the PDU is left to the PDU itself, and never just switched off`() throws {
        var graph = Rack.pair
        graph.pdus[0].via = ["dual"]
        var rack = EngineHarness(graph, PolicySettings())
        rack.mains(river)
        rack.mains(delta)
        rack.outletsOn(Rack.pairOutlets, watts: 50)
        #expect(
            rack.engine.refusal(of: .off, at: left)
                == OrderRefusal("outlet rack-a/1 feeds the way to rack-a: nobody could switch it on again", .interlock))
        #expect(
            rack.engine.refusal(of: .cycle, allOf: "dual", force: "dual")?.reason
                == "outlet rack-a/1 feeds the way to rack-a; cycle the outlets of dual one by one")
        let taken = try rack.engine.order(.cycle, left, by: admin, at: rack.now).get()
        rack.note(taken.actions)
        #expect(rack.looked() == ["rack-a/1 cycle"])
        rack.answer(left, .on)
        #expect(rack.looked() == ["answer \(taken.number) done"])
    }

    @Test func `a cycle that the device is asked to do itself takes the power like any other`() throws {
        var rack = pair()
        let native = OutletOptions(isNative: true)
        let refused = rack.engine.order(.cycle, OutletID(rackA, 2), by: admin, options: native, at: rack.now)
        guard case .failure(let refusal) = refused else {
            Issue.record("the last live feed of a running host was cycled")
            return
        }
        #expect(refusal.trouble == .interlock)
    }
}

extension OutletAnswer {
    fileprivate var outcomeInTests: OrderOutcome { .failed(self.inWords, self.trouble ?? .failed) }
}

/// What a person's order must not do to others, and what becomes of it when things change.
@Suite struct OrderInterlockTests {
    /// `first` and `second` hang on the same two outlets, which is said to be on purpose.
    private static func shared() -> EngineHarness {
        func host(_ id: HostID) -> Consumer {
            Consumer(id: id, kind: .host(StopPlan()), tier: "core", feeds: [.outlet(left), .outlet(right)])
        }
        let rack = Rack(
            upses: [RackUPS(id: river, capacity: 286), RackUPS(id: delta, capacity: 1024)],
            pdus: [
                RackPDU(id: rackA, feed: river, shared: [1]), RackPDU(id: rackB, feed: delta, shared: [1]),
            ],
            consumers: [host("first"), host("second")], tiers: ["core"])
        var harness = EngineHarness(rack, PolicySettings(debounce: .seconds(5), settle: .seconds(5)))
        harness.mains(river)
        harness.mains(delta)
        harness.outletsOn([left, right], watts: 100)
        for host: HostID in ["first", "second"] { harness.tell(.clientLoggedIn(host)) }
        harness.now = harness.now + .seconds(100)
        return harness
    }

    @Test func `a name that was typed lifts the interlocks of that host alone`() throws {
        var rack = Self.shared()
        let options = OutletOptions(force: "first")
        let taken = try rack.engine.order(.off, allOf: "first", by: admin, options: options, at: rack.now).get()
        rack.note(taken.actions)
        rack.pass(.seconds(10), obeying: true)
        // One of them at most: the other is the last feed of the second host, whose name nobody typed.
        #expect(rack.turned.filter { $0.hasSuffix("off") }.count <= 1)
        #expect(rack.engine.isPowered("second"))
    }

    @Test func `a name that was typed is not asked for again when an order is carried out late`() throws {
        var rack = Self.shared()
        let options = OutletOptions(force: "first", delay: .seconds(60))
        let taken = try rack.engine.order(.off, left, by: admin, options: options, at: rack.now).get()
        rack.note(taken.actions)
        rack.pass(.seconds(30))
        rack.tell(.outletReported(right, position: .off, power: 0))
        rack.pass(.seconds(40), obeying: true)
        #expect(!rack.turned.contains("rack-a/1 off"))
        #expect(rack.engine.isPowered("second"))
    }

    @Test func `an order that only waits gives way when what it is about lives on battery`() throws {
        var rack = pair()
        let options = OutletOptions(delay: .seconds(300))
        let taken = try rack.engine.order(.on, OutletID(rackA, 2), by: admin, options: options, at: rack.now).get()
        rack.note(taken.actions)
        rack.battery(river, charge: 80)
        rack.pass(.seconds(10))
        #expect(rack.looked().contains { $0.hasPrefix("answer \(taken.number) failed(\"left lives on battery since") })
        #expect(rack.engine.refusal(ofTouching: OutletID(rackA, 2)) == nil)
    }

    @Test func `a delayed order that ends with power keeps its time over a restart`() throws {
        var rack = pair()
        rack.tell(.outletReported(OutletID(rackA, 2), position: .off, power: 0))
        let options = OutletOptions(delay: .seconds(300))
        let taken = try rack.engine.order(.on, OutletID(rackA, 2), by: admin, options: options, at: rack.now).get()
        rack.note(taken.actions)
        rack.pass(.seconds(10))
        rack.crash()
        rack.mains(river)
        rack.mains(delta)
        rack.tell(.outletReported(OutletID(rackA, 2), position: .off, power: 0))
        rack.pass(.seconds(200), obeying: true)
        #expect(!rack.turned.contains("rack-a/2 on"))
        rack.pass(.seconds(100), obeying: true)
        #expect(rack.turned.contains("rack-a/2 on"))
    }

    @Test func `an order that comes while a restarted daemon only looks is answered`() throws {
        var rack = pair()
        rack.pass(.seconds(1))
        rack.crash()
        let taken = try rack.engine.order(.on, left, by: admin, at: rack.now).get()
        rack.note(taken.actions)
        rack.mains(river)
        rack.mains(delta)
        rack.outletsOn(Rack.pairOutlets, watts: 50)
        rack.pass(.seconds(20), obeying: true)
        #expect(rack.looked().contains("answer \(taken.number) done"))
    }

    @Test func `what was ordered and took too long is given up before anything else is`() throws {
        var rack = pair()
        let taken = try rack.engine.order(.cycle, left, by: admin, at: rack.now).get()
        rack.note(taken.actions)
        #expect(rack.looked() == ["rack-a/1 off"])
        rack.pass(PolicyEngine.answerTimeout + PolicyEngine.attemptPause + .seconds(3))
        let seen = rack.looked()
        #expect(seen.first == "rack-a/1 given up")
        #expect(seen.last == "rack-a/1 on")
    }
}
