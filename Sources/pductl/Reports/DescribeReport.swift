import PowerCore

/// `pductl describe`: everything that is known of one thing.
struct DescribeReport {
    /// The thing.
    let thing: Thing
    /// The addresses of the clients logged in to its device.
    var clients: [String] = []

    /// The report.
    var report: Report {
        Report(text: { self.text(colour: $0) }, wide: nil, json: self.json)
    }

    private func text(colour: Bool) -> String {
        let title = PlainText.printable("\(self.thing.kind.rawValue) \(self.thing.name)") + "\n"
        let width = (self.facts.map(\.name.count).max() ?? 0) + 2
        let lines = self.facts.map { name, value in
            "  \(name)\(String(repeating: " ", count: width - name.count))\(PlainText.printable(value))\n"
        }
        let outlets = self.showsOutlets ? self.thing.outlets.wideTable.text(colour: colour) : ""
        let parts = [title + lines.joined(), outlets, self.thing.device?.explanationText ?? "", self.variableLines]
        return parts.filter { !$0.isEmpty }.joined(separator: "\n")
    }

    private var showsOutlets: Bool { self.thing.kind != .outlet }

    /// What is known in few words, in the order in which it matters.
    private var facts: [(name: String, value: String)] {
        switch self.thing {
        case .outlet(let outlet): return Self.facts(of: outlet)
        case .group(_, let outlets): return [("outlets", outlets.map { "\($0.id)" }.joined(separator: " "))]
        case .consumer(_, nil, let feeds): return [("feeds", feeds.map { "\($0.id)" }.joined(separator: " "))]
        case .pdu(let device), .ups(let device), .consumer(_, let device?, _):
            let facts: [(String, String?)] = [
                ("description", device.description.isEmpty ? nil : device.description), ("trouble", device.trouble),
                ("status", device["ups.status"]), ("phase", device["host.phase"]), ("tier", device["host.tier"]),
                ("feeds", device["host.feeds"]), ("needs", device["host.needs"]),
                ("manufacturer", device["device.mfr"] ?? device["ups.mfr"]),
                ("model", device["device.model"] ?? device["ups.model"]),
                ("serial", device["device.serial"] ?? device["ups.serial"]),
                ("firmware", device["ups.firmware"]), ("driver", device["driver.name"]),
                ("charge", device["battery.charge"].flatMap { PlainText.number($0, "%") }),
                ("runtime", device["battery.runtime"].flatMap(PlainText.time)),
                ("clients", self.clients.isEmpty ? nil : self.clients.joined(separator: " ")),
            ]
            return facts.compactMap { name, value in value.map { (name, $0) } }
        }
    }

    private static func facts(of outlet: OutletPicture) -> [(name: String, value: String)] {
        let known: Set<String> = [
            "name", "desc", "status", "switchable", "group", "protected", "locked", "pending", "id",
        ]
        let facts: [(String, String?)] = [
            ("name", outlet.name), ("feeds", outlet.fed.isEmpty ? nil : outlet.fed.joined(separator: ", ")),
            ("description", outlet.description), ("status", outlet.status),
            ("groups", outlet.groups.isEmpty ? nil : outlet.groups.joined(separator: ", ")),
            ("protected", outlet.isProtected ? "yes" : nil), ("locked", outlet.lock), ("pending", outlet.pending),
            ("takes", outlet.actions.isEmpty ? "no orders" : outlet.actions.map(\.rawValue).joined(separator: ", ")),
        ]
        let rest = outlet.values.filter { !known.contains($0.key) }.sorted { $0.key < $1.key }
        return facts.compactMap { name, value in value.map { (name, $0) } } + rest.map { ($0.key, $0.value) }
    }

    /// The variables of the device that are not told already.
    private var variableLines: String {
        guard let device = self.thing.device, !device.variables.isEmpty else { return "" }
        let told = ["outlet.", "experimental.outlet.", "host.explain."]
        let lines = device.variables.filter { variable in !told.contains { variable.name.hasPrefix($0) } }
        return lines.map { PlainText.printable("  \($0.name): \($0.value)") + "\n" }.joined()
    }

    private var json: JSONValue {
        let head: [(String, JSONValue)] = [
            ("name", .string(self.thing.name)), ("kind", .string(self.thing.kind.rawValue)),
        ]
        var rest: [(String, JSONValue)] = []
        if case .outlet(let outlet) = self.thing {
            if case .object(let entries) = outlet.json { rest = entries.filter { $0.0 != "name" } }
            rest += [
                ("label", .string(orNull: outlet.name)), ("takes", .array(outlet.actions.map { .string($0.rawValue) })),
            ]
        } else {
            if let device = self.thing.device, case .object(let entries) = device.json {
                rest = entries.filter { $0.0 != "name" && $0.0 != "outlets" }
            }
            rest += [
                ("outlets", .array(self.thing.outlets.map(\.json))),
                ("clients", .array(self.clients.map { .string($0) })),
                ("variables", self.thing.device?.variablesJSON ?? .null),
            ]
        }
        return .object(head + rest)
    }
}
