import PowerCore

/// Reads a UPS of a known family.
struct UPSReader: Sendable {
    let query: AgentQuery
    let family: SNMPFamily
    let filling: ObjectTemplate.Filling

    private var variables: DeviceVariables {
        DeviceVariables(sources: self.family.variables, filling: self.filling)
    }

    /// The values of what does not change, which are read once.
    func constants() async throws(DeviceFailure) -> [OID: SNMPValue] {
        try await self.query.values(of: self.variables.names(constant: true))
    }

    /// Everything it says of itself at this moment; `constants` is what was read before.
    func read(_ constants: [OID: SNMPValue]) async throws(DeviceFailure) -> SourcedState {
        let status = self.family.status.compactMap { $0.object.filled(with: self.filling) }
        let values = try await self.query.values(of: status + self.variables.names(constant: false))
        guard status.contains(where: { values[$0] != nil }) else {
            throw DeviceFailure(
                .stalled, device: self.query.id.name, detail: "it does not say any more whether it has mains",
                remedy: "see whether another device answers at its address")
        }
        let all = self.variables.variables(values.merging(constants) { new, _ in new })
        return SourcedState(
            variables: [Variable("device.type", "ups"), Variable("ups.status", self.status(values))]
                + all.filter { !["device.type", "ups.status"].contains($0.name) })
    }

    /// The words of `ups.status`, each once.
    private func status(_ values: [OID: SNMPValue]) -> String {
        var words: [String] = []
        for source in self.family.status {
            guard let code = source.object.filled(with: self.filling).flatMap({ values[$0]?.whole }) else { continue }
            for word in source.words[code] ?? [] where !words.contains(word) { words.append(word) }
        }
        return words.joined(separator: " ")
    }
}
