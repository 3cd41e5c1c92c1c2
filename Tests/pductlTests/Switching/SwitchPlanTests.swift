import PowerCore
import Testing

@testable import pductl

@Suite struct SwitchPlanTests {
    /// What comes of a command line.
    static func plan(
        _ action: OutletAction, _ target: String, _ kind: Kind? = nil, _ options: OrderOptions = OrderOptions(),
        in picture: ServerPicture = Racks.own
    ) throws -> Result<SwitchPlan, Outcome> {
        let things = try Selection(picture: picture, kind: kind).things([try Selector(target)])
        return Result(body: { () throws(Outcome) in
            try SwitchPlan(action, things, options, in: picture, flags: "", json: false)
        })
    }

    /// The orders as the server gets them.
    static func orders(
        _ action: OutletAction, _ target: String, _ kind: Kind? = nil, _ options: OrderOptions = OrderOptions(),
        in picture: ServerPicture = Racks.own
    ) throws -> [String] {
        try Self.plan(action, target, kind, options, in: picture).get().orders.map { order in
            ([order.device, order.command] + [order.parameter].compactMap { $0 }).joined(separator: " ")
        }
    }

    @Test func `an outlet is switched by its own command`() throws {
        #expect(try Self.orders(.off, "storage") == ["rack-a outlet.2.load.off"])
        #expect(try Self.orders(.lock, "rack-b/2") == ["rack-b outlet.2.lock"])
        #expect(
            try Self.orders(.on, "rack-[a-b]/1") == ["rack-a outlet.1.load.on", "rack-b outlet.1.load.on"])
        #expect(try Self.orders(.on, "pdu=rack-a") == ["rack-a outlet.1.load.on", "rack-a outlet.2.load.on"])
        #expect(try Self.orders(.on, "group=lab") == ["rack-a outlet.2.load.on", "rack-b outlet.2.load.on"])
    }

    @Test func `a lock that is not there need not be taken away, one that is there is not changed`() throws {
        var picture = Racks.own
        picture.devices[1].commands.removeAll { $0 == "outlet.1.lock" || $0 == "outlet.2.unlock" }
        picture.devices[1].variables.append(("experimental.outlet.1.locked", "locked by eve: disks"))
        #expect(try Self.orders(.unlock, "rack-a/1", in: picture) == ["rack-a outlet.1.unlock"])
        #expect(
            try Self.plan(.unlock, "rack-a/2", in: picture)
                == .failure(Outcome(output: "outlet rack-a/2 (storage): it is not locked\n")))
        #expect(
            try Self.plan(.lock, "rack-a/1", in: picture)
                == .failure(
                    Outcome(
                        complaint: "pductl: outlet rack-a/1 (pve1) is locked already: locked by eve: disks\n",
                        status: .interlock)))
        #expect(try Self.orders(.unlock, "pdu=rack-a", in: picture) == ["rack-a outlet.1.unlock"])
    }

    @Test func `a host is switched as a whole by the server`() throws {
        #expect(try Self.orders(.off, "pve1") == ["pve1 load.off"])
        #expect(try Self.orders(.cycle, "host=pve1") == ["pve1 load.cycle"])
        #expect(try Self.orders(.lock, "pve1") == ["rack-a outlet.1.lock", "rack-b outlet.1.lock"])
    }

    @Test func `a cycle of all feeds of a host goes to the host`() throws {
        #expect(try Self.orders(.cycle, "rack-[a-b]/1") == ["pve1 load.cycle"])
        #expect(
            try Self.orders(.cycle, "all") == [
                "pve1 load.cycle", "rack-a outlet.2.load.cycle", "rack-b outlet.2.load.cycle",
            ])
        #expect(try Self.orders(.cycle, "rack-a/1") == ["rack-a outlet.1.load.cycle"])
        #expect(try Self.orders(.off, "rack-[a-b]/1") == ["rack-a outlet.1.load.off", "rack-b outlet.1.load.off"])
    }

    @Test func `a feed that feeds something else too keeps its own order`() throws {
        var picture = Racks.own
        let index = try #require(picture.devices[2].variables.firstIndex { $0.name == "outlet.1.desc" })
        picture.devices[2].variables[index].value = "feeds pve1, switch"
        #expect(
            try Self.orders(.cycle, "rack-[a-b]/1", in: picture)
                == ["rack-a outlet.1.load.cycle", "rack-b outlet.1.load.cycle"])
    }

    @Test func `a server that knows no orders of hosts is told outlet by outlet, but no cycle`() throws {
        var picture = Racks.own
        picture.devices[3].commands = []
        #expect(
            try Self.orders(.off, "pve1", in: picture) == ["rack-a outlet.1.load.off", "rack-b outlet.1.load.off"])
        guard case .failure(let outcome) = try Self.plan(.cycle, "pve1", in: picture) else {
            Issue.record("each feed alone would have been cycled")
            return
        }
        #expect(
            outcome.complaint == """
                pductl: pve1 is fed by rack-a/1 and rack-b/1, and cycling one after the other would not take its power away. \
                Type:
                  pductl off outlet rack-a/1,rack-b/1
                  pductl on outlet rack-a/1,rack-b/1

                """)
    }

    @Test func `half a host is not switched where the other half is unknown`() throws {
        var picture = Racks.own
        picture.devices[3].commands = []
        picture.devices[1] = DevicePicture(name: "rack-a", trouble: "stale")
        guard case .failure(let outcome) = try Self.plan(.off, "pve1", in: picture) else {
            Issue.record("one feed of two was switched")
            return
        }
        #expect(outcome.status == .unreachable)
        #expect(outcome.complaint == "pductl: pve1 is fed by rack-a/1 too, of which nothing is known now\n")
    }

    @Test func `orders to one PDU go one after the other, others side by side`() throws {
        let all = try Self.plan(.on, "rack-[a-b]/[1-2]").get()
        #expect(all.lanes.map { $0.map(\.name) } == [["rack-a/1", "rack-a/2"], ["rack-b/1", "rack-b/2"]])
        let joined = try Self.plan(.cycle, "rack-a/2,rack-b/2,host=pve1").get()
        #expect(joined.lanes.map { $0.map(\.name) } == [["rack-a/2", "rack-b/2", "pve1"]])
    }

    @Test func `before power is taken away a person is asked`() throws {
        #expect(
            try Self.plan(.cycle, "storage").get().question == "Switch outlet rack-a/2 (storage) off and on? [y/N] ")
        #expect(try Self.plan(.off, "storage").get().question == "Switch off outlet rack-a/2 (storage)? [y/N] ")
        #expect(
            try Self.plan(.off, "pve1").get().question == "Switch off host pve1 (rack-a/1, rack-b/1)? [y/N] ")
        #expect(
            try Self.plan(.off, "rack-a/[1-2]").get().question
                == "Switch off 2: rack-a/1 (pve1), rack-a/2 (storage)? [y/N] ")
        #expect(try Self.plan(.on, "storage").get().question == nil)
        #expect(try Self.plan(.lock, "storage").get().question == nil)
    }

    @Test func `what is protected needs its name`() throws {
        let plan = try Self.plan(.off, "rack-b/[1-2]").get()
        let refusal = try #require(plan.refusal(OrderOptions(), flags: "", json: false))
        #expect(
            refusal
                == Outcome(
                    complaint: """
                        pductl: outlet rack-b/2 (modem) is protected; nothing was switched. With the name typed out it is \
                        switched all the same:
                          pductl off outlet rack-b/2 --force modem

                        """, status: .interlock))
        let forced = try OrderOptions(forced: ["Modem"], json: false)
        #expect(plan.refusal(forced, flags: "", json: false) == nil)
        #expect(try Self.plan(.on, "modem").get().refusal(OrderOptions(), flags: "", json: false) == nil)
        #expect(
            try Self.orders(.off, "rack-b/[1-2]", nil, forced)
                == ["rack-b outlet.1.load.off", "rack-b outlet.2.load.off Modem"])
    }

    @Test func `a strip that knows only on and off says so for a cycle`() throws {
        let complaint = """
            pductl: strip has no command to cycle outlet 1, only off and on. Type:
              pductl off outlet strip/1
              pductl on outlet strip/1

            """
        #expect(
            try Self.plan(.cycle, "strip/1", in: Racks.foreign)
                == .failure(Outcome(complaint: complaint, status: .failed)))
    }

    @Test func `what cannot be switched is said to be so`() throws {
        let fixed = Outcome(complaint: "pductl: outlet strip/2 cannot be switched\n", status: .failed)
        #expect(try Self.plan(.off, "strip/2", in: Racks.foreign) == .failure(fixed))
        let bare = Outcome(
            complaint: "pductl: outlet strip/3 cannot be switched: the server offers no command for it\n",
            status: .failed)
        #expect(try Self.plan(.off, "strip/3", in: Racks.foreign) == .failure(bare))
        let partly = Outcome(complaint: "pductl: apc has no command to off outlet 5\n", status: .failed)
        #expect(try Self.plan(.off, "apc/5", in: Racks.foreign) == .failure(partly))
        #expect(try Self.orders(.off, "pdu=strip", in: Racks.foreign) == ["strip outlet.1.load.off"])
        let ups = Outcome(complaint: "pductl: ups river has no outlet that can be switched so\n", status: .failed)
        #expect(try Self.plan(.off, "river") == .failure(ups))
    }

    @Test func `a delay is a command of its own, which the device must have`() throws {
        let options = try OrderOptions(delay: "2m", json: false)
        #expect(try Self.orders(.off, "storage", nil, options) == ["rack-a outlet.2.load.off.delay 120"])
        guard case .failure(let outcome) = try Self.plan(.on, "storage", nil, options) else {
            Issue.record("rack-a has no delayed on")
            return
        }
        #expect(outcome.complaint.contains("rack-a has no command outlet.2.load.on.delay"))
    }
}

extension Result where Failure == Outcome {
    /// The result of a body that throws an outcome.
    init(body: () throws(Outcome) -> Success) {
        do { self = .success(try body()) } catch { self = .failure(error) }
    }
}
