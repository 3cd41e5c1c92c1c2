/// What may be wrong with an emulated PDU as a whole; a single outlet may be stuck besides.
public enum PDUFault: Hashable, Sendable, CustomStringConvertible {
    /// It does not answer at all.
    case unreachable
    /// It answers every question with a refusal.
    case refuses
    /// It answers, and moves its relays, so much later.
    case slow(Duration)

    /// The fault in a few words.
    public var description: String {
        switch self {
        case .unreachable: "unreachable"
        case .refuses: "refuses"
        case .slow(let delay): "slow by \(delay)"
        }
    }
}
