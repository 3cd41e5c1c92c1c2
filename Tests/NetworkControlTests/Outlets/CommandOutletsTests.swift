import Foundation
import PowerCore
import Testing

@testable import NetworkControl

/// The lines in which programs tell of outlets.
struct OutletListingTests {
    @Test func `a line says all that an outlet may be`() throws {
        let listing = try OutletListing(
            """
            # a comment

            2 off
              1 on watts=12.5 amps=0.1 volts=230 va=13 wh=1200 pending=off locked=yes switchable=no group=A name= Web  server\r
            3 unknown name=
            """)
        #expect(
            listing.outlets == [
                OutletReading(
                    number: 1, name: "Web  server", position: .on, pending: .off, power: 12.5, isSwitchable: false,
                    isLocked: true, group: "A", current: 0.1, voltage: 230, apparentPower: 13, energy: 1200),
                OutletReading(number: 2, position: .off), OutletReading(number: 3),
            ])
    }

    @Test(arguments: [
        ("", "no outlet is listed"), ("# nothing", "no outlet is listed"),
        ("1 on\n1 off", "line 2 is '1 off': outlet 1 again"),
        ("web on", "line 1 is 'web on': it begins with no number from 1 to 64"),
        ("0 on", "line 1 is '0 on': it begins with no number from 1 to 64"),
        ("65 on", "line 1 is '65 on': it begins with no number from 1 to 64"),
        ("1", "line 1 is '1': on, off or unknown is expected behind the number"),
        ("1 ON", "line 1 is '1 ON': on, off or unknown is expected behind the number"),
        ("1 on watts", "line 1 is '1 on watts': 'watts' is no key=value"),
        ("1 on watts=", "line 1 is '1 on watts=': '' is no number such as 12.5"),
        ("1 on watts=-1", "line 1 is '1 on watts=-1': '-1' is no number such as 12.5"),
        ("1 on watts=inf", "line 1 is '1 on watts=inf': 'inf' is no number such as 12.5"),
        ("1 on watts=1e5", "line 1 is '1 on watts=1e5': '1e5' is no number such as 12.5"),
        ("1 on locked=1", "line 1 is '1 on locked=1': '1' is neither yes nor no"),
        ("1 on pending=soon", "line 1 is '1 on pending=soon': pending= on or off"),
        (
            "1 on wats=3",
            """
            line 1 is '1 on wats=3': 'wats' is none of watts, amps, volts, va, wh, pending, locked, switchable, group \
            and name
            """
        ),
    ])
    func `a listing with one line that is none is none`(text: String, reason: String) {
        #expect(throws: UnusableAnswer(reason)) { try OutletListing(text) }
    }

    @Test(arguments: [
        (["p", "{outlet}", "--name={name}"], ["p", "4", "--name=a b"]), (["{}", "{x}", "{"], ["{}", "{x}", "{"]),
        (["{outlet}{outlet}", "{{outlet}}"], ["44", "{4}"]), (["", "{seconds}"], ["", "{outlet}"]),
    ])
    func `places in words are filled once, and no word becomes two`(words: [String], filled: [String]) {
        let values = ["{outlet}": "4", "{name}": "a b", "{seconds}": "{outlet}"]
        #expect(CommandTemplate(words: words).filled(values) == filled)
    }
}

/// Outlets behind real programs.
struct CommandOutletsTests {
    /// Outlets behind two programs of the test, in shell.
    private func outlets(
        read: String = "echo 1 on name=-f; echo 2 off", on: String = "true", timeout: Duration = .seconds(5),
        words: [String] = []
    ) -> CommandOutlets {
        CommandOutlets(
            "strip",
            Configuration.OutletCommands(
                read: ["/bin/sh", "-c", read], on: ["/bin/sh", "-c", on, "on"] + words, timeout: timeout))
    }

    @Test func `what a program complains of is no outlet`() async throws {
        let rig = try CommandRig()
        let outlets = try await rig.outlets.read().outlets
        #expect(outlets.map(\.number) == [1, 2, 3])
        #expect(outlets[0] == OutletReading(number: 1, name: "load 1", position: .on, power: 11.5))
    }

