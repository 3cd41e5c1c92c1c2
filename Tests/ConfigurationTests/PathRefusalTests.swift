import PowerCore
import Testing

@testable import upsd_swift

/// Racks in which an order could not reach what it is for when its turn comes, or that break when one UPS dies.
@Suite struct PathRefusalTests {
    /// Two UPSes, and a PDU that is reached through a switch: five lines, so that what is added begins in line 6.
    static let base = """
        ups: {river: {driver: emulated, model: river-3-plus, capacity: 286 Wh}, delta: {driver: emulated, model: delta-3-plus, capacity: 1 kWh}}
        pdu:
          rack-a: {driver: emulated, feed: river, via: [switch]}
          rack-b: {driver: emulated, feed: delta}
        tiers: [soft, core]

        """

    static let paths: [Refusal] = [
        Refusal(
            "a host told through a switch that it does not need",
            "hosts: {a: {tier: core, feeds: rack-b/1, via: [switch]}}\nloads: {switch: {tier: core, feeds: rack-b/5}}",
            "6:48: error: host a is told via switch, which may go first: a does not need it; "
                + "add switch to needs of a, or write protected: true for switch"),
        Refusal(
            "a host told through a switch that is shed before it",
            "hosts: {a: {tier: core, feeds: rack-b/1, via: [switch]}}\nloads: {switch: {tier: soft, feeds: rack-b/5}}",
            "6:48: error: host a is told via switch, but tier soft of switch is shed before tier core; "
                + "put switch in tier core or a later one, and add it to needs of a, "
                + "or write protected: true for switch"),
        Refusal(
            "a host told through a host that stops",
            "hosts: {a: {tier: core, feeds: delta, via: [b]}, b: {tier: core, feeds: delta, protected: true}}\n"
                + "loads: {switch: {tier: core, feeds: delta}}",
            "6:45: error: host a is told via b, which may go first: a does not need it; add b to needs of a"),
        Refusal(
            "a host told through itself",
            "hosts: {a: {tier: core, feeds: delta, via: [a]}}\nloads: {switch: {tier: core, feeds: delta}}",
            "6:45: error: host a is told via itself; remove it, or name what stands before it"),
        Refusal(
            "a host told through nothing that is there",
            "hosts: {a: {tier: core, feeds: delta, via: [swich]}}\nloads: {switch: {tier: core, feeds: delta}}",
            "6:45: error: host a is told via 'swich', which is neither a host nor a load; did you mean switch?"),
        Refusal(
            "a PDU switched through nothing that is there", "loads: {swich: {tier: core, feeds: delta}}",
            "3:49: error: pdu rack-a is switched via 'switch', which is neither a host nor a load; did you mean swich?"),
        Refusal(
            "an outlet switched through a switch that goes first",
            "hosts: {a: {tier: core, feeds: rack-a/1}}\nloads: {switch: {tier: core, feeds: rack-b/5}}",
            "6:32: error: outlet rack-a/1 of host a is switched via switch, which may go first: a does not need it; "
                + "add switch to needs of a, or write protected: true for switch"),
        Refusal(
            "an outlet of a load switched through a switch that is shed first",
            "loads: {a: {tier: core, feeds: [delta, rack-a/1]}, switch: {tier: soft, feeds: rack-b/5}}",
            "6:40: error: outlet rack-a/1 of load a is switched via switch, "
                + "but tier soft of switch is shed before tier core; put switch in tier core or a later one, "
                + "and add it to needs of a, or write protected: true for switch"),
        Refusal(
            "a switch on the PDU that is reached through it", "loads: {switch: {tier: core, feeds: rack-a/5}}",
            "3:49: error: pdu rack-a is switched via switch, whose own outlets are switched via switch: "
                + "once cut, nothing could switch it on again; feed switch from a UPS or a PDU that is reached "
                + "otherwise, or write protected: true for switch"),
        Refusal(
            "a switch that takes two feeds, one of them through itself",
            "loads: {switch: {tier: core, feeds: [rack-a/5, rack-b/5], requires: 2}}",
            "3:49: error: pdu rack-a is switched via switch, whose own outlets are switched via switch: "
                + "once cut, nothing could switch it on again; feed switch from a UPS or a PDU that is reached "
                + "otherwise, or write protected: true for switch"),
    ]

    static let managers: [Refusal] = [
        Refusal(
            "a manager that needs a host",
            "manager: g\nhosts: {g: {tier: core, feeds: delta, needs: [nas]}, nas: {tier: core, feeds: delta}}\n"
                + "loads: {switch: {tier: core, feeds: delta}}",
            "7:47: error: the daemon runs on g, which needs host nas: nothing would be left to stop nas and to start it "
                + "again; remove nas from needs of g, or run the daemon on another machine"),
        Refusal(
            "a manager that needs a host by way of a load",
            "manager: g\nhosts: {g: {tier: core, feeds: delta, needs: [switch]}, nas: {tier: core, feeds: delta}}\n"
                + "loads: {switch: {tier: core, feeds: delta, needs: [nas]}}",
            "7:47: error: the daemon runs on g, which needs host nas by way of switch: nothing would be left to stop "
                + "nas and to start it again; remove switch from needs of g, or run the daemon on another machine"),
    ]

    @Test(arguments: paths + managers) func `a rack whose orders do not arrive is refused`(refusal: Refusal) {
        #expect(Sample.problems(Self.base + refusal.yaml) == [refusal.problem])
    }

