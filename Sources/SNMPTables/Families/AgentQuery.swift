import PowerCore

/// Asks one agent, and says what went wrong in words for the user.
struct AgentQuery: Sendable {
    /// The device's NUT name.
    let id: DeviceID
    let port: any SNMPPort

    /// The values of the objects that have a name with this filling; `missing` ones are left out.
    func values(of names: [OID]) async throws(DeviceFailure) -> [OID: SNMPValue] {
        var seen: Set<OID> = []
        let names = names.filter { seen.insert($0).inserted }
        guard !names.isEmpty else { return [:] }
        do throws(SNMPFailure) {
            let values = try await self.port.get(names)
            return Dictionary(zip(names, values).filter { $0.1 != .missing }, uniquingKeysWith: { first, _ in first })
        } catch {
            throw DeviceFailure(reading: error, device: self.id)
        }
    }

    /// The rows of a column in the agent's order, each with its index.
    func rows(
        of column: ObjectTemplate, length: Int, with filling: ObjectTemplate.Filling
    ) async throws(DeviceFailure) -> [(index: [UInt32], value: SNMPValue)] {
        guard let root = column.root(with: filling) else { return [] }
        let perRow = column.hasMoreBehindRow ? Self.mostPerRow : 1
        do throws(SNMPFailure) {
            let found = try await self.port.walk(root, limit: OutletTable.mostRows * perRow)
            let rows = found.compactMap { found in
                column.row(of: found.name, length: length, with: filling).map { ($0, found.value) }
            }
            guard rows.count <= OutletTable.mostRows else {
                throw SNMPFailure(.malformed, "its table has more than \(OutletTable.mostRows) rows")
            }
            return rows
        } catch {
            throw DeviceFailure(reading: error, device: self.id)
        }
    }

    /// How many objects of a row a walk may meet: Raritan has some twenty sensors for each outlet.
    private static let mostPerRow = 64
}

extension DeviceFailure {
    /// What a request that was to read means.
    init(reading failure: SNMPFailure, device: DeviceID) {
        let (kind, remedy): (Kind, String) =
            switch failure.kind {
            case .silent:
                (
                    .timedOut,
                    "see that it is on and in the network, and that address, version and community are right: agents say "
                        + "nothing to a wrong community"
                )
            case .unreachable: (.gone, "see that its address is right and that it is on")
            case .notAuthentic: (.notPermitted, "correct the user, its protocols and its passwords")
            case .refused(let status) where SNMPFailure.isAboutRights(status):
                (.notPermitted, "let the community or user read everything at the agent")
            case .refused, .malformed: (.stalled, "")
            }
        self.init(kind, device: device.name, detail: failure.detail, remedy: remedy)
    }
}

extension SNMPFailure {
    /// Whether an error status says that one may not (RFC 3416, 3): 2 noSuchName, as SNMPv1 says it of what may only be
    /// read, 4 readOnly, 6 noAccess, 11 noCreation, 16 authorizationError, 17 notWritable.
    static func isAboutRights(_ status: Int) -> Bool { [2, 4, 6, 11, 16, 17].contains(status) }

    /// Whether an error status says that this value may not be: 3 badValue, 7 to 10 wrong type, length, encoding or
    /// value, 12 inconsistentValue.
    static func isAboutValue(_ status: Int) -> Bool { [3, 7, 8, 9, 10, 12].contains(status) }
}
