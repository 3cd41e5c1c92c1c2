import PowerCore
import Testing

@Suite struct RunningExplanationTests {
    @Test func `a host on mains has two sentences`() {
        let rack = Explained.running([.lastSafeMoment])
        #expect(
            rack.sentences("pve") == [
                "pve runs, and nothing is intended with it.",
                "It is fed by rack-a/1 (river on mains), needs 1, not redundant.",
            ])
        #expect(rack.sentences("nobody") == [])
    }

    @Test func `a host for which nobody listens is said so`() {
        var rack = Explained.running([.lastSafeMoment])
        rack.tell(.clientLoggedOut("pve", remaining: 0))
        #expect(
            rack.sentences("pve").last
                == "No NUT client is logged in for it: nobody would hear that it is to stop.")
    }

    @Test func `the energy is the estimate that is decided by`() throws {
        var rack = Explained.running([.lastSafeMoment])
        rack.battery(river, charge: 60, load: 120)
        rack.pass(.seconds(20))
        let estimate = try #require(rack.engine.estimate(of: river, at: rack.now))
        let energy = try #require(estimate.energy?.inWords)
        let runtime = try #require(estimate.runtime?.inWords)
        let sentence = try #require(rack.sentences("pve").first { $0.hasPrefix("river has") })
        #expect(
            sentence.hasPrefix(
                "river has \(energy) above its cut-off (11 %) at 120 W \(estimate.source.inWords) = \(runtime), "))
        #expect(rack.engine.timeLeft(of: "pve", at: rack.now) == estimate.runtime)
    }

    @Test func `after so long on battery it stops when it says`() {
        var rack = Explained.running([.onBattery(.seconds(90))])
        rack.battery(river, charge: 80, load: 120)
        rack.pass(.seconds(20))
        #expect(rack.sentences("pve").first == "pve runs on battery for 20 s.")
        #expect(rack.sentences("pve").dropLast().last == "It stops in 1 min 10 s: after 1 min 30 s on battery.")
        #expect(rack.phases(of: "pve", around: .seconds(70)) == ["running", "asked"])
    }

    @Test func `cuts before count, and the sentence says so`() {
        var rack = Explained.running([.onBattery(.seconds(90))])
        rack.battery(river, charge: 80, load: 120)
        rack.pass(.seconds(40))
        rack.mains(river, charge: 79)
        rack.pass(.seconds(10))
        rack.battery(river, charge: 79, load: 120)
        rack.pass(.seconds(5))
        #expect(
            rack.sentences("pve").first
                == "pve runs on battery for 5 s, which counts as 45 s with the cuts before it.")
        #expect(rack.sentences("pve").dropLast().last == "It stops in 45 s: after 1 min 30 s on battery.")
        #expect(rack.phases(of: "pve", around: .seconds(45)) == ["running", "asked"])
    }

    @Test func `at the charge it names it stops`() {
        var rack = Explained.running([.charge(40)])
        rack.battery(river, charge: 60, load: 120)
        rack.pass(.seconds(20))
        #expect(rack.sentences("pve").dropLast().last == "It stops when the charge, now 60 %, falls to 40 %.")
        rack.battery(river, charge: 42, load: 120)
        #expect(rack.phase("pve") == "running")
        rack.battery(river, charge: 40, load: 120)
        #expect(rack.phase("pve") == "asked")
    }

    @Test func `with so much power left it stops when it says`() throws {
        var rack = Explained.running([.runtime(.seconds(900))])
        rack.battery(river, charge: 60, load: 200)
        let left = try #require(rack.engine.timeLeft(of: "pve", at: rack.now))
        let wait = left - .seconds(900)
        #expect(
            rack.sentences("pve").dropLast().last
                == "It stops in \(wait.inWords): when 15 min of \(left.inWords) of power are left.")
        let discharged = rack.discharge(from: 60, load: 200, until: "pve")
        let taken = try #require(discharged)
        #expect((-1...1).contains((taken - wait).inSeconds), "it said \(wait.inWords) and took \(taken.inWords)")
    }

    @Test(arguments: ["pve", "storage"] as [HostID])
    func `at the last safe moment it stops when it says`(host: HostID) throws {
        var rack = Explained.running([.lastSafeMoment])
        rack.battery(river, charge: 60, load: 200)
        let left = try #require(rack.engine.timeLeft(of: host, at: rack.now))
        let needed = rack.engine.timeToStop(host) * Explained.settings.margin
        let wait = left - needed
        #expect(
            rack.sentences(host).dropLast().last
                == "It stops in \(wait.inWords) at the latest: \(left.inWords) of power are left, and stopping in order "
                + "may take \(needed.inWords).")
        let discharged = rack.discharge(from: 60, load: 200, until: host)
        let taken = try #require(discharged)
        #expect(taken <= wait + .seconds(1), "it said \(wait.inWords) and took \(taken.inWords)")
        // What is needed stops last, so that nothing makes it stop before its own moment.
        if host == "storage" { #expect(taken >= wait - .seconds(1)) }
    }

    @Test func `a host that waits names who goes first, and why it is to stop`() {
        var rack = Explained.running([.onBattery(.seconds(10))])
        rack.battery(river, charge: 80, load: 120)
        rack.pass(.seconds(10))
        #expect(
            rack.sentences("storage").first
                == "storage is to stop: on battery for 10 s, and the limit is 10 s; first stop pve.")
        rack.tell(.clientLoggedOut("pve", remaining: 0))
        rack.pass(.seconds(1))
        #expect(rack.phase("storage") == "waiting")
        rack.tell(.outletReported(OutletID(rackA, 1), position: .on, power: 1))
        #expect(rack.phase("storage") == "asked")
    }

    @Test func `a host that must stop because of another says which`() {
        var rack = Explained.running([.lastSafeMoment])
        rack.tell(.hostForced("storage", by: Explained.admin))
        #expect(
            rack.sentences("storage").first
                == "storage is to stop: shutdown forced by admin at 127.0.0.1; first stop pve.")
        #expect(rack.phase("pve") == "asked")
    }
}

