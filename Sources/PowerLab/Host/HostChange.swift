/// What an emulated host does that others can see.
public enum HostChange: Hashable, Sendable {
    /// It is in another state.
    case became(HostState)
    /// Its built-in client has logged in to its virtual UPS.
    case loggedIn
    /// Its built-in client has logged out.
    case loggedOut
    /// Its power ended while it was in this state: what was not written is lost.
    case crashed(while: HostState)
}
