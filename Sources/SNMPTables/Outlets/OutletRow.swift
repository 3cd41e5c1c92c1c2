import PowerCore

/// One row of the table of outlets with its values, which becomes a reading.
struct OutletRow {
    let listing: OutletListing
    let row: OutletListing.Row
    let values: [OID: SNMPValue]

    private var table: OutletTable { self.listing.table }

    private func value(_ column: ObjectTemplate?) -> SNMPValue? {
        column?.filled(with: self.listing.filling(self.row)).flatMap { self.values[$0] }
    }

    /// The outlet as it is read.
    var reading: OutletReading {
        let code = self.value(self.table.state.object)?.whole
        let position = code.flatMap { self.table.state.position($0) }
        return OutletReading(
            number: self.row.number, name: self.name, position: position,
            pending: self.pending(code, position), power: self.measured(.power).map { Watts($0) },
            isSwitchable: self.isSwitchable, isLocked: self.holds(self.table.locked) ?? false, group: self.group,
            current: self.measured(.current), voltage: self.measured(.voltage),
            apparentPower: self.measured(.apparent), energy: self.measured(.energy).map { WattHours($0) })
    }

    private var name: String? {
        self.table.names.lazy.compactMap { self.value($0)?.text }.first { !$0.isEmpty }
    }

    private func holds(_ flag: OutletTable.Flag?) -> Bool? {
        guard let flag, let code = self.value(flag.object)?.whole else { return nil }
        return flag.yes.contains(code)
    }

    /// Where nothing says that it cannot be, it can where there are orders.
    private var isSwitchable: Bool {
        self.table.orders[.on] != nil && (self.holds(self.table.switchable) ?? true)
    }

    /// By the code, or by a flag: what is pending then is the other position.
    private func pending(_ code: Int64?, _ position: OutletPosition?) -> OutletPosition? {
        if let code, let pending = self.table.state.pending(code) { return pending }
        guard self.holds(self.table.pending) == true else { return nil }
        return position.map { $0 == .on ? .off : .on }
    }

    /// The bank, or else the unit and whatever else stands in front of the outlet in the index, where there are several.
    private var group: String? {
        if let text = self.value(self.table.group)?.text, !text.isEmpty { return text }
        guard self.listing.hasSeveralGroups else { return nil }
        guard self.row.index.count > 1 else { return self.row.unit.map { "unit \($0)" } }
        return zip(self.table.index, self.row.index).dropLast().map { "\($0) \($1)" }.joined(separator: ", ")
    }

    /// A measured value; nil where it is negative, as devices write what they do not measure.
    private func measured(_ quantity: OutletTable.Quantity) -> Double? {
        guard let measurement = self.table.measurements[quantity],
            let number = self.value(measurement.object)?.number, number >= 0,
            var value = measurement.scale.value(of: number)
        else { return nil }
        guard measurement.digits != nil else { return value }
        guard let digits = self.value(measurement.digits)?.whole, (0...Self.mostDigits).contains(digits) else {
            return nil
        }
        for _ in 0..<digits { value /= 10 }
        return value
    }

    /// A device with more has misunderstood something.
    private static let mostDigits: Int64 = 9
}

extension OutletTable.State {
    /// Which position a number means; nil for neither.
    func position(_ code: Int64) -> OutletPosition? {
        if self.on.contains(code) || self.pendingOff.contains(code) { return .on }
        if self.off.contains(code) || self.pendingOn.contains(code) { return .off }
        return nil
    }

    /// Which position a number says is to come.
    func pending(_ code: Int64) -> OutletPosition? {
        if self.pendingOn.contains(code) { return .on }
        return self.pendingOff.contains(code) ? .off : nil
    }
}

extension OutletListing {
    /// Whether there is more than one unit, tower or infeed.
    var hasSeveralGroups: Bool {
        let fronts = Set(self.rows.map { Array($0.index.dropLast()) })
        return fronts.count > 1 || Set(self.rows.map(\.unit)).count > 1
    }
}
