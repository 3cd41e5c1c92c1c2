public import PowerCore

/// The outlets of a PDU that is asked by SNMP, whatever its family.
///
/// What it is and which outlets it has is found out at the first reading, and again after it was away. Calls come one
/// after the other.
public actor SNMPOutlets: OutletController {
    /// Chains of the largest PDUs have some two hundred outlets; what is longer goes in circles.
    public static let mostRows = OutletTable.mostRows
    /// How many readings pass until the table is walked again, for a unit that was added to a chain.
    static let readingsPerScan = 30

    /// What is known of the PDU.
    struct Known: Sendable {
        var family: SNMPFamily
        /// Nil where it has none that could be read one by one.
        var listing: OutletListing?
        var variables: DeviceVariables
        /// The values of what does not change.
        var constants: [OID: SNMPValue]
        var readings = 0
    }

    let query: AgentQuery
    private let finder: FamilyFinder
    private let unit: Int?
    private var known: Known?
    /// The numbers given to a chain, which must not come to mean other outlets.
    private var numbered: OutletListing?

    /// Makes the outlets of the PDU behind `port`.
    ///
    /// `unit` is the unit of a chain that is meant; without it all units' outlets are listed.
    public init(id: DeviceID, port: any SNMPPort, families: SNMPFamilies, unit: Int? = nil) {
        self.query = AgentQuery(id: id, port: port)
        self.finder = FamilyFinder(query: self.query, families: families)
        self.unit = unit
    }

    /// Reads the PDU and all its outlets.
    public func read() async throws(DeviceFailure) -> PDUReading {
        do throws(DeviceFailure) {
            return try await self.readOnce()
        } catch {
            // Whatever answers after this may be another device.
            self.known = nil
            throw error
        }
    }

    private func readOnce() async throws(DeviceFailure) -> PDUReading {
        if let known, known.readings >= Self.readingsPerScan { self.known = nil }
        var known = try await self.knowledge()
        known.readings += 1
        self.known = known
        let names = known.variables.names(constant: false) + (known.listing?.names ?? [])
        let values = try await self.query.values(of: names)
        let outlets = known.listing?.outlets(values) ?? []
        guard outlets.isEmpty || outlets.contains(where: { $0.position != nil }) || self.hasState(known, values) else {
            throw DeviceFailure(
                .stalled, device: self.query.id.name, detail: "its table of outlets is gone",
                remedy: "see whether another device answers at its address")
        }
        let variables = known.variables.variables(values.merging(known.constants) { new, _ in new })
        return PDUReading(variables: variables, outlets: outlets)
    }

    /// Whether there is at least a number that means neither on nor off.
    private func hasState(_ known: Known, _ values: [OID: SNMPValue]) -> Bool {
        guard let listing = known.listing else { return false }
        return listing.rows.contains { row in
            listing.table.state.object.filled(with: listing.filling(row)).map { values[$0] != nil } ?? false
        }
    }

    // MARK: What it is

    /// What is known of the PDU; found out where nothing is.
    func knowledge() async throws(DeviceFailure) -> Known {
        if let known { return known }
        let finding = try await self.finder.find(.pdu)
        let listing = try await self.listing(finding)
        try self.keepNumbers(listing)
        var filling = finding.filling
        filling.unit = listing?.rows.first?.unit ?? Self.usualUnit
        let variables = DeviceVariables(sources: finding.family.variables, filling: filling)
        let constants = try await self.query.values(of: variables.names(constant: true))
        let known = Known(family: finding.family, listing: listing, variables: variables, constants: constants)
        self.known = known
        return known
    }

    /// The unit whose variables are read where nothing says which.
    private static let usualUnit: UInt32 = 1

    private func listing(_ finding: FamilyFinder.Finding) async throws(DeviceFailure) -> OutletListing? {
        guard let table = finding.family.outlets else { return nil }
        let columns = [table.number, table.unit].compactMap(\.self)
        let names = finding.rows.flatMap { index in
            columns.compactMap {
                $0.filled(with: ObjectTemplate.Filling(row: index, unit: index.first, model: finding.filling.model))
            }
        }
        let listing = OutletListing(
            table, indexes: finding.rows, values: try await self.query.values(of: names), model: finding.filling.model,
            unit: self.unit)
        guard let unit, listing.rows.isEmpty else { return listing }
        throw DeviceFailure(
            .notSupported, device: self.query.id.name, detail: "it has no unit \(unit)",
            remedy: "correct unit:, or remove it to see the outlets of all units")
    }

    /// Numbers of a chain that was numbered through stay with their outlets, or nothing is switched any more.
    private func keepNumbers(_ listing: OutletListing?) throws(DeviceFailure) {
        guard let listing else { return }
        if let old = self.numbered, let moved = listing.firstMoved(since: old) {
            throw DeviceFailure(
                .stalled, device: self.query.id.name,
                detail: "units of its chain have changed, so that outlet \(moved.number) would be another one now",
                remedy: "make each unit a PDU of its own by unit:, or restart when the chain is as it should be")
        }
        if listing.isNumberedThrough { self.numbered = listing }
    }
}
