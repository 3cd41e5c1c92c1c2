/// How an order that was taken stands.
public enum OrderResult: Hashable, Sendable {
    /// The server has taken the order; nobody waited for its outcome, or the server cannot tell it.
    case taken
    /// The server says that it has been carried out.
    case done
}
