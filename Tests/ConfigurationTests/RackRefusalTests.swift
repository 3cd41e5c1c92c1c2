import PowerCore
import Testing

@testable import upsd_swift

/// One case for every way in which a rack makes no sense, each with its place and its sentence.
@Suite struct RackRefusalTests {
    static let rack: [Refusal] = [
        Refusal(
            "a circle of two",
            "hosts: {a: {tier: core, feeds: river, needs: b}, b: {tier: core, feeds: river, needs: a}}",
            "4:46: error: the needs go in a circle: a needs b, b needs a; "
                + "remove one of them: nothing in the circle could be started first"),
        Refusal(
            "a host that needs itself", "hosts: {a: {tier: core, feeds: river, needs: [a]}}",
            "4:47: error: the needs go in a circle: a needs a; "
                + "remove one of them: nothing in the circle could be started first"),
        Refusal(
            "an unknown need",
            "hosts: {pve1: {tier: core, feeds: river, needs: [storge]}, storage: {tier: core, feeds: delta}}",
            "4:50: error: host pve1 needs 'storge', which is neither a host nor a load; did you mean storage?"),
        Refusal(
            "an unknown UPS as a feed", "hosts: {a: {tier: core, feeds: rivr}}",
            "4:32: error: host a is fed by 'rivr', which is no UPS; did you mean river?"),
        Refusal(
            "a PDU without an outlet as a feed", "hosts: {a: {tier: core, feeds: rack-a}}",
            "4:32: error: host a is fed by 'rack-a', which is a PDU; add the outlet: rack-a/1"),
        Refusal(
            "an unknown PDU", "hosts: {a: {tier: core, feeds: rack-c/1}}",
            "4:32: error: host a is fed by 'rack-c/1', but there is no PDU 'rack-c'; did you mean rack-a or rack-b?"),
        Refusal(
            "an outlet beyond the last", "hosts: {a: {tier: core, feeds: rack-b/5}}",
            "4:32: error: host a is fed by 'rack-b/5', but rack-b has 4 outlets; "
                + "write a number from 1 to 4, or set outlets of rack-b"),
        Refusal(
            "an outlet without a number", "hosts: {a: {tier: core, feeds: rack-b/x}}",
            "4:32: error: host a: feeds: 'rack-b/x' is no outlet; write it like rack-a/4"),
        Refusal(
            "an outlet that feeds two hosts",
            "hosts: {a: {tier: core, feeds: rack-a/1}, b: {tier: core, feeds: [rack-b/1, rack-a/1]}}",
            "4:77: error: outlet rack-a/1 feeds both host a and host b; "
                + "give each its own outlet, or write shared: [1] for rack-a"),
        Refusal(
            "an outlet that feeds a host and a load",
            "hosts: {a: {tier: core, feeds: rack-a/1}}\nloads: {b: {tier: core, feeds: rack-a/1}}",
            "5:32: error: outlet rack-a/1 feeds both host a and load b; "
                + "give each its own outlet, or write shared: [1] for rack-a"),
        Refusal(
            "more feeds required than there are", "hosts: {a: {tier: core, feeds: rack-a/1, requires: 2}}",
            "4:52: error: host a requires 2 of its one feed; write 1"),
        Refusal(
            "no feed required", "hosts: {a: {tier: core, feeds: [rack-a/1, rack-b/1], requires: 0}}",
            "4:64: error: host a requires 0 of its 2 feeds; write a number from 1 to 2"),
        Refusal(
            "a host without a feed", "hosts: {a: {tier: core}}",
            "4:9: error: host a has no feed; add feeds: [PDU/OUTLET] or feeds: [UPS]"),
        Refusal(
            "a host with an empty list of feeds", "hosts: {a: {tier: core, feeds: []}}",
            "4:9: error: host a has no feed; add feeds: [PDU/OUTLET] or feeds: [UPS]"),
        Refusal(
            "a host without a tier", "hosts: {a: {feeds: river}}",
            "4:9: error: host a has no tier; add tier: with a name from tiers"),
        Refusal(
            "an unknown tier", "hosts: {a: {tier: cor, feeds: river}}",
            "4:19: error: host a is in tier 'cor', which tiers does not list; did you mean core?"),
        Refusal(
            "triggers of an unknown tier", "policy: {triggers: {sofd: [charge: 40%]}}",
            "4:21: error: policy: triggers: there is no tier 'sofd'; did you mean soft?"),
        Refusal(
            "a need that is shed first",
            "hosts: {a: {tier: core, feeds: river, needs: b}, b: {tier: soft, feeds: river}}",
            "4:46: error: host a needs b, but tier soft of b is shed before tier core; put b in tier core or a later one"
        ),
        Refusal(
            "a host called like a UPS", "hosts: {River: {tier: core, feeds: delta}}",
            "4:9: error: host River has the same name as ups river; "
                + "rename one: devices, hosts and loads share their names, and case does not count"),
        Refusal(
            "a load called like a host",
            "hosts: {a: {tier: core, feeds: delta}}\nloads: {A: {tier: core, feeds: delta}}",
            "5:9: error: load A has the same name as host a; "
                + "rename one: devices, hosts and loads share their names, and case does not count"),
        Refusal(
            "the lab's name", "hosts: {Lab: {tier: core, feeds: delta}}",
            "4:9: error: host Lab: this name is kept for the commands of the lab; choose another"),
        Refusal(
            "a name NUT cannot carry", "hosts: {pve 1: {tier: core, feeds: delta}}",
            "4:9: error: 'pve 1' cannot be the name of a host; "
                + "use letters, digits, '-', '_' and '.', a letter or digit first, at most 63"),
        Refusal(
            "a name that is a number", "hosts: {4: {tier: core, feeds: delta}}",
            "4:9: error: '4' is a number, not the name of a host; begin it with a letter"),
        Refusal(
            "a load that is to be stopped", "loads: {modem: {tier: core, feeds: delta, stop: {timeout: 1m}}}",
            "4:43: error: load modem cannot have stop: a load has nothing to stop; remove it, or move modem to hosts"),
        Refusal(
            "a host named twice", "hosts:\n  a: {tier: core, feeds: river}\n  a: {tier: core, feeds: delta}",
            "6:3: error: hosts: 'a' stands already at 5:3; remove one"),
        Refusal(
            "a user's unknown device", "server: {users: {a: {password: x, devices: [rivr]}}}",
            "4:45: error: user a: devices: no device 'rivr'; did you mean river?"),
        Refusal(
            "a load as a user's device",
            "server: {users: {a: {password: x, devices: [modem]}}}\nloads: {modem: {tier: core, feeds: river}}",
            "4:45: error: user a: devices: load 'modem' is no device; name a UPS, a PDU or a host"),
        Refusal(
            "a stop plan longer than the battery",
            "hosts: {a: {tier: core, feeds: river, watts: 2 kW, stop: {timeout: 10m}}}",
            "4:9: error: stopping up to a takes 10m (a 10m), but the full battery of river lasts 8m34s at 2000 W; "
                + "shorten the stop timeouts, or put less on river"),
    ]