    @Test func `an outlet is switched, cycled and named by its program`() async throws {
        let rig = try CommandRig()
        try await rig.outlets.turn(2, .off)
        #expect(try rig.position(2) == .off)
        #expect(try rig.position(1) == .on)
        try await rig.outlets.cycle(1, offTime: .zero)
        try await eventually("it is on again") { try rig.position(1) == .on }
        try await rig.outlets.rename(3, to: "a 'b' $(c)")
        #expect(try await rig.outlets.read().outlets[2].name == "a 'b' $(c)")
    }

    @Test func `a program is told the outlet in its environment, and nothing of ours`() async throws {
        let found = await failure {
            try await self.outlets(on: "env | sort | tr '\\n' ' '; exit 3").turn(2, .on)
        }
        let words = Set(found?.detail.split(separator: " ") ?? [])
        #expect(words.isSuperset(of: ["UPSD_OUTLET=2", "UPSD_PDU=strip"]), "\(words)")
        #expect(!words.contains { $0.hasPrefix("UPSD_HOST") || $0.hasPrefix("HOME") })
    }

    @Test(arguments: [
        (64, DeviceFailure.Kind.notSupported), (69, .gone), (75, .busy), (77, .notPermitted), (80, .locked),
        (1, .stalled), (255, .stalled),
    ])
    func `a code says which failure it is, with the last of what was said`(
        code: Int, kind: DeviceFailure.Kind
    ) async throws {
        let switching = await failure { try await self.outlets(on: "echo why >&2; exit \(code)").turn(2, .on) }
        #expect(switching?.kind == kind)
        #expect(switching?.detail == "/bin/sh ended with code \(code): why")
        let reading = await failure { try await self.outlets(read: "echo why >&2; exit \(code)").read() }
        #expect(reading?.kind == kind)
        #expect(reading?.detail == "/bin/sh ended with code \(code): why")
    }

    @Test func `a program that takes too long is ended`() async {
        let found = await failure { try await self.outlets(read: "sleep 30", timeout: .seconds(1)).read() }
        #expect(found?.kind == .timedOut)
        #expect(found?.detail == "/bin/sh took longer than 1 s and was ended")
    }

    @Test func `a program that prints without end is refused`() async {
        let found = await failure { try await self.outlets(read: "head -c 65537 /dev/zero | tr '\\0' '#'").read() }
        #expect(found?.detail == "/bin/sh prints more than 65536 bytes")
    }

    @Test func `a listing as long as may be is read whole`() async throws {
        let read = """
            i=1; while [ $i -le 64 ]; do printf '%s on name=' $i; head -c 900 /dev/zero | tr '\\0' x; echo; \
            i=$((i+1)); done
            """
        #expect(try await self.outlets(read: read).read().outlets.map(\.number) == Array(1...64))
    }

    @Test func `a name like an option is not handed to a program`() async {
        let found = await failure { try await self.outlets(words: ["{name}"]).turn(1, .on) }
        #expect(found?.detail == "outlet 1 is called '-f', which a program would take for an option")
        let nameless = await failure { try await self.outlets(words: ["{name}"]).turn(2, .on) }
        #expect(nameless?.detail == "outlet 2 has no name that could stand for {name}")
    }

    @Test func `the name of the configuration comes before the program's`() async throws {
        let commands = Configuration.OutletCommands(
            read: ["/bin/sh", "-c", "echo 1 on name=theirs"], on: ["/bin/sh", "-c", "echo $1; exit 1", "on", "{name}"])
        let found = await failure { try await CommandOutlets("strip", commands, names: [1: "ours"]).turn(1, .on) }
        #expect(found?.detail == "/bin/sh ended with code 1: ours")
    }

    @Test func `what is not configured or not there is not run`() async {
        let off = await failure { try await self.outlets().turn(1, .off) }
        #expect(off?.kind == .notSupported)
        #expect(off?.description == "strip: no program for off: is configured; add off: to its section")
        let unknown = await failure { try await self.outlets().turn(9, .on) }
        #expect(unknown?.detail == "there is no outlet 9, there are 1, 2")
    }

    @Test func `a program that is missing is told so`() async {
        let commands = Configuration.OutletCommands(read: ["/no/such/program"])
        let found = await failure { try await CommandOutlets("strip", commands).read() }
        #expect(found?.kind == .notPermitted)
        #expect(found?.detail == "/no/such/program is not there or may not be run")
    }
}
