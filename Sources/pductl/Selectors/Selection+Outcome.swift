import PowerCore

extension Selection {
    /// How failures to select are told: with commands that can be typed instead.
    struct Wording {
        /// What is typed in front of a kind and a name: `pductl --server x off`.
        var command: String
        /// The options to repeat in any other command.
        var flags: String
        /// What is said of an order that is not given; empty where nothing is ordered.
        var undone = ""
        /// Whether the failure is printed as JSON.
        var json: Bool
    }
}

extension Selection.Failure {
    /// The failure as it is printed.
    func outcome(_ wording: Selection.Wording) -> Outcome {
        switch self {
        case .ambiguous(let text, let things):
            let places = things.map(\.name).joined(separator: ", ")
            return .failure(
                .notFound, "'\(text)' may be any of \(places)\(Self.clause(wording)). Type one of:",
                details: Self.commands(for: things, wording), json: wording.json)
        case .unknown(let text, let kind, let nearest):
            return Self.unknown(text, kind, nearest, wording)
        case .silent(let pdu, let trouble):
            return .failure(
                .unreachable, "\(pdu): \(trouble), so that nothing is known of its outlets", json: wording.json)
        case .uncertain(let text, let things, let devices):
            return .failure(
                .notFound,
                "'\(text)' may be an outlet of \(devices.joined(separator: " or ")) too, of which nothing is known now"
                    + "\(Self.clause(wording)). If this is meant, type:",
                details: Self.commands(for: things, wording), json: wording.json)
        case .nothing(let kind, let troubles):
            let plural = (kind ?? .outlet).plural
            guard troubles.isEmpty else {
                return .failure(
                    .unreachable, "nothing is known of any \((kind ?? .outlet).rawValue):", details: troubles,
                    json: wording.json)
            }
            return .failure(.notFound, "the server has no \(plural)", json: wording.json)
        }
    }

    private static func clause(_ wording: Selection.Wording) -> String {
        wording.undone.isEmpty ? "" : "; \(wording.undone)"
    }

    private static func unknown(
        _ text: String, _ kind: Kind?, _ nearest: [String], _ wording: Selection.Wording
    ) -> Outcome {
        let what = kind.map { "no \($0.rawValue) is" } ?? "nothing is"
        let word = kind.map { " \($0.rawValue)" } ?? ""
        let isNear = !nearest.isEmpty
        let list = "pductl\(wording.flags) list\(kind.map { " \($0.plural)" } ?? "")"
        return .failure(
            .notFound, "\(what) called '\(text)'. \(isNear ? "Did you mean:" : "See:")",
            details: isNear ? nearest.map { "\(wording.command)\(word) \($0)" } : [list], json: wording.json)
    }

    /// A command for each, with what it is behind it.
    private static func commands(for things: [Thing], _ wording: Selection.Wording) -> [String] {
        let commands = things.map { "\(wording.command) \($0.kind.rawValue) \($0.name)" }
        let width = commands.map(\.count).max() ?? 0
        return zip(commands, things).map { command, thing in
            let gap = String(repeating: " ", count: width - command.count)
            return thing.remark.isEmpty ? command : "\(command)\(gap)   # \(thing.remark)"
        }
    }
}
