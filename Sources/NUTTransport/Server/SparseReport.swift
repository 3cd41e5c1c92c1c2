internal import NIOCore
internal import Synchronization

/// Keeps strangers from filling the log: one word in a time, with the number of those that were not said.
final class SparseReport: Sendable {
    /// At most one word in this time.
    static let interval = TimeAmount.seconds(10)

    private let silence = Mutex((until: NIODeadline.uptimeNanoseconds(0), unsaid: 0))

    /// How many were not said since the last word, where it is time for another; nil where it is not.
    func mayReport() -> Int? {
        let now = NIODeadline.now()
        return self.silence.withLock { silence in
            guard now >= silence.until else {
                silence.unsaid &+= 1
                return nil
            }
            defer { silence = (now + Self.interval, 0) }
            return silence.unsaid
        }
    }
}
