import PowerCore

extension FamilyReader {
    /// Longer indexes have no table of outlets.
    static let mostIndexParts = 4

    /// `outlets`: the table of outlets; nil where there is none or after an error.
    mutating func outlets(of file: inout FamilySection) -> OutletTable? {
        guard let node = file.take("outlets"), var section = self.section("outlets", node) else { return nil }
        let index = self.index(of: &section)
        guard let state = self.state(of: &section) else {
            self.finishUnread(&section)
            return nil
        }
        var table = OutletTable(index: index, state: state)
        table.number = self.column("number", of: &section)
        table.unit = self.column("unit", of: &section)
        table.group = self.column("group", of: &section)
        table.names = self.objects("name", of: &section).map(\.asColumn)
        table.pending = self.flag("pending", of: &section)
        table.switchable = self.flag("switchable", of: &section)
        table.locked = self.flag("locked", of: &section)
        table.orders = self.orders(of: &section)
        table.rename = self.rename(of: &section)
        for quantity in OutletTable.Quantity.allCases {
            table.measurements[quantity] = self.measurement(quantity, of: &section)
        }
        table.refusals = self.refusals(of: &section)
        self.finish(&section)
        return table
    }

    /// Says nothing of the keys of a table that could not be read for another reason.
    private mutating func finishUnread(_ section: inout FamilySection) {
        if section.known.contains("state"), self.problems.isEmpty {
            self.fail(section.mark, "outlets has no state", remedy: "add state: with object:, on: and off:")
        }
        _ = section.takeAll()
    }

    private mutating func index(of section: inout FamilySection) -> [String] {
        let items = self.items("index", of: &section)
        guard items.count <= Self.mostIndexParts else {
            self.fail(section.mark, "outlets: index has more than \(Self.mostIndexParts) parts", remedy: "remove some")
            return ["outlet"]
        }
        let parts = items.compactMap { self.scalar("outlets: index", $0) }
        return parts.isEmpty ? ["outlet"] : parts
    }

    private mutating func state(of section: inout FamilySection) -> OutletTable.State? {
        guard let node = section.take("state"), var group = self.section("outlets: state", node) else { return nil }
        let object = self.column("object", of: &group)
        let on = self.wholes("on", of: &group)
        let off = self.wholes("off", of: &group)
        let pendingOn = self.wholes("pending-on", of: &group)
        let pendingOff = self.wholes("pending-off", of: &group)
        self.finish(&group)
        guard let object, !on.isEmpty, !off.isEmpty else {
            self.fail(node.mark, "outlets: state needs object:, on: and off:", remedy: "write the column and its numbers")
            return nil
        }
        let all = [on, off, pendingOn, pendingOff]
        guard Set(all.joined()).count == all.reduce(0, { $0 + $1.count }) else {
            self.fail(node.mark, "outlets: state has one number for two things", remedy: "correct one of them")
            return nil
        }
        return OutletTable.State(object: object, on: on, off: off, pendingOn: pendingOn, pendingOff: pendingOff)
    }

    /// A column in which some numbers mean yes.
    private mutating func flag(_ key: String, of section: inout FamilySection) -> OutletTable.Flag? {
        guard let node = section.take(key), var group = self.section("outlets: \(key)", node) else { return nil }
        let object = self.column("object", of: &group)
        let yes = self.wholes("yes", of: &group)
        self.finish(&group)
        guard let object, !yes.isEmpty else {
            self.fail(node.mark, "outlets: \(key) needs object: and yes:", remedy: "write the column and its numbers")
            return nil
        }
        return OutletTable.Flag(object: object, yes: yes)
    }

    /// `switch`: what on, off and cycle write, and where.
    private mutating func orders(of section: inout FamilySection) -> [OutletTable.Deed: OutletTable.Order] {
        guard let node = section.take("switch"), var group = self.section("outlets: switch", node) else { return [:] }
        let column = self.column("object", of: &group)
        var orders: [OutletTable.Deed: OutletTable.Order] = [:]
        for deed in OutletTable.Deed.allCases {
            guard let text = self.text(deed.rawValue, of: &group) else { continue }
            orders[deed] = self.order(group.label(deed.rawValue), text, column)
        }
        self.finish(&group)
        if (orders[.on] == nil) != (orders[.off] == nil) {
            self.fail(node.mark, "outlets: switch has only one of on and off", remedy: "add the other")
        }
        return orders
    }

    /// `3`, written to the column, or `.6.6.1.4 = 0`.
    private mutating func order(
        _ label: String, _ text: Placed<String>, _ column: ObjectTemplate?
    ) -> OutletTable.Order? {
        let parts = text.value.split(separator: "=").map { $0.filter { $0 != " " } }
        let object = parts.count == 2 ? self.object(label, String(parts[0]), at: text.mark)?.asColumn : column
        guard (1...2).contains(parts.count), let last = parts.last, let value = Int64(last), let object else {
            self.fail(
                text.mark, "\(label) is '\(text.value)'",
                remedy: "write the number for the column in object:, or COLUMN = NUMBER")
            return nil
        }
        return OutletTable.Order(object: object, value: value)
    }

    /// Names longer than this are no names.
    private static var longestNames: ClosedRange<Int64> { 1...255 }

    private mutating func rename(of section: inout FamilySection) -> OutletTable.Rename? {
        guard let node = section.take("rename"), var group = self.section("outlets: rename", node) else { return nil }
        let object = self.column("object", of: &group)
        let longest = group.take("longest").flatMap { self.whole(group.label("longest"), $0) }
        self.finish(&group)
        guard let object, let longest, Self.longestNames.contains(longest) else {
            self.fail(
                node.mark, "outlets: rename needs object: and longest:", remedy: "write the column and a number of bytes")
            return nil
        }
        return OutletTable.Rename(object: object, longest: Int(longest))
    }

    private mutating func measurement(
        _ quantity: OutletTable.Quantity, of section: inout FamilySection
    ) -> OutletTable.Measurement? {
        let key = quantity.rawValue
        guard let node = section.take(key), var group = self.section("outlets: \(key)", node) else { return nil }
        let object = self.column("object", of: &group)
        let scale = self.scale(of: &group)
        let digits = self.column("digits", of: &group)
        self.finish(&group)
        guard let object, let scale, scale.unit == quantity.unit else {
            self.fail(
                node.mark, "outlets: \(key) needs object:, and unit: in \(quantity.unit.rawValue)",
                remedy: "write the column and what one step is")
            return nil
        }
        return OutletTable.Measurement(object: object, scale: scale, digits: digits)
    }

    /// `refused`: sentences by error status.
    private mutating func refusals(of section: inout FamilySection) -> [Int: String] {
        guard let node = section.take("refused"), var group = self.section("outlets: refused", node) else { return [:] }
        var refusals: [Int: String] = [:]
        for entry in group.takeAll() {
            guard let status = Int(entry.key), (1...18).contains(status) else {
                self.fail(
                    entry.mark, "outlets: refused: '\(entry.key)' is no error status",
                    remedy: "write a number from 1 to 18 (RFC 3416, 3)")
                continue
            }
            refusals[status] = self.scalar("outlets: refused", entry.value)
        }
        return refusals
    }
}
