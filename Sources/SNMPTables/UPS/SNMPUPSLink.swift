import PowerCore

/// Follows a UPS that is asked by SNMP.
final class SNMPUPSLink: SourcedLink {
    /// Updates that wait to be read: each holds everything, so that old ones may be dropped.
    private static let unreadUpdates = 8

    let updates: AsyncStream<SourcedUpdate>
    private let task: Task<Void, Never>
    private let reader: UPSReader

    init(
        _ reader: UPSReader, _ constants: [OID: SNMPValue], first: SourcedState, poll: Duration,
        timekeeper: any Timekeeper
    ) {
        let (updates, letters) = AsyncStream.makeStream(
            of: SourcedUpdate.self, bufferingPolicy: .bufferingNewest(Self.unreadUpdates))
        letters.yield(.heard(first, at: timekeeper.now))
        self.updates = updates
        self.reader = reader
        self.task = Task {
            await Self.follow(reader, constants, poll: poll, timekeeper: timekeeper, letters)
            letters.finish()
        }
    }

    /// Reads again and again until it fails, which is for whoever opened the link to mend, or until it is closed.
    private static func follow(
        _ reader: UPSReader, _ constants: [OID: SNMPValue], poll: Duration, timekeeper: any Timekeeper,
        _ letters: AsyncStream<SourcedUpdate>.Continuation
    ) async {
        while (try? await timekeeper.sleep(until: timekeeper.now + poll)) != nil {
            do throws(DeviceFailure) {
                letters.yield(.heard(try await reader.read(constants), at: timekeeper.now))
            } catch {
                letters.yield(.lost(error))
                return
            }
        }
    }

    func set(_ variable: String, to value: String) async throws(DeviceFailure) {
        throw DeviceFailure(
            .notSupported, device: self.reader.query.id.name, detail: "\(variable) cannot be set by SNMP")
    }

    func run(_ command: String, parameter: String?) async throws(DeviceFailure) {
        throw DeviceFailure(
            .notSupported, device: self.reader.query.id.name, detail: "it takes no command \(command) by SNMP")
    }

    func close() async {
        self.task.cancel()
        await self.task.value
    }
}
