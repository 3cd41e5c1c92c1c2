import PowerCore
import Testing

@Suite struct OutletOptionsTests {
    @Test(arguments: [
        (nil, OutletOptions()), ("", OutletOptions()), ("pve1", OutletOptions(force: "pve1")),
        ("  pve1  native ", OutletOptions(force: "pve1", isNative: true)),
        ("off-time=15 delay=30", OutletOptions(offTime: .seconds(15), delay: .seconds(30))),
        ("reason=disk swap, pve1", OutletOptions(reason: "disk swap, pve1")),
        ("pve1 off-time=0 reason=", OutletOptions(force: "pve1", offTime: .zero, reason: "")),
    ])
    func `the one parameter is read as words`(parameter: String?, options: OutletOptions) throws {
        #expect(try OutletOptions(parameter: parameter) == options)
    }

    @Test func `of a delayed command a number is the delay, and elsewhere a name`() throws {
        #expect(try OutletOptions(parameter: "30", isDelayed: true) == OutletOptions(delay: .seconds(30)))
        #expect(try OutletOptions(parameter: "30") == OutletOptions(force: "30"))
    }

    @Test(arguments: [
        ("a b", "'b' is not understood; write a name, off-time=SECONDS, delay=SECONDS, native or reason=TEXT"),
        (
            "colour=red",
            "'colour=red' is not understood; write a name, off-time=SECONDS, delay=SECONDS, native or "
                + "reason=TEXT"
        ),
        ("off-time=x", "off-time is 'x'; write seconds from 0 to 3600"),
        ("delay=99999999999999999999", "delay is '99999999999999999999'; write seconds from 0 to 600"),
        ("delay=-1", "delay is '-1'; write seconds from 0 to 600"),
    ])
    func `what is wrong is named`(parameter: String, sentence: String) {
        #expect(throws: OrderRefusal(sentence)) { try OutletOptions(parameter: parameter) }
    }

    @Test func `commands of outlets and of hosts are told apart`() {
        #expect(OutletCommand("outlet.4.load.cycle") == OutletCommand(4, .switching(.cycle, isDelayed: false)))
        #expect(OutletCommand("outlet.4.load.off.delay") == OutletCommand(4, .switching(.off, isDelayed: true)))
        #expect(OutletCommand("outlet.4.lock") == OutletCommand(4, .lock))
        #expect(OutletCommand("load.on", ofHost: true) == OutletCommand(nil, .switching(.on, isDelayed: false)))
        for name in [
            "", "outlet", "outlet.0.load.on", "outlet.x.load.on", "outlet.4.load", "outlet.4.load.on.now", "load.on",
        ] {
            #expect(OutletCommand(name) == nil, "\(name)")
        }
        for name in ["lock", "outlet.4.load.on", "load"] {
            #expect(OutletCommand(name, ofHost: true) == nil, "\(name)")
        }
        for command in OutletCommand.switching(7) { #expect(OutletCommand(command.name) == command) }
    }
}
