import NUTTransport
import PowerCore
import Testing

/// Debian's own clients against our server.
@Suite(.enabled(if: Program.upsc.isInstalled, "upsc, upscmd and upsrw are not installed (Debian: nut-client)"))
struct StockClientTests {
    private let credentials = ["-u", "admin", "-p", "secret"]

    @Test func `upsc lists devices`() async throws {
        try await withServer { port, _ in
            let short = try await Program.upsc.run(["-l", "127.0.0.1:\(port)"])
            #expect(short.output == "ups\npdu\nquiet\nnever\n")
            #expect(short.status == 0)
            let long = try await Program.upsc.run(["-L", "127.0.0.1:\(port)"])
            #expect(long.output.hasPrefix("ups: Rack UPS\npdu: Description unavailable\n"))
        }
    }

    @Test func `upsc shows all variables or one`() async throws {
        try await withServer { port, _ in
            let all = try await Program.upsc.run(["ups@127.0.0.1:\(port)"])
            let lines = [
                "battery.charge: 100", "battery.charge.low: 20", "input.sensitivity: normal", "ups.id: rack",
                "ups.mfr: Example", "ups.status: OL",
            ]
            #expect(all.output == lines.joined(separator: "\n") + "\n")
            #expect(all.status == 0)
            #expect(try await Program.upsc.run(["UPS@127.0.0.1:\(port)", "Ups.Status"]).output == "OL\n")
        }
    }

    @Test func `upsc shows who is logged in`() async throws {
        try await withServer { port, _ in
            let client = try await RawClient(port: port)
            #expect(await client.authenticate("mon", "pass"))
            #expect(await client.ask("LOGIN ups") == "OK")
            #expect(try await Program.upsc.run(["-c", "ups@127.0.0.1:\(port)"]).output == "127.0.0.1\n")
            #expect(try await Program.upsc.run(["-c", "pdu@127.0.0.1:\(port)"]).output == "")
        }
    }

    @Test(arguments: [
        (["nobody"], "Error: Unknown UPS"), (["quiet"], "Error: Data stale"),
        (["never"], "Error: Driver not connected"),
        (["ups", "ups.nothing"], "Error: Variable not supported by UPS"),
    ])
    func `upsc knows our errors`(arguments: [String], error: String) async throws {
        try await withServer { port, _ in
            let device = "\(arguments[0])@127.0.0.1:\(port)"
            let outcome = try await Program.upsc.run([device] + arguments.dropFirst())
            #expect(outcome.errors.contains(error))
            #expect(outcome.status == 1)
        }
    }

    @Test func `upscmd lists commands with their descriptions`() async throws {
        try await withServer { port, _ in
            let outcome = try await Program.upscmd.run(["-l", "ups@127.0.0.1:\(port)"])
            #expect(outcome.output.contains("\nload.off - Cut the load at once\n"))
            #expect(outcome.output.contains("\noutlet.4.load.cycle - Turn this outlet off and on again\n"))
        }
    }

    @Test func `upscmd runs a command, with and without waiting`() async throws {
        let daemon = LabDaemon()
        try await withServer(daemon) { port, _ in
            let device = "ups@127.0.0.1:\(port)"
            let quick = try await Program.upscmd.run(self.credentials + [device, "load.off", "120"])
            #expect(quick.status == 0)
            #expect((quick.output + quick.errors).contains("OK"))
            let patient = try await Program.upscmd.run(["-w", "-t", "5"] + self.credentials + [device, "load.off"])
            #expect(patient.status == 0)
            #expect((patient.output + patient.errors).contains("SUCCESS"))
            let admin = Actor(user: "admin", address: "127.0.0.1")
            #expect(
                daemon.events == [
                    .ordered(.command("ups", name: "load.off", parameter: "120"), admin),
                    .ordered(.command("ups", name: "load.off", parameter: nil), admin),
                ])
        }
    }

    @Test func `upscmd shows the sentence of a refusal`() async throws {
        let daemon = LabDaemon()
        daemon.manner = .refuses("outlet rack-a/4 is the last live feed of storage")
        try await withServer(daemon) { port, _ in
            for wait in [[], ["-w", "-t", "5"]] {
                let arguments = wait + self.credentials + ["ups@127.0.0.1:\(port)", "load.off"]
                let outcome = try await Program.upscmd.run(arguments)
                #expect(outcome.status == 1)
                #expect(outcome.errors.contains("INSTCMD-FAILED \"outlet rack-a/4 is the last live feed of storage\""))
            }
        }
    }

    @Test func `upscmd shows the sentence of a failure`() async throws {
        let daemon = LabDaemon()
        daemon.manner = .fails("outlet 4 did not move")
        try await withServer(daemon) { port, _ in
            let arguments = ["-w", "-t", "5"] + self.credentials + ["ups@127.0.0.1:\(port)", "load.off"]
            let outcome = try await Program.upscmd.run(arguments)
            #expect((outcome.output + outcome.errors).contains("ERR FAILED \"outlet 4 did not move\""))
        }
    }

    @Test func `upscmd is denied what its user may not do`() async throws {
        try await withServer { port, _ in
            let outcome = try await Program.upscmd.run(["-u", "mon", "-p", "pass", "ups@127.0.0.1:\(port)", "load.off"])
            #expect(outcome.status == 1)
            #expect(outcome.errors.contains("ACCESS-DENIED"))
        }
    }

    @Test func `upsrw lists what may be set`() async throws {
        try await withServer { port, _ in
            let outcome = try await Program.upsrw.run(["-l", "ups@127.0.0.1:\(port)"])
            #expect(outcome.output.contains("[battery.charge.low]\n"))
            #expect(outcome.output.contains("Type: RANGE NUMBER\nOption: \"10-50\" SELECTED\n"))
            #expect(outcome.output.contains("Option: \"low\"\nOption: \"normal\" SELECTED\nOption: \"high\"\n"))
            #expect(outcome.output.contains("Type: STRING\nMaximum length: 8\nValue: rack\n"))
        }
    }

    @Test func `upsrw sets, with and without waiting`() async throws {
        let daemon = LabDaemon()
        try await withServer(daemon) { port, _ in
            let device = "ups@127.0.0.1:\(port)"
            let quick = try await Program.upsrw.run(["-s", "ups.id=a \"b\""] + self.credentials + [device])
            #expect(quick.status == 0)
            #expect(daemon.snapshot.device("ups")?.variable("ups.id")?.value == "a \"b\"")
            let patient = try await Program.upsrw.run(
                ["-w", "-s", "battery.charge.low=30"] + self.credentials + [device])
            #expect((patient.output + patient.errors).contains("SUCCESS"))
            #expect(daemon.snapshot.device("ups")?.variable("battery.charge.low")?.value == "30")
        }
    }

    @Test(arguments: [
        ("ups.id=123456789", "TOO-LONG"), ("battery.charge.low=99", "INVALID-VALUE"), ("ups.status=OL", "READONLY"),
        ("input.sensitivity=none", "INVALID-VALUE"), ("ups.nothing=1", "VAR-NOT-SUPPORTED"),
    ])
    func `upsrw is told what cannot be set`(setting: String, word: String) async throws {
        try await withServer { port, _ in
            let outcome = try await Program.upsrw.run(["-s", setting] + self.credentials + ["ups@127.0.0.1:\(port)"])
            #expect(outcome.status == 1)
            #expect(outcome.errors.contains(word))
        }
    }
}
