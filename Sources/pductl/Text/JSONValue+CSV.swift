extension JSONValue {
    /// The document as comma separated values (RFC 4180), a line each for the objects of a list; nil where it is none.
    ///
    /// The columns are the keys in the order in which they appear. A list of values is one field, its parts separated by
    /// blanks; a list of objects is left out.
    var csv: String? {
        guard let rows = self.rows else { return nil }
        var columns: [String] = []
        for row in rows {
            for (key, value) in row where value.csvField != nil && !columns.contains(key) { columns.append(key) }
        }
        let lines = rows.map { row in
            columns.map { column in row.first { $0.0 == column }?.1.csvField ?? "" }
        }
        return ([columns] + lines).map { $0.map(Self.quotedForCSV).joined(separator: ",") + "\r\n" }.joined()
    }

    /// The name of each object of a list, which is the value of its first key; of an object of lists those of all lists.
    var names: [String]? {
        if case .object(let entries) = self, self.isMadeOfLists {
            return entries.compactMap { $0.1.rows }.flatMap { rows in rows.compactMap { $0.first?.1.csvField } }
        }
        return self.rows?.compactMap { $0.first?.1.csvField }
    }

    /// Whether it is an object of nothing but lists, like the status of everything.
    private var isMadeOfLists: Bool {
        guard case .object(let entries) = self else { return false }
        return !entries.isEmpty && entries.allSatisfy { if case .array = $0.1 { true } else { false } }
    }

    /// The objects of a list; an object alone is a list of one.
    private var rows: [[(String, JSONValue)]]? {
        switch self {
        case .array(let items):
            var rows: [[(String, JSONValue)]] = []
            for item in items {
                guard case .object(let entries) = item else { return nil }
                rows.append(entries)
            }
            return rows
        case .object(let entries):
            return self.isMadeOfLists ? nil : [entries]
        case .string, .number, .boolean, .null: return nil
        }
    }

    /// The value as one field; nil for what holds objects.
    private var csvField: String? {
        switch self {
        case .string(let text), .number(let text): return text
        case .boolean(let value): return value ? "true" : "false"
        case .null: return ""
        case .object: return nil
        case .array(let items):
            let fields = items.compactMap(\.csvField)
            return fields.count == items.count ? fields.joined(separator: " ") : nil
        }
    }

    private static func quotedForCSV(_ text: String) -> String {
        guard text.contains(where: { ",\"\r\n".contains($0) || $0.isNewline }) else { return text }
        return "\"\(text.replacing("\"", with: "\"\""))\""
    }
}
