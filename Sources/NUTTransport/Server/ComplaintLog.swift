internal import NIOCore
internal import Synchronization

/// How often it is said what strangers do: a stranger must not fill the log.
final class ComplaintLog: Sendable {
    private struct Silence {
        var until = NIODeadline.uptimeNanoseconds(0)
        var unsaid = 0
    }

    private let say: @Sendable (ClientComplaint, _ address: String, _ others: Int) -> Void
    private let silences = Mutex([Silence](repeating: Silence(), count: ClientComplaint.allCases.count))

    /// Tells `say`, with the number of complaints of the same kind since it was told the last one.
    init(_ say: @escaping @Sendable (ClientComplaint, _ address: String, _ others: Int) -> Void) {
        self.say = say
    }

    /// Says what a client at `address` did, or counts it where that was said a moment ago.
    func note(_ complaint: ClientComplaint, of address: String?) {
        let now = NIODeadline.now()
        let others = self.silences.withLock { silences -> Int? in
            let silence = silences[complaint.rawValue]
            guard now >= silence.until else {
                silences[complaint.rawValue].unsaid &+= 1
                return nil
            }
            silences[complaint.rawValue] = Silence(until: now + TimeAmount(ClientComplaint.interval))
            return silence.unsaid
        }
        if let others { self.say(complaint, address ?? "an unknown address", others) }
    }
}
