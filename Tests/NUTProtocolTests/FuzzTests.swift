import Testing

/// A few thousand inputs of ``NUTFuzz``, the same on every run; `dev/fuzz.sh nut` goes on from there.
struct FuzzTests {
    /// Words that get an input past the first look, of all parts.
    private static let words = [
        "GET", "LIST", "SET", "VAR", "UPS", "RW", "CMD", "ENUM", "RANGE", "CLIENT", "TYPE", "DESC", "CMDDESC",
        "UPSDESC",
        "NUMLOGINS", "TRACKING", "ON", "OFF", "INSTCMD", "LOGIN", "LOGOUT", "PRIMARY", "FSD", "USERNAME a\n", "VER",
        "PASSWORD p\n", "USERNAME h\nPASSWORD right\n", "STARTTLS\n", "HELP", "ups", "Attic", "never", "ups.id",
        "battery.charge.low", "input.sensitivity", "load.off", "go", "server.info", "20", "SETINFO", "ADDENUM",
        "DELENUM",
        "ADDRANGE", "SETFLAGS", "ADDCMD", "DELINFO", "DUMPDONE\n", "DATASTALE\n", "PONG", "OK", "ERR",
        "BEGIN LIST VAR ups",
        "END LIST VAR ups", "[ups]\n", "driver", "usbhid-ups", "port", "auto", "MONITOR", "ups@host", "1", "upsmon",
        "LISTEN",
        "NOTIFYCMD", "AT", "START-TIMER", "password", "actions", "TIMER", "ALARM", "ups.status:", "outlet.1.status",
    ]

    private static func input(_ part: NUTFuzz.Part, _ generator: inout SeededGenerator) -> [UInt8] {
        var input = [
            part.rawValue, UInt8.random(in: 0...255, using: &generator), .random(in: 0...255, using: &generator),
        ]
        for _ in 0..<Int.random(in: 1...60, using: &generator) {
            switch Int.random(in: 0..<40, using: &generator) {
            case 0..<24: input += Array((Self.words.randomElement(using: &generator) ?? "").utf8) + [0x20]
            case 24..<34: input.append(0x0A)
            case 34..<39: input += generator.line(length: Int.random(in: 1...12, using: &generator))
            default:
                input += [
                    NUTFuzz.repetition, .random(in: 0...255, using: &generator), .random(in: 0...3, using: &generator),
                ]
            }
        }
        return input
    }

    @Test(arguments: NUTFuzz.Part.allCases)
    func `no bytes whatever break a rule`(part: NUTFuzz.Part) {
        var generator = SeededGenerator(seed: UInt64(part.rawValue))
        for round in 0..<300 {
            let input = Self.input(part, &generator)
            #expect(throws: Never.self, "round \(round): \(input)") { try NUTFuzz.feed(input) }
        }
    }

    @Test(arguments: NUTFuzz.Part.allCases)
    func `nor do very long lines`(part: NUTFuzz.Part) throws {
        for byte in [0x78, 0x22, 0x5C, 0x0A, 0x20, 0x3D, 0x23, 0, 0xFF] as [UInt8] {
            for start in ["", "\"", "SET VAR ups ups.id \"", "BEGIN LIST VAR ups\nVAR ups ", "[ups]\n"] {
                try NUTFuzz.feed([part.rawValue, 0, 7] + Array(start.utf8) + [NUTFuzz.repetition, byte, 144, 0x0A])
            }
        }
    }
}