@Suite struct StoppingExplanationTests {
    @Test func `a host that was told counts as stopped when it says`() {
        var rack = Explained.lone()
        rack.battery(river, charge: 90)
        rack.pass(.seconds(40))
        #expect(
            rack.sentences("web").first
                == "web was told to stop 30 s ago; it has not begun yet. It counts as stopped by timeout in 1 min 10 s."
        )
        #expect(rack.sentences("web").last == "It counts as down 20 s after its client has logged out.")
        #expect(rack.phases(of: "web", around: .seconds(70)) == ["asked", "stopped"])
        #expect(
            rack.sentences("web").first
                == "web is down for 0 s: its time to stop ran out; nothing proves that it is down.")
    }

    @Test(arguments: [(StopPlan.Way.ssh, "ssh"), (.command, "a command")])
    func `the way by which a host is asked is named`(way: StopPlan.Way, word: String) {
        var rack = Explained.lone(StopPlan(ways: [way], timeout: .seconds(100), offAfterLogout: .seconds(20)))
        rack.battery(river, charge: 90)
        rack.pass(.seconds(13))
        #expect(
            rack.sentences("web").first
                == "web was told to stop 3 s ago, at present by \(word); it has not begun yet. It counts as stopped by "
                + "timeout in 1 min 37 s.")
    }

    @Test func `a host that is going down counts as down when it says`() {
        var rack = Explained.lone()
        rack.battery(river, charge: 90)
        rack.pass(.seconds(15))
        rack.tell(.clientLoggedOut("web", remaining: 0))
        rack.pass(.seconds(8))
        #expect(
            rack.sentences("web").first
                == "web is going down for 8 s. Without a proof that it is down, its time runs out in 1 min 27 s.")
        #expect(rack.sentences("web").last == "It counts as down 20 s after its client has logged out.")
        #expect(rack.phases(of: "web", around: .seconds(12)) == ["stopping", "stopped"])
        #expect(
            rack.sentences("web").first
                == "web is down for 0 s: its client logged out, and the time it takes to be off has passed.")
    }

    @Test func `without any proof its time runs out when it says`() {
        var rack = Explained.lone(StopPlan(timeout: .seconds(100), offAfterLogout: .seconds(95)))
        rack.battery(river, charge: 90)
        rack.pass(.seconds(40))
        rack.tell(.clientLoggedOut("web", remaining: 0))
        rack.pass(.seconds(10))
        #expect(rack.sentences("web").first?.hasSuffix("its time runs out in 1 min.") == true)
        #expect(rack.phases(of: "web", around: .seconds(60)) == ["stopping", "stopped"])
    }

    @Test func `a host that is looked for counts as down when it has been silent for so long`() {
        var rack = Explained.lone(StopPlan(timeout: .seconds(100), offAfterLogout: .seconds(60)), isProbed: true)
        rack.tell(.hostProbed("web", answers: true))
        rack.battery(river, charge: 90)
        rack.pass(.seconds(12))
        rack.tell(.clientLoggedOut("web", remaining: 0))
        rack.tell(.hostProbed("web", answers: false))
        #expect(
            rack.sentences("web").last
                == "It counts as down when it has not answered for 10 s, or 1 min after its client has logged out.")
        #expect(rack.phases(of: "web", around: .seconds(10)) == ["stopping", "stopped"])
        #expect(rack.sentences("web").first == "web is down for 0 s: it no longer answers on the network.")
    }

    @Test func `a host whose watts are measured counts as down below the watts it names`() {
        var rack = Explained.running([.onBattery(.seconds(10))])
        rack.battery(river, charge: 80, load: 120)
        rack.pass(.seconds(11))
        #expect(rack.sentences("pve").last == "It counts as down when its outlets draw less than 10 W.")
        rack.tell(.outletReported(OutletID(rackA, 1), position: .on, power: 10))
        #expect(rack.phase("pve") == "asked")
        rack.tell(.outletReported(OutletID(rackA, 1), position: .on, power: 9))
        #expect(
            rack.sentences("pve").first
                == "pve is down for 0 s: its outlets draw no more than a machine that is off.")
    }

    @Test func `outlets are cut when it says`() {
        var rack = Explained.lone()
        rack.battery(river, charge: 90)
        rack.pass(.seconds(10))
        rack.tell(.clientLoggedOut("web", remaining: 0))
        rack.pass(.seconds(22))
        #expect(rack.sentences("web").dropFirst(2).first == "Its outlets are cut in 3 s.")
        rack.orders = []
        rack.pass(.milliseconds(2999))
        #expect(rack.looked() == [])
        rack.pass(.milliseconds(1))
        #expect(rack.looked() == ["rack-a/1 off"])
    }
}
