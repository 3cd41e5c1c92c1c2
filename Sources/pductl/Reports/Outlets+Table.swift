import PowerCore

extension [OutletPicture] {
    /// The outlets as a table.
    var table: TextTable {
        var table = TextTable("OUTLET", "NAME", "STATUS", ">POWER", "FEEDS")
        for outlet in self {
            let paint: TextTable.Paint =
                switch outlet.status {
                case "on": .good
                case "off": .bad
                default: .doubtful
                }
            let fed = outlet.fed.isEmpty ? outlet.description : outlet.fed.joined(separator: ", ")
            table.add(
                .init("\(outlet.id)"), .init(outlet.name), .init(outlet.status, paint),
                .init(outlet.watts.flatMap { PlainText.number($0, "W") }), .init(fed))
        }
        return table
    }
}

extension OutletPicture {
    /// The outlet as JSON.
    var json: JSONValue {
        .object([
            ("outlet", .string("\(self.id)")), ("pdu", .string(self.id.pdu.name)),
            ("number", .number("\(self.id.number)")),
            ("name", .string(orNull: self.name)), ("description", .string(orNull: self.description)),
            ("status", .string(orNull: self.status)), ("watts", .number(orNull: self.watts)),
            ("switchable", self.isSwitchable.map { .boolean($0) } ?? .null),
            ("feeds", .array(self.fed.map { .string($0) })),
        ])
    }
}
