import PowerCore
import Testing

@Suite struct StartingExplanationTests {
    @Test func `what was cut is started when it says`() {
        var rack = Explained.dark()
        #expect(
            rack.sentences("web") == [
                "web is off for 5 s: its outlets were cut after it had stopped.",
                "It is fed by rack-a/1 (river on mains, no power), needs 1, not redundant.",
                "It is started when its mains have been back for 30 s.",
            ])
        #expect(rack.phases(of: "web", around: .seconds(30)) == ["off", "starting"])
    }

    @Test func `without the charge it needs it is not started, and the figures are said`() {
        var rack = Explained.dark()
        rack.mains(river, charge: 15)
        rack.pass(.seconds(60), obeying: true)
        #expect(
            rack.sentences("web").last
                == "It is started when its batteries hold the energy for one more full stop: river is at 15 %, 20 % are "
                + "needed.")
        rack.mains(river, charge: 19)
        #expect(rack.phase("web") == "off")
        rack.mains(river, charge: 20)
        #expect(rack.phase("web") == "starting")
    }

    @Test func `without the energy it needs the times are said that it is decided by`() throws {
        var rack = Explained.outage(restartCharge: nil)
        rack.mains(river, charge: 18)
        rack.pass(.seconds(60), obeying: true)
        // 60, 40 and 10 W are configured, and the longest way down is that of pve and then storage.
        let energy = try #require(rack.engine.estimate(of: river, at: rack.now)?.energy)
        let lasts = try #require(energy.lasts(at: 110))
        let needed = Duration.seconds(240 + 300) * Explained.settings.margin
        #expect(
            rack.sentences("switch").last
                == "It is started when its batteries hold the energy for one more full stop: river would last "
                + "\(lasts.inWords) at full load, \(needed.inWords) are needed.")
        for charge in stride(from: 18.0, through: 21, by: 0.25) where rack.phase("switch") == "off" {
            let energy = try #require(rack.engine.estimate(of: river, at: rack.now)?.energy)
            #expect(try #require(energy.lasts(at: 110)) < needed)
            rack.mains(river, charge: Percent(charge))
        }
        let enough = try #require(rack.engine.estimate(of: river, at: rack.now)?.energy)
        #expect(try #require(enough.lasts(at: 110)) >= needed)
        #expect(rack.phase("switch") == "starting")
    }

    @Test func `what needs something that is down names it`() {
        var rack = Explained.outage()
        rack.mains(river, charge: 80)
        rack.pass(.seconds(40), obeying: true)
        #expect(rack.phase("storage") == "starting")
        #expect(rack.sentences("pve").last == "It is started when storage is up.")
        rack.tell(.clientLoggedIn("storage"))
        #expect(rack.phase("pve") == "starting")
    }

    @Test(arguments: [
        (StartPlan.Method.outlet, ""), (.wakeOnLAN, ", at present by wake-on-LAN"),
        (.command, ", at present by a command"),
    ])
    func `a start names its method, and the next attempt comes when it says`(
        method: StartPlan.Method, words: String
    ) {
        var rack = Explained.dark(start: [method])
        rack.pass(.seconds(30), obeying: true)
        rack.pass(.seconds(20), obeying: true)
        #expect(
            rack.sentences("web").first
                == "web is being started for 20 s\(words), attempt 1 of 3; it must be seen up within 40 s.")
        rack.pass(.milliseconds(39_999), obeying: true)
        #expect(rack.sentences("web").first?.contains("attempt 1 of 3") == true)
        rack.pass(.milliseconds(1), obeying: true)
        #expect(rack.sentences("web").first?.contains("attempt 2 of 3; it must be seen up within 1 min.") == true)
    }

    @Test func `a method that failed leaves the sentence to the next`() {
        var rack = Explained.dark(start: [.wakeOnLAN, .command])
        rack.pass(.seconds(45), obeying: true)
        rack.tell(.startAnswered("web", .wakeOnLAN, .failed("no route")))
        #expect(rack.sentences("web").first?.contains(", at present by a command, attempt 1 of 3") == true)
    }

    @Test func `what never came up says since when a person is needed`() {
        var rack = Explained.dark()
        rack.pass(.seconds(30), obeying: true)
        rack.pass(.seconds(3 * 60 + 60), obeying: true)
        #expect(rack.phase("web") == "failed")
        guard case .failedToStart(let since) = rack.engine.phase(of: "web") else { return }
        #expect(
            rack.sentences("web").first
                == "web did not come up in 3 attempts, the last of which ended \((rack.now - since).inWords) ago; a "
                + "person must look.")
    }

    @Test func `what lost its power says so, and then that it may start by itself`() {
        var rack = Explained.lone()
        rack.battery(river, charge: 90)
        rack.tell(.upsReported(river, UPSCondition(supply: .off, charge: 10)))
        rack.pass(.seconds(7))
        #expect(
            rack.sentences("web") == [
                "web is off for 7 s: its power ended while it may have been running.",
                "It is fed by rack-a/1 (river output cut, no power), needs 1, not redundant.",
                "It is started when its mains have been back for 30 s.",
            ])
        rack.tell(.clientLoggedOut("web", remaining: 0))
        rack.mains(river, charge: 30)
        rack.pass(.seconds(10))
        #expect(
            rack.sentences("web").first
                == "web is being started for 10 s, by itself since its power is back, attempt 1 of 3; it must be seen up "
                + "within 50 s.")
    }

    @Test func `what a person switched off is left alone, and says so`() {
        var rack = Explained.lone()
        rack.tell(.outletReported(OutletID(rackA, 1), position: .off, power: nil))
        rack.pass(.seconds(3))
        #expect(
            rack.sentences("web") == [
                "web is off for 3 s: nobody asked it to, so it is left alone.",
                "It is fed by rack-a/1 (river on mains, no power), needs 1, not redundant.",
            ])
        rack.pass(.seconds(600))
        #expect(rack.phase("web") == "off")
    }

    @Test func `what nothing here can start says what counts as up`() {
        let rack = Rack(
            upses: [RackUPS(id: river, capacity: 286)], pdus: [],
            consumers: [
                Consumer(
                    id: "web", kind: .host(StopPlan(timeout: .seconds(100), offAfterLogout: .seconds(20))),
                    tier: "core", feeds: [.ups(river)], watts: 50)
            ], tiers: ["core"])
        var harness = EngineHarness(
            rack, PolicySettings(debounce: .seconds(1), triggers: ["core": [.onBattery(.seconds(10))]]))
        harness.mains(river)
        harness.tell(.clientLoggedIn("web"))
        harness.battery(river, charge: 90)
        harness.pass(.seconds(10))
        harness.tell(.clientLoggedOut("web", remaining: 0))
        harness.pass(.seconds(20))
        #expect(
            harness.sentences("web").last == "Nothing here can start it: it counts as up when its client logs in.")
        harness.pass(.seconds(600))
        #expect(harness.phase("web") == "stopped")
        harness.tell(.clientLoggedIn("web"))
        #expect(harness.phase("web") == "running")
    }

    @Test func `after a restart it says how long it looks at most`() {
        var rack = Explained.lone()
        rack.battery(river, charge: 90)
        rack.pass(.seconds(5))
        rack.crash()
        rack.pass(.seconds(4))
        let looking = "The daemon was restarted and looks at the rack first: nothing is begun for 11 s at most."
        #expect(rack.sentences("web").contains(looking))
        // Ten seconds on battery are over long before.
        #expect(rack.phases(of: "web", around: .seconds(11)) == ["running", "asked"])
        #expect(!rack.sentences("web").contains { $0.contains("was restarted") })
    }
}
