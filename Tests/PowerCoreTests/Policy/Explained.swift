import PowerCore

/// The racks whose explanations are read.
enum Explained {
    static let settings = PolicySettings(
        debounce: .seconds(1), stable: .seconds(30), settle: .seconds(5), stagger: .seconds(1), restartCharge: 20)

    static let admin = Actor(user: "admin", address: "127.0.0.1")

    /// `pve` needs `storage`, and both run on mains with a client each; the triggers are those of every tier.
    static func running(_ triggers: [Trigger], restartCharge: Percent? = 20) -> EngineHarness {
        var settings = Explained.settings
        settings.restartCharge = restartCharge
        settings.triggers = ["cluster": triggers, "core": triggers]
        var rack = EngineHarness(.single, settings)
        rack.mains(river)
        rack.outletsOn(Rack.singleOutlets, watts: 40)
        rack.tell(.clientLoggedIn("pve"))
        rack.tell(.clientLoggedIn("storage"))
        rack.now = rack.now + .seconds(100)
        return rack
    }

    /// One host on one outlet whose watts nobody measures, ten seconds of battery from being told to stop.
    static func lone(
        _ stop: StopPlan = StopPlan(timeout: .seconds(100), offAfterLogout: .seconds(20)),
        start: [StartPlan.Method] = [.outlet], isProbed: Bool = false
    ) -> EngineHarness {
        var settings = Explained.settings
        settings.triggers = ["core": [.onBattery(.seconds(10))]]
        let rack = Rack(
            upses: [RackUPS(id: river, capacity: 286)], pdus: [RackPDU(id: rackA, feed: river)],
            consumers: [
                Consumer(
                    id: "web", kind: .host(stop), tier: "core", feeds: [.outlet(OutletID(rackA, 1))],
                    start: StartPlan(methods: start, timeout: .seconds(60)), watts: 50, isProbed: isProbed)
            ], tiers: ["core"])
        var harness = EngineHarness(rack, settings)
        harness.mains(river)
        harness.tell(.outletReported(OutletID(rackA, 1), position: .on, power: nil))
        harness.tell(.clientLoggedIn("web"))
        harness.now = harness.now + .seconds(100)
        return harness
    }

    /// The same after an outage, its outlet cut and the mains just back.
    static func dark(start: [StartPlan.Method] = [.outlet]) -> EngineHarness {
        var rack = Self.lone(start: start)
        rack.battery(river, charge: 90)
        rack.pass(.seconds(10))
        rack.tell(.clientLoggedOut("web", remaining: 0))
        rack.pass(.seconds(30), obeying: true)
        rack.mains(river, charge: 80)
        rack.turned = []
        return rack
    }

    /// `pve`, `storage` and the switch after an outage, everything cut, the mains still away.
    static func outage(restartCharge: Percent? = 20) -> EngineHarness {
        var rack = Self.running([.onBattery(.seconds(10))], restartCharge: restartCharge)
        rack.battery(river, charge: 80, load: 120)
        for (host, outlet) in [("pve", 1), ("storage", 2)] {
            rack.pass(.seconds(11), obeying: true)
            rack.tell(.clientLoggedOut(HostID(host), remaining: 0))
            rack.pass(.seconds(1), obeying: true)
            rack.tell(.outletReported(OutletID(rackA, outlet), position: .on, power: 1))
        }
        rack.pass(.seconds(20), obeying: true)
        return rack
    }
}

extension EngineHarness {
    func sentences(_ host: HostID) -> [String] {
        self.engine.explanation(of: host, at: self.now)
    }

    /// Lets the battery of `river` discharge at `load`, told every second, until `host` is no longer running; how long
    /// that took.
    mutating func discharge(from charge: Double, load: Double, until host: HostID) -> Duration? {
        let begin = self.now
        let fall = load / 3600 / (286 * BatteryEstimate.efficiency) * 100
        for second in 1...20_000 {
            self.pass(.seconds(1))
            if self.phase(host) != "running" { return self.now - begin }
            self.battery(river, charge: Percent(charge - fall * Double(second)), load: Watts(load))
            if self.phase(host) != "running" { return self.now - begin }
        }
        return nil
    }

    /// Passes `time` less a moment and then that moment, and returns the phases of `host` before and after it.
    mutating func phases(of host: HostID, around time: Duration) -> [String] {
        let moment = Duration.milliseconds(1)
        self.pass(time - moment, obeying: true)
        let before = self.phase(host)
        self.pass(moment, obeying: true)
        return [before, self.phase(host)]
    }
}