    /// What makes each of the ways above safe again.
    static let sound = [
        "hosts: {a: {tier: core, feeds: rack-b/1, via: [switch], needs: [switch]}}\nloads: {switch: {tier: core, feeds: rack-b/5}}",
        "hosts: {a: {tier: core, feeds: rack-a/1, via: [switch]}}\nloads: {switch: {tier: soft, feeds: rack-a/5, protected: true}}",
        "hosts: {a: {tier: core, feeds: rack-a/1, via: [switch]}}\nloads: {switch: {tier: soft, feeds: [delta, rack-a/5]}}",
        "hosts: {a: {tier: soft, feeds: rack-a/1, via: [switch], needs: b}, b: {tier: core, feeds: rack-a/2, needs: switch}}\n"
            + "loads: {switch: {tier: core, feeds: rack-b/5}}",
        "loads: {switch: {tier: core, feeds: [rack-a/5, rack-b/5]}}",
        "hosts: {a: {tier: core, feeds: rack-a/1, protected: true}}\nloads: {switch: {tier: core, feeds: rack-b/5}}",
        "manager: g\nhosts: {g: {tier: core, feeds: rack-a/1, needs: [switch]}, a: {tier: core, feeds: delta, via: g}}\n"
            + "loads: {switch: {tier: core, feeds: rack-b/5}}",
    ]

    @Test(arguments: sound) func `a way that lasts until the turn comes is no problem`(yaml: String) {
        #expect(Sample.problems(Self.base + yaml) == [])
    }

    @Test func `two switches that wait for each other are both named, what waits for them is not`() {
        let yaml = """
            ups: {river: {driver: emulated, model: river-3-plus, capacity: 286 Wh}}
            pdu:
              rack-a: {driver: emulated, feed: river, via: [s1]}
              rack-b: {driver: emulated, feed: river, via: [s2]}
              rack-c: {driver: emulated, feed: river, via: [s3]}
            tiers: [core]
            loads:
              s1: {tier: core, feeds: rack-b/1}
              s2: {tier: core, feeds: rack-a/1, needs: [s1]}
              s3: {tier: core, feeds: rack-a/2, needs: [s1]}
            """
        let words = "whose own outlets are switched via"
        let found = Sample.problems(yaml).filter { $0.contains(words) }
        #expect(found.map { $0.prefix { $0 != " " } } == ["3:49:", "4:49:"])
    }

    @Test func `a protected host that the manager needs is a warning`() {
        let yaml =
            "manager: g\nhosts: {g: {tier: core, feeds: delta, needs: [nas]}, "
            + "nas: {tier: core, feeds: delta, protected: true}}\nloads: {switch: {tier: core, feeds: delta}}"
        #expect(
            Sample.problems(Self.base + yaml) == [
                "7:47: warning: the daemon runs on g, which needs host nas: nothing would be left to tell nas to stop; "
                    + "remove nas from needs of g if nas must not lose power while it runs"
            ])
    }

    @Test func `shared outlets must exist, and share`() {
        let yaml =
            Sample.base.replacing("feed: river}", with: "feed: river, shared: [1, 2, 3, x]}")
            .replacing("outlets: 4}", with: "outlets: 4, shared: 5}")
            + "hosts: {a: {tier: core, feeds: rack-a/1}, b: {tier: core, feeds: rack-a/1}, c: {tier: core, feeds: rack-a/2}}"
        #expect(
            Sample.problems(yaml) == [
                "2:59: warning: pdu rack-a: shared names outlet 2, which feeds host c only; remove it from shared",
                "2:62: warning: pdu rack-a: shared names outlet 3, which feeds nothing; remove it from shared",
                "2:65: error: pdu rack-a: shared: 'x' is no outlet number; write a number from 1 to 64",
                "2:130: error: pdu rack-b: shared names outlet 5, but it has 4 outlets; "
                    + "write a number from 1 to 4, or set outlets of rack-b",
            ])
    }

    @Test func `the machine of the manager stops last, and the plan is as long as that`() {
        let yaml =
            "hosts: {a: {tier: core, feeds: river, watts: 1 kW, stop: {timeout: 10m}}, "
            + "g: {tier: soft, feeds: river, watts: 10 W, stop: {timeout: 10m}}}\n"
        #expect(Sample.problems(adding: yaml) == [])
        #expect(
            Sample.problems(adding: yaml + "manager: g\n") == [
                "4:75: error: stopping up to g takes 20m (a 10m, then g 10m), but the full battery of river lasts 16m59s "
                    + "at 1010 W; shorten the stop timeouts, or put less on river"
            ])
    }

    @Test func `a UPS that could not carry the share of another is a warning with the sum and the rating`() {
        let yaml = """
            ups:
              river: {driver: usb-hid, match: {serial: a}, capacity: 286 Wh, rated: 600 W}
              delta: {driver: usb-hid, match: {serial: b}, capacity: 1 kWh, rated: 1 kW}
            tiers: [core]
            hosts:
              a: {tier: core, feeds: [river, delta], watts: 400 W, stop: {timeout: 1m}}
              b: {tier: core, feeds: [river, delta], watts: 300 W, stop: {timeout: 1m}}
              c: {tier: core, feeds: [river, delta], requires: 2, watts: 200 W, stop: {timeout: 1m}}
              d: {tier: core, feeds: [delta], stop: {timeout: 1m}}
            """
        #expect(
            Sample.problems(yaml) == [
                "2:3: warning: when ups delta dies, 700 W hang on ups river, but it is rated 600 W; "
                    + "put less on both, or another UPS beside them"
            ])
        #expect(
            Sample.problems(yaml.replacing("watts: 400 W", with: "watts: 1.2 kW")).first
                == "2:3: warning: what hangs on ups river draws 850 W, but it is rated 600 W; put less on river")
        #expect(Sample.problems(yaml.replacing("watts: 300 W", with: "watts: 200 W")) == [])
    }
}
