/// One request, as it goes over the wire.
struct Question {
    let bytes: [UInt8]
    /// Whether the answer is a list, which ends with `END`, or a single line.
    let isList: Bool

    init(_ request: String) {
        self.bytes = Array(request.utf8) + [0x0A]
        self.isList = request.hasPrefix("LIST ")
    }
}

/// What clients of different kinds say, over and over.
struct Script {
    /// The questions of each client, by its number.
    let questions: (Int) -> [Question]

    /// The kinds that `--kind` takes.
    ///
    /// - `get`: one variable of one UPS, or of a device at random where there are several
    /// - `list`: all variables
    /// - `ups`: all UPSes
    /// - `pollers`: the status twice, then all variables, as a panel that polls
    /// - `mixed`: a third each of upsmon, Home Assistant and an exporter
    init(_ kind: String, devices: Int, dump: Dump?) throws(Failure) {
        let parts: [[String]]
        switch kind {
        case "get": parts = [Self.shuffled(devices).map { "GET VAR \($0) ups.status" }]
        case "list": parts = [["LIST VAR ups0"]]
        case "ups": parts = [["LIST UPS"]]
        case "pollers": parts = [["GET VAR ups0 ups.status", "GET VAR ups0 ups.status", "LIST VAR ups0"]]
        case "mixed":
            guard let dump else { throw Failure("--dump is needed for --kind mixed") }
            parts = [Self.upsmon, Self.homeAssistant, Self.exporter(dump)]
        default: throw Failure("--kind \(kind): get, list, ups, pollers or mixed")
        }
        self.questions = { client in
            let part = parts[client % parts.count]
            // Clients of one kind do not walk in step.
            let start = client * 7 % part.count
            return (part[start...] + part[..<start]).map { Question($0) }
        }
    }

    /// What upsmon asks for in each round; nobody logs in, so that the servers need no users.
    private static let upsmon = ["GET VAR ups0 ups.status"]

    /// What Home Assistant's client asks for in each round.
    private static let homeAssistant = ["LIST UPS", "LIST VAR ups0"]

    /// What an exporter asks for that wants to know everything of each variable and command.
    private static func exporter(_ dump: Dump) -> [String] {
        ["VER", "LIST UPS", "GET UPSDESC ups0", "GET NUMLOGINS ups0", "LIST VAR ups0", "LIST CMD ups0"]
            + dump.variables.flatMap { ["GET DESC ups0 \($0)", "GET TYPE ups0 \($0)"] }
            + dump.commands.map { "GET CMDDESC ups0 \($0)" }
    }

    /// All devices in an order that has nothing to do with their numbers, and is the same in every run.
    private static func shuffled(_ count: Int) -> [String] {
        var names = (0..<max(count, 1)).map { "ups\($0)" }
        var state: UInt64 = 0x9E37_79B9_7F4A_7C15
        for index in stride(from: names.count - 1, to: 0, by: -1) {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            names.swapAt(index, Int((state >> 33) % UInt64(index + 1)))
        }
        return names
    }
}
