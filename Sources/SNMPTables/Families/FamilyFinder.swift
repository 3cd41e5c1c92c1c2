import PowerCore

/// Finds out which family an agent's device belongs to, by what it has and not by what it calls itself.
struct FamilyFinder: Sendable {
    /// A family and what was learnt on the way to it.
    struct Finding: Sendable {
        var family: SNMPFamily
        var filling: ObjectTemplate.Filling
        /// The index of every row of the table of outlets; empty where there is none.
        var rows: [[UInt32]]
    }

    let query: AgentQuery
    let families: SNMPFamilies

    /// The first family of this kind that fits; throws where none does.
    func find(_ kind: SNMPFamily.Kind) async throws(DeviceFailure) -> Finding {
        let hint = try await self.hint()
        if let finding = try await self.first(of: kind, hint) { return finding }
        let other: SNMPFamily.Kind = kind == .pdu ? .ups : .pdu
        throw self.failure(kind, hint, other: try await self.first(of: other, hint))
    }

    private func first(of kind: SNMPFamily.Kind, _ hint: OID?) async throws(DeviceFailure) -> Finding? {
        for family in self.families.candidates(hint: hint) where family.kind == kind {
            let filling = ObjectTemplate.Filling(model: family.model(in: hint))
            if let rows = try await self.rows(of: family, filling) {
                return Finding(family: family, filling: filling, rows: rows)
            }
        }
        return nil
    }

    /// sysObjectID, which some agents give as a text.
    private func hint() async throws(DeviceFailure) -> OID? {
        guard let name = OID("1.3.6.1.2.1.1.2.0") else { return nil }
        switch try await self.query.values(of: [name])[name] {
        case .oid(let oid): return oid
        case let other: return other?.text.flatMap { OID($0) }
        }
    }

    /// The rows of the family's outlets; nil where the device does not belong to it.
    func rows(of family: SNMPFamily, _ filling: ObjectTemplate.Filling) async throws(DeviceFailure) -> [[UInt32]]? {
        if !family.detect.isEmpty {
            let names = family.detect.compactMap { $0.filled(with: filling) }
            guard names.count == family.detect.count, try await self.query.values(of: names).count == names.count else {
                return nil
            }
        }
        guard let table = family.outlets else { return [] }
        let rows = try await self.query.rows(of: table.state.object, length: table.index.count, with: filling)
        return rows.isEmpty ? nil : rows.map(\.index)
    }

    private func failure(_ kind: SNMPFamily.Kind, _ hint: OID?, other: Finding?) -> DeviceFailure {
        let what = kind == .pdu ? "PDU" : "UPS"
        guard let other else {
            let known = self.families.all.count == 1 ? "of family \(self.families.names.joined())" : "that is known"
            return DeviceFailure(
                .notSupported, device: self.query.id.name,
                detail: "it has the objects of no \(what) \(known) (sysObjectID \(hint?.description ?? "none"))",
                remedy: "let the community see everything, or describe the device in a file under families:")
        }
        let place = other.family.kind == .pdu ? "pdu:" : "ups:"
        return DeviceFailure(
            .notSupported, device: self.query.id.name,
            detail: "it is no \(what) but answers as \(other.family.title) (family \(other.family.name))",
            remedy: "put it under \(place)")
    }
}
