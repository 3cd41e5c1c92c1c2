/// Why the server could not be started, each with what can be done.
public enum NUTServerError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The system does not let the server listen there.
    case cannotListen(ListenAddress, reason: String)
    /// The server has been started or stopped before; each is done once.
    case alreadyStarted

    /// What went wrong and what to do about it.
    public var description: String {
        switch self {
        case .cannotListen(let address, let reason):
            "cannot listen on \(address): \(reason). Is another server, such as upsd, using the port, or does this "
                + "machine not have the address?"
        case .alreadyStarted: "the server has been started before; make a new one"
        }
    }
}
