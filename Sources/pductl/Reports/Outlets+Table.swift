import PowerCore

extension [OutletPicture] {
    /// The outlets as a table.
    var table: TextTable {
        var table = TextTable("OUTLET", "NAME", "STATUS", ">POWER", "FEEDS")
        for outlet in self {
            let fed = outlet.fed.isEmpty ? outlet.description : outlet.fed.joined(separator: ", ")
            table.add(
                .init("\(outlet.id)"), .init(outlet.name), outlet.statusCell,
                .init(outlet.watts.flatMap { PlainText.number($0, "W") }), .init(fed))
        }
        return table
    }
}

extension [OutletPicture] {
    /// The same with everything that is known of each.
    var wideTable: TextTable {
        var table = TextTable(
            "OUTLET", "NAME", "STATUS", ">POWER", ">CURRENT", ">VOLTAGE", ">ENERGY", "FEEDS", "GROUPS", "NOTES")
        for outlet in self {
            let fed = outlet.fed.isEmpty ? outlet.description : outlet.fed.joined(separator: ", ")
            table.add(
                .init("\(outlet.id)"), .init(outlet.name), outlet.statusCell,
                .init(outlet.watts.flatMap { PlainText.number($0, "W") }),
                .init(outlet.values["current"].flatMap { PlainText.number($0, "A") }),
                .init(outlet.values["voltage"].flatMap { PlainText.number($0, "V") }),
                .init(outlet.values["energy"].flatMap { PlainText.number($0, "Wh") }), .init(fed),
                .init(outlet.groups.joined(separator: ", ")), .init(outlet.notes.joined(separator: "; ")))
        }
        return table
    }
}

extension OutletPicture {
    /// Whether it is on, coloured by what that means.
    var statusCell: TextTable.Cell {
        let paint: TextTable.Paint =
            switch self.status {
            case "on": .good
            case "off": .bad
            default: .doubtful
            }
        return .init(self.status, paint)
    }

    /// What keeps it from being switched, and what is about to happen to it.
    var notes: [String] {
        let notes: [String?] = [
            self.isProtected ? "protected" : nil, self.lock.map { "locked: \($0)" },
            self.pending.map { "pending: \($0)" }, self.isSwitchable == false ? "cannot be switched" : nil,
        ]
        return notes.compactMap { $0 }
    }

    /// The outlet as JSON.
    var json: JSONValue {
        .object([
            ("outlet", .string("\(self.id)")), ("pdu", .string(self.id.pdu.name)),
            ("number", .number("\(self.id.number)")),
            ("name", .string(orNull: self.name)), ("description", .string(orNull: self.description)),
            ("status", .string(orNull: self.status)), ("watts", .number(orNull: self.watts)),
            ("switchable", self.isSwitchable.map { .boolean($0) } ?? .null),
            ("feeds", .array(self.fed.map { .string($0) })),
            ("current", .number(orNull: self.values["current"])), ("voltage", .number(orNull: self.values["voltage"])),
            ("energy", .number(orNull: self.values["energy"])), ("groups", .array(self.groups.map { .string($0) })),
            ("protected", .boolean(self.isProtected)), ("locked", .string(orNull: self.lock)),
            ("pending", .string(orNull: self.pending)),
        ])
    }
}
