public import PowerCore

/// What the owner of a session must do after a line, in the order given.
public enum SessionEffect: Hashable, Sendable {
    /// Count this connection as a host that depends on the device.
    case login(DeviceID)
    /// Stop counting it: the client has taken leave.
    case logout(DeviceID)
    /// Ask the daemon to take the order; the session has not answered the line.
    ///
    /// No further line may be handled before ``ReplyBuffer/appendTaken(_:trackingID:)`` or
    /// ``ReplyBuffer/appendRefused(_:_:)`` has answered it. `isTracked` says that the client wants an identifier
    /// to ask for the outcome with.
    case submit(ClientOrder, isTracked: Bool)
    /// Begin a TLS handshake as the server once all replies have gone out.
    ///
    /// What the client sent behind the line is dropped, and so is a line that it had begun: bytes that came in plain
    /// must never count as if they had come encrypted.
    case startTLS
    /// Close the connection once all replies have gone out; what the client sent behind the line is dropped.
    case close
}
