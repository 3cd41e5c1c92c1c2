import PowerCore

/// The outlets that a PDU has: which row of its table is which number.
struct OutletListing: Hashable, Sendable {
    /// An outlet and where it stands in the table.
    struct Row: Hashable, Sendable {
        var number: Int
        var index: [UInt32]
        /// The unit of a chain; nil where the family knows no chains.
        var unit: UInt32?
    }

    let table: OutletTable
    let model: UInt32?
    /// In the order of their numbers.
    let rows: [Row]
    /// Whether the numbers are not those printed, because two units of a chain have the same.
    let isNumberedThrough: Bool

    /// Gives every row its number; only those of `unit` where that is given.
    ///
    /// `values` are what the columns ``OutletTable/number`` and ``OutletTable/unit`` hold.
    init(_ table: OutletTable, indexes: [[UInt32]], values: [OID: SNMPValue], model: UInt32?, unit: Int?) {
        self.table = table
        self.model = model
        let rows = indexes.map { Self.row(table, $0, values, model) }
        let wanted = rows.filter { row in unit.map { row.unit == UInt32(exactly: $0) } ?? true }
        let printed = Self.countedFromOne(wanted)
        let areUnique = Set(printed.map(\.number)).count == printed.count
        self.isNumberedThrough = !areUnique
        let numbered = areUnique ? printed : Self.numberedThrough(printed)
        self.rows = numbered.sorted { $0.number < $1.number }
    }

    private static func row(
        _ table: OutletTable, _ index: [UInt32], _ values: [OID: SNMPValue], _ model: UInt32?
    ) -> Row {
        func whole(_ column: ObjectTemplate?) -> Int64? {
            column?.filled(with: ObjectTemplate.Filling(row: index, unit: index.first, model: model))
                .flatMap { values[$0]?.whole }
        }
        let number = whole(table.number).flatMap { Int(exactly: $0) } ?? Int(index.last ?? 0)
        let unit = whole(table.unit).flatMap { UInt32(exactly: $0) } ?? (index.count > 1 ? index.first : nil)
        return Row(number: max(0, number), index: index, unit: unit)
    }

    /// Tables that begin with 0 count from 0; what is printed counts from 1.
    private static func countedFromOne(_ rows: [Row]) -> [Row] {
        guard rows.contains(where: { $0.number == 0 }) else { return rows }
        return rows.map { Row(number: $0.number + 1, index: $0.index, unit: $0.unit) }
    }

    private static func numberedThrough(_ rows: [Row]) -> [Row] {
        rows.sorted { $0.index.lexicographicallyPrecedes($1.index) }.enumerated().map { place, row in
            Row(number: place + 1, index: row.index, unit: row.unit)
        }
    }

    /// The row of an outlet; nil where there is no such outlet.
    func row(_ number: Int) -> Row? { self.rows.first { $0.number == number } }

    /// What is put into the names of the objects of a row.
    func filling(_ row: Row) -> ObjectTemplate.Filling {
        ObjectTemplate.Filling(row: row.index, unit: row.unit, model: self.model)
    }

    /// The first outlet that is another one than in `old`, which says more than that some were added or lost.
    func firstMoved(since old: OutletListing) -> Row? {
        self.rows.first { row in old.row(row.number).map { $0.index != row.index } ?? false }
    }

    // MARK: Reading

    /// The objects of all outlets that are read at every poll.
    var names: [OID] {
        let table = self.table
        var columns = [table.state.object] + table.names
        columns += [table.pending, table.switchable, table.locked].compactMap { $0?.object }
        columns += [table.group].compactMap(\.self)
        for quantity in OutletTable.Quantity.allCases {
            guard let measurement = table.measurements[quantity] else { continue }
            columns += [measurement.object] + [measurement.digits].compactMap(\.self)
        }
        return self.rows.flatMap { row in columns.compactMap { $0.filled(with: self.filling(row)) } }
    }

    /// What the values say of all outlets.
    func outlets(_ values: [OID: SNMPValue]) -> [OutletReading] {
        self.rows.map { OutletRow(listing: self, row: $0, values: values).reading }
    }
}
