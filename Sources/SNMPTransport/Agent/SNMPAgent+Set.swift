public import SNMPTables

extension SNMPAgent {
    /// What an agent answers that has nothing to write there (RFC 3416, 3).
    private static let notWritable = 17

    /// Sets objects in one request, with the community for orders; sent once more only where `isRepeatable`.
    public func set(_ objects: [(name: OID, value: SNMPValue)], isRepeatable: Bool) async throws(SNMPFailure) {
        for object in objects where !object.value.canBeSet {
            throw SNMPFailure(.malformed, "\(object.name) cannot be set to \(object.value)")
        }
        guard !objects.isEmpty else { return }
        let response = try await self.send(SNMPRequest(setting: objects, isRepeatable: isRepeatable))
        guard response.status == 0 else { throw Self.refusal(response, of: objects.map(\.name)) }
        // No agent should; those that do have not written anything.
        if let missing = response.objects.first(where: { $0.value == .missing }) {
            throw .refused(status: Self.notWritable, missing.name)
        }
    }
}
