import NUTTransport
import PowerCore
import Testing

/// The same conversations with Debian's `upsd` and with ours, on the same data.
@Suite(.enabled(if: RealServer.isInstalled, "upsd and dummy-ups are not installed, or this is not root (nut-server)"))
struct RealServerTests {
    @Test func `ours answers as the real one, but for what is listed`() async throws {
        let real = try await RealServer()
        let devices = try await real.devices()
        try await withServer(LabDaemon(devices)) { port, _ in
            for conversation in Self.conversations {
                let theirs = try await Self.hold(conversation, port: real.port)
                let ours = try await Self.hold(conversation, port: port)
                for (line, (their, our)) in zip(conversation, zip(theirs, ours)) {
                    #expect(Self.normal(our, to: line) == Self.normal(their, to: line), "\(line)")
                }
            }
        }
    }

    /// Says each line and hears its whole answer.
    private static func hold(_ lines: [String], port: Int) async throws -> [String] {
        let client = try await RawClient(port: port)
        var answers: [String] = []
        for line in lines {
            await client.send(line + "\n")
            answers.append(await client.hearAnswer().text)
        }
        return answers
    }

    /// An answer without what may differ.
    private static func normal(_ answer: String, to line: String) -> String {
        var answer = answer
        for difference in self.differences where line.contains(difference.request) {
            answer = answer.replacing(difference.answer, with: difference.instead)
        }
        return answer
    }

    private struct Difference {
        /// Which requests it is about.
        var request: Regex<Substring>
        /// What may differ in the answer.
        var answer: Regex<Substring>
        var instead: String
        /// Why it differs.
        var reason: String
    }

    private static var differences: [Difference] {
        [
            Difference(
                request: /(?i)v/, answer: /Network UPS Tools[^"\n]*|"2\.8[^"]*"/,
                instead: "(version)", reason: "each says what it is"),
            Difference(
                request: /SERVER/, answer: /server\.version/, instead: "SERVER.version",
                reason: "ours repeats the client's spelling here too"),
            Difference(
                request: /HELP/, answer: /\ PROTVER/, instead: "", reason: "new in NUT 2.8.5"),
            Difference(
                request: /DESC (?!.*foo)/, answer: /"[^"]*"\n/, instead: "(text)",
                reason: "each has sentences of its own"),
            Difference(
                request: /GET TYPE ups driver/,
                answer: /NUMBER|STRING:255/, instead: "(kind)",
                reason: "NUT calls every text that cannot be set a number"),
            Difference(
                request: /SET VAR|INSTCMD/, answer: /TRACKING [-0-9A-F]{36}/,
                instead: "TRACKING (id)", reason: "never the same"),
        ]
    }

    private static let admin = ["USERNAME admin", "PASSWORD secret"]
    private static let mon = ["USERNAME mon", "PASSWORD pass"]

    private static let conversations: [[String]] = [
        ["VER", "ver", "VER x", "NETVER", "NETVER x", "PROTVER", "HELP", "HELP x", "STARTTLS", "STARTTLS x y"],
        ["\\VER", "VER\\\n", "VE\\\nR", "\"VER\"", "\"VE\"R", "VER\"x\"", "VER #x", "VER#x", "VER=", "=VER"],
        [
            "VER \"a\nb\"", "VER \u{01}", "VER \u{E9}", "\u{E9}VER", "VER\u{E9}", "\u{7F}VER", "", "   ", "#c", "\r",
            "VER\r",
        ],
        [
            "\"\"", "\"\" VER", "\"VE\tR\"", "VE\\\tR", "'VER'", "NONSENSE", "\\\n VER",
            String(repeating: "x ", count: 40),
        ],
        [
            "GET", "GET VAR", "GET VAR ups", "GET NUMLOGINS", "GET NUMLOGINS ups x y", "GET FOO ups x", "GET TRACKING",
            "GET TRACKING x", "GET UPSDESC never", "GET UPSDESC UPS", "GET UPSDESC nobody",
        ],
        [
            "GET VAR UPS UPS.Status", "GET VAR nobody server.info", "GET VAR nobody SERVER.version",
            "GET VAR nobody server.foo", "GET VAR never ups.status", "GET VAR ups foo", "GET VAR ups ups.model",
            "GET VAR ups ups.id and more",
        ],
        [
            "GET TYPE ups ups.status", "GET TYPE ups driver.name", "GET TYPE ups battery.charge", "GET TYPE ups foo",
            "GET DESC ups ups.status", "GET DESC ups foo.bar", "GET DESC ups \"foo bar\"", "GET DESC ups \"a\\\"foo\"",
            "GET DESC never foo", "GET DESC nobody foo", "GET CMDDESC ups load.off", "GET CMDDESC ups foo",
        ],
        [
            "LIST", "LIST UPS", "LIST UPS x", "LIST VAR", "LIST VAR ups", "LIST VAR UPS x", "LIST VAR nobody",
            "LIST VAR NEVER",
            "LIST CMD UPS", "LIST RW ups", "LIST ENUM ups", "LIST ENUM ups ups.status", "LIST ENUM ups foo",
            "LIST RANGE ups Battery.charge", "LIST CLIENT never", "LIST CLIENTS ups", "LIST CLIENT nobody",
        ],
        ["SET", "LOGIN", "FSD", "PRIMARY", "MASTER ups", "INSTCMD", "USERNAME a", "SET", "LOGIN x y"],
        ["PASSWORD a", "SET", "PASSWORD a b", "PASSWORD b", "PASSWORD"],
        [
            "USERNAME", "USERNAME a b", "USERNAME a=b", "USERNAME \"\"", "USERNAME b", "PASSWORD \"\"", "LOGIN ups",
            "LOGIN nobody", "LOGIN",
        ],
        mon + [
            "LOGIN never", "LOGIN ups", "LOGIN nobody", "LOGIN", "LIST CLIENT UPS", "LIST CLIENT NEVER",
            "GET NUMLOGINS never", "GET NUMLOGINS ups", "PRIMARY ups", "MASTER ups", "FSD ups", "LOGOUT x", "LOGOUT",
        ],
        mon + [
            "SET VAR ups foo bar", "SET VAR ups ups.id x", "INSTCMD ups foo", "INSTCMD ups load.off", "SET TRACKING ON",
        ],
        admin + [
            "PRIMARY ups", "MASTER UPS", "PRIMARY nobody", "PRIMARY never", "PRIMARY", "SET", "SET VAR", "SET VAR ups",
            "SET VAR ups x", "SET VAR ups ups.id", "SET VAR nobody a b", "SET VAR never a b", "SET VAR ups foo bar",
            "SET VAR ups driver.name bar", "SET VAR ups ups.id " + String(repeating: "x", count: 40),
            "SET VAR ups ups.id \"new id\" extra", "SET VAR ups battery.charge 5",
        ],
        admin + [
            "SET TRACKING", "SET TRACKING maybe", "SET TRACKING on", "GET TRACKING", "GET TRACKING zzz", "SET FOO x y",
            "SET VAR ups ups.id two", "INSTCMD ups", "INSTCMD nobody load.off", "INSTCMD never load.off",
            "INSTCMD ups foo", "INSTCMD ups LOAD.OFF", "INSTCMD ups load.off 1 2 3", "SET TRACKING off", "GET TRACKING",
        ],
        admin + [
            "FSD", "FSD ups x", "FSD nobody", "FSD ups", "FSD ups", "GET VAR ups ups.status", "FSD never", "LOGOUT",
        ],
    ]
}
