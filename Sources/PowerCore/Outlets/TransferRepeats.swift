/// Sends a transfer again that a device refuses now and then for no reason, a few times and at once.
///
/// Only for what may be done twice: a report that is asked for, or one that puts a relay where it is already. A device that
/// does not answer is not asked again: each silence costs a second.
struct TransferRepeats: Sendable {
    /// The pauses before the second, third, ... attempt. Cheap strips need it: SiS-PM's firmware fails some control
    /// transfers, and answers the next.
    static let pauses: [Duration] = [.zero, .microseconds(500), .milliseconds(1), .microseconds(1500)]

    /// Times the pauses.
    var timekeeper: any Timekeeper

    /// Does `transfer` until it succeeds; throws its last failure.
    func callAsFunction<Answer: Sendable>(
        _ transfer: @Sendable () async throws(DeviceFailure) -> Answer
    ) async throws(DeviceFailure) -> Answer {
        for pause in Self.pauses {
            do throws(DeviceFailure) {
                return try await transfer()
            } catch {
                guard error.kind == .stalled else { throw error }
                if pause > .zero { try? await self.timekeeper.sleep(until: self.timekeeper.now + pause) }
            }
        }
        return try await transfer()
    }
}
