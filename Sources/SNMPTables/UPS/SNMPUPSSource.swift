public import PowerCore

/// A UPS that is asked by SNMP.
public struct SNMPUPSSource: UPSSource {
    private let query: AgentQuery
    private let families: SNMPFamilies
    private let poll: Duration
    private let timekeeper: any Timekeeper

    /// Makes a source that reads the UPS behind `port` every `poll`.
    public init(
        id: DeviceID, port: any SNMPPort, families: SNMPFamilies, poll: Duration, timekeeper: any Timekeeper
    ) {
        self.query = AgentQuery(id: id, port: port)
        self.families = families
        self.poll = poll
        self.timekeeper = timekeeper
    }

    /// Finds out what it is and reads it once.
    public func open() async throws(DeviceFailure) -> any SourcedLink {
        let finding = try await FamilyFinder(query: self.query, families: self.families).find(.ups)
        let reader = UPSReader(query: self.query, family: finding.family, filling: finding.filling)
        let constants = try await reader.constants()
        let state = try await reader.read(constants)
        return SNMPUPSLink(reader, constants, first: state, poll: self.poll, timekeeper: self.timekeeper)
    }
}