    @Test(arguments: rack) func `a rack that makes no sense is refused`(refusal: Refusal) {
        #expect(Sample.problems(adding: refusal.yaml) == [refusal.problem])
        #expect(Sample.configuration(adding: refusal.yaml) == nil)
    }

    @Test func `the chain of a plan that is too long names every host in its order`() {
        let yaml = """
            hosts:
              a: {tier: soft, feeds: rack-a/1, needs: b, watts: 500 W, stop: {timeout: 4m}}
              b: {tier: core, feeds: rack-a/2, needs: [switch], watts: 500 W, stop: {timeout: 15m}}
            loads: {switch: {tier: core, feeds: rack-a/3, watts: 10 W}}
            """
        #expect(
            Sample.problems(adding: yaml) == [
                "6:3: error: stopping up to b takes 19m (a 4m, then b 15m), but the full battery of river lasts "
                    + "16m59s at 1010 W; shorten the stop timeouts, or put less on river"
            ])
    }

    @Test func `with the rated power alone a plan that may be too long is a warning`() {
        let yaml = """
            ups: {river: {driver: usb-hid, capacity: 100 Wh, rated: 600 W, cut-off: 10%}}
            tiers: [core]
            hosts: {a: {tier: core, feeds: river, stop: {timeout: 10m}}}
            """
        #expect(
            Sample.problems(yaml) == [
                "3:9: warning: stopping up to a takes 10m (a 10m), but the full battery of river lasts 9m at 600 W "
                    + "(its rated power); write the watts of every host and load, or shorten the stop timeouts"
            ])
    }

    @Test func `a host with two feeds has the time of the longer one`() {
        let yaml = """
            hosts: {a: {tier: core, feeds: [river, delta], requires: REQUIRES, watts: 4 kW, stop: {timeout: 20m}}}
            """
        #expect(Sample.problems(adding: yaml.replacing("REQUIRES", with: "1")) == [])
        #expect(Sample.problems(adding: yaml.replacing("REQUIRES", with: "2")).count == 1)
    }

    @Test func `what is too late because another host is too late is not named again`() {
        let yaml = """
            hosts:
              a: {tier: core, feeds: river, needs: b, watts: 2 kW, stop: {timeout: 20m}}
              b: {tier: core, feeds: river, watts: 2 kW, stop: {timeout: 1m}}
            """
        #expect(Sample.problems(adding: yaml).count == 1)
    }

    @Test func `a UPS without a capacity is a warning where the last safe moment counts`() {
        let yaml = "ups: {river: {driver: usb-hid}}\ntiers: [core]\nhosts: {a: {tier: core, feeds: river}}\n"
        #expect(
            Sample.problems(yaml) == [
                "1:7: warning: ups river has no capacity, but host a is shed at the last safe moment: the time left is "
                    + "only what the device says; add capacity: with the watt hours of the battery"
            ])
        #expect(Sample.problems(yaml + "policy: {triggers: {core: [charge: 40%]}}\n") == [])
    }
}
