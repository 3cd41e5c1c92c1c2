public import PowerCore

extension SNMPOutlets {
    /// Puts one outlet into a position, at once and without the PDU's own delays.
    public func turn(_ outlet: Int, _ position: OutletPosition) async throws(DeviceFailure) {
        try await self.give(position == .on ? .on : .off, to: outlet)
    }

    /// Lets the PDU switch an outlet off and on; how long it stays off is set at the PDU.
    public func cycle(_ outlet: Int, offTime: Duration) async throws(DeviceFailure) {
        try await self.give(.cycle, to: outlet)
    }

    private func give(_ deed: OutletTable.Deed, to outlet: Int) async throws(DeviceFailure) {
        let known = try await self.knowledge()
        let (listing, row) = try self.row(outlet, known)
        guard let order = listing.table.orders[deed], let name = order.object.filled(with: listing.filling(row)) else {
            throw self.unsupported(deed, known.family)
        }
        try await self.refuseWhereLocked(listing, row)
        let failure: SNMPFailure
        do throws(SNMPFailure) {
            return try await self.query.port.set([(name, .integer(order.value))], isRepeatable: deed != .cycle)
        } catch {
            failure = error
        }
        try await self.explain(failure, deed, listing, row)
    }

    private func unsupported(_ deed: OutletTable.Deed, _ family: SNMPFamily) -> DeviceFailure {
        let remedy = deed == .cycle ? "leave out --native" : ""
        let what = deed == .cycle ? "cannot switch an outlet off and on by itself" : "cannot be switched by SNMP"
        return DeviceFailure(
            .notSupported, device: self.query.id.name, detail: "\(family.title) \(what)", remedy: remedy)
    }

    private func row(
        _ outlet: Int, _ known: Known
    ) throws(DeviceFailure) -> (OutletListing, OutletListing.Row) {
        guard let listing = known.listing, let row = listing.row(outlet) else {
            throw DeviceFailure(.notSupported, device: self.query.id.name, detail: "it has no outlet \(outlet)")
        }
        return (listing, row)
    }

    /// Some PDUs take an order to a locked outlet and do nothing.
    private func refuseWhereLocked(
        _ listing: OutletListing, _ row: OutletListing.Row
    ) async throws(DeviceFailure) {
        guard let flag = listing.table.locked, let name = flag.object.filled(with: listing.filling(row)),
            let code = try await self.query.values(of: [name])[name]?.whole, flag.yes.contains(code)
        else { return }
        throw DeviceFailure(
            .locked, device: self.query.id.name, detail: "outlet \(row.number) is locked at the PDU",
            remedy: "unlock it there")
    }

    // MARK: Why not

    /// Says why an order came to nothing; returns where it was carried out all the same.
    private func explain(
        _ failure: SNMPFailure, _ deed: OutletTable.Deed, _ listing: OutletListing, _ row: OutletListing.Row
    ) async throws(DeviceFailure) {
        switch failure.kind {
        case .refused(let status):
            throw self.refusal(failure, status, listing, row)
        case .silent where deed != .cycle:
            try await self.explainSilence(failure, deed, listing, row)
        case .silent, .unreachable, .notAuthentic, .malformed:
            throw DeviceFailure(reading: failure, device: self.query.id)
        }
    }

    /// An agent that answers questions and not orders knows another community for writing.
    private func explainSilence(
        _ failure: SNMPFailure, _ deed: OutletTable.Deed, _ listing: OutletListing, _ row: OutletListing.Row
    ) async throws(DeviceFailure) {
        guard let name = listing.table.state.object.filled(with: listing.filling(row)),
            let value = try? await self.query.values(of: [name])[name], let code = value.whole
        else { throw DeviceFailure(reading: failure, device: self.query.id) }
        if listing.table.state.position(code) == (deed == .on ? .on : .off) { return }
        throw DeviceFailure(
            .notPermitted, device: self.query.id.name, detail: "it answers questions, but says nothing to orders",
            remedy: Self.rights)
    }

    private func refusal(
        _ failure: SNMPFailure, _ status: Int, _ listing: OutletListing, _ row: OutletListing.Row
    ) -> DeviceFailure {
        let name = self.query.id.name
        let detail = "outlet \(row.number): \(failure.detail)"
        if let remedy = listing.table.refusals[status] {
            return DeviceFailure(.locked, device: name, detail: detail, remedy: remedy)
        }
        if SNMPFailure.isAboutRights(status) {
            return DeviceFailure(.notPermitted, device: name, detail: detail, remedy: Self.rights)
        }
        let remedy = SNMPFailure.isAboutValue(status) ? "the order is not one that this device knows" : ""
        return DeviceFailure(.stalled, device: name, detail: detail, remedy: remedy)
    }

    /// What to do where an agent lets nobody write.
    static let rights =
        "use a community or user that may write; an APC with access type Write refuses while somebody is logged in at "
        + "its console or web page: log out there, or choose Write+"

    // MARK: Names

    /// Stores another name for an outlet in the PDU.
    public func rename(_ outlet: Int, to name: String) async throws(DeviceFailure) {
        let known = try await self.knowledge()
        let (listing, row) = try self.row(outlet, known)
        guard let rename = listing.table.rename, let object = rename.object.filled(with: listing.filling(row)) else {
            throw DeviceFailure(
                .notSupported, device: self.query.id.name,
                detail: "names of outlets of \(known.family.title) cannot be written",
                remedy: "name it under outlets: in the configuration")
        }
        let bytes = Array(name.utf8)
        guard bytes.count <= rename.longest else {
            throw DeviceFailure(
                .notSupported, device: self.query.id.name,
                detail: "'\(name)' is longer than the \(rename.longest) bytes that a name may have",
                remedy: "choose a shorter one")
        }
        do throws(SNMPFailure) {
            try await self.query.port.set([(object, .octets(bytes))], isRepeatable: true)
        } catch {
            guard case .refused(let status) = error.kind else { throw DeviceFailure(reading: error, device: self.query.id) }
            throw self.refusal(error, status, listing, row)
        }
    }
}
