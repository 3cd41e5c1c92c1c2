import NUTProtocol
import PowerCore
import Testing

struct SessionLimitTests {
    @Test func `no reply line is longer than stock clients keep`() {
        var rig = SessionRig([
            DeviceSnapshot(
                id: "ups", description: String(repeating: "d", count: 2_000), availability: .fresh,
                variables: [
                    Variable("plain", String(repeating: "x", count: 2_000)),
                    Variable("escaped", String(repeating: "\"", count: 2_000)),
                    Variable("mixed", "y" + String(repeating: "\\", count: 2_000)),
                    Variable(
                        "choice", String(repeating: "a", count: 300),
                        kind: .enumeration([String(repeating: "#", count: 2_000)])),
                ],
                commands: [InstantCommand("go", description: String(repeating: "\\", count: 2_000))])
        ])
        let requests = [
            "LIST VAR ups", "LIST UPS", "GET UPSDESC ups", "GET VAR ups plain", "GET VAR ups escaped",
            "GET VAR ups mixed",
            "LIST ENUM ups choice", "GET CMDDESC ups go",
        ]
        for request in requests {
            for line in rig.ask(request).split(separator: "\n") {
                #expect(line.utf8.count < LineLimits.replyBytes, "\(request)")
                // Cut, but still a line that can be read: its quotes are closed and no backslash is alone.
                var parser = LineParser()
                let bytes = Array(line.utf8) + [0x0A]
                #expect(parser.consume(bytes.span).event == .line, "\(request)")
                if !line.contains("LIST") { #expect(parser.line.texts.last.map { $0.utf8.count > 200 } == true) }
            }
        }
    }

    @Test func `a value that just fits is whole`() {
        // `VAR ups v "…"` and the line end are 12 bytes.
        let value = String(repeating: "x", count: LineLimits.replyBytes - 13)
        var rig = SessionRig([
            DeviceSnapshot(
                id: "ups", availability: .fresh, variables: [Variable("v", value), Variable("w", value + "x")])
        ])
        #expect(rig.ask("GET VAR ups v") == "VAR ups v \"\(value)\"")
        #expect(rig.ask("GET VAR ups w") == "VAR ups w \"\(value)\"")
    }

    @Test func `an echo that fills the line is refused`() {
        var rig = SessionRig()
        let long = String(repeating: "x", count: LineLimits.wordBytes)
        #expect(rig.ask("GET DESC ups \(long)") == "ERR INVALID-ARGUMENT")
        #expect(rig.ask("GET CMDDESC ups \(long)") == "ERR INVALID-ARGUMENT")
        #expect(rig.ask("GET VAR \(long) server.info") == "ERR INVALID-ARGUMENT")
        let fits = String(repeating: "x", count: 400)
        #expect(rig.ask("GET DESC ups \(fits)") == "DESC ups \(fits) \"Description unavailable\"")
    }

    @Test func `a name that leaves no room for its value is not shown`() {
        let long = String(repeating: "n", count: 600)
        var rig = SessionRig([
            DeviceSnapshot(id: "ups", availability: .fresh, variables: [Variable(long, "1"), Variable("b", "2")])
        ])
        #expect(rig.ask("LIST VAR ups") == "BEGIN LIST VAR ups\nVAR ups b \"2\"\nEND LIST VAR ups")
    }

    @Test func `names as long as they may be leave room for every answer`() {
        let device = String(repeating: "d", count: DevicePage.maximumNameBytes)
        let kinds: [Variable.Kind] = [
            .number, .string(maximumLength: .max), .enumeration(["x"]), .range(.min ... .max),
        ]
        for length in 150..<260 {
            let variables = kinds.enumerated().map { index, kind in
                Variable("\(index)" + String(repeating: "v", count: length), "x", kind: kind, isWritable: true)
            }
            let commands = [InstantCommand(String(repeating: "c", count: length))]
            var rig = SessionRig([
                DeviceSnapshot(id: DeviceID(device), availability: .fresh, variables: variables, commands: commands),
                DeviceSnapshot(id: DeviceID(device + "d"), availability: .fresh),
            ])
            rig.authenticate("admin", "secret")
            var requests = [
                "LIST UPS", "LIST VAR \(device)", "LIST RW \(device)", "LIST CMD \(device)", "LOGIN \(device)",
            ]
            requests += ["LIST CLIENT \(device)", "GET NUMLOGINS \(device)", "GET UPSDESC \(device)"]
            for variable in variables {
                for question in ["GET VAR", "GET TYPE", "GET DESC", "LIST ENUM", "LIST RANGE"] {
                    requests.append("\(question) \(device) \(variable.name)")
                }
            }
            for request in requests {
                for line in rig.ask(request).split(separator: "\n") { #expect(line.utf8.count < LineLimits.replyBytes) }
            }
            #expect(rig.ask("GET UPSDESC \(device)d") == "ERR UNKNOWN-UPS")
        }
    }

    @Test func `nothing in a value can end a line or begin another one`() {
        var rig = SessionRig([
            DeviceSnapshot(
                id: "ups", description: "a\nERR b", availability: .fresh,
                variables: [Variable("v", "1\"\nVAR ups w \"2\r\0\u{1B}Grüße")],
                commands: [InstantCommand("go", description: "x\ny")])
        ])
        #expect(rig.ask("GET VAR ups v") == #"VAR ups v "1\"VAR ups w \"2Gre""#)
        #expect(rig.ask("GET UPSDESC ups") == "UPSDESC ups \"aERR b\"")
        #expect(rig.ask("GET CMDDESC ups go") == "CMDDESC ups go \"xy\"")
        rig.authenticate("admin", "secret")
        rig.refusal = "first\nsecond"
        #expect(rig.ask("INSTCMD ups go") == "ERR INSTCMD-FAILED \"firstsecond\"")
    }

    @Test func `outcomes are told once they are known`() {
        var rig = SessionRig()
        rig.authenticate("admin", "secret")
        #expect(rig.ask("SET TRACKING ON") == "OK")
        let first = "00000000-0000-4000-8000-000000000001"
        let second = "00000000-0000-4000-8000-000000000002"
        #expect(rig.ask("INSTCMD ups load.off") == "OK TRACKING \(first)")
        #expect(rig.ask("INSTCMD ups load.off") == "OK TRACKING \(second)")
        rig.finish(first, .done)
        rig.finish(second, .failed("outlet 4 did not move"))
        #expect(rig.ask("GET TRACKING \(first.lowercased())") == "SUCCESS")
        #expect(rig.ask("GET TRACKING \(second)") == "ERR FAILED \"outlet 4 did not move\"")
    }

    @Test func `changed users are asked at the next order, and a login stays`() {
        var rig = SessionRig()
        rig.authenticate("admin", "secret")
        #expect(rig.ask("LOGIN ups") == "OK")
        rig.users = UserTable()
        #expect(rig.ask("FSD ups") == "ERR ACCESS-DENIED")
        #expect(rig.ask("GET NUMLOGINS ups") == "NUMLOGINS ups 1")
    }

    @Test func `what comes behind a logout is not looked at`() {
        var rig = SessionRig()
        #expect(rig.send("LOGOUT\nVER\nGET VAR ups ups.status\n") == "OK Goodbye\n")
        #expect(rig.effects == [.close])
    }

    @Test func `many commands in one read are answered in order`() {
        var rig = SessionRig()
        #expect(rig.send("NETVER\nGET TRACKING\nNETVER\n") == "1.3\nOFF\n1.3\n")
    }

    @Test func `whatever comes, every reply is a line and nothing traps`() {
        var generator = SeededGenerator(seed: 3)
        let words = [
            "GET", "LIST", "SET", "VAR", "UPS", "RW", "CMD", "TYPE", "TRACKING", "ON", "INSTCMD", "LOGIN", "FSD",
            "USERNAME",
            "PASSWORD", "admin", "secret", "ups", "Attic", "quiet", "ups.id", "battery.charge.low", "load.off", "\"",
            "\\",
            "#", "=", "\u{7F}", "20", "STARTTLS", "HELP", "PRIMARY",
        ]
        for _ in 0..<2_000 {
            var rig = SessionRig()
            var bytes: [UInt8] = []
            for _ in 0..<40 {
                let word = words.randomElement(using: &generator) ?? ""
                bytes += word.utf8
                switch Int.random(in: 0..<8, using: &generator) {
                case 0...4: bytes.append(0x20)
                case 5, 6: bytes.append(0x0A)
                default: bytes.append(UInt8.random(in: 0...255, using: &generator))
                }
            }
            let reply = rig.send(bytes: bytes)
            #expect(reply.isEmpty || reply.last == "\n")
            #expect(reply.utf8.allSatisfy { $0 == 0x0A || (0x20...0x7F).contains($0) })
        }
    }

    @Test func `random bytes get lines or silence`() {
        var generator = SeededGenerator(seed: 4)
        for _ in 0..<200 {
            var rig = SessionRig()
            let bytes = (0..<500).map { _ in UInt8.random(in: 0...255, using: &generator) }
            let reply = rig.send(bytes: bytes)
            #expect(reply.isEmpty || reply.last == "\n")
            // What one device answers in one read it answers byte by byte as well.
            var slow = SessionRig()
            #expect(bytes.map { slow.send(bytes: [$0]) }.joined() == reply)
        }
    }
}
