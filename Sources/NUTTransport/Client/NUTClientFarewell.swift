internal import Synchronization

/// The last words of a server that closed without being asked, for requests that come too late.
final class NUTClientFarewell: Sendable {
    private let error = Mutex<NUTClientError>(.closed)

    /// What requests fail with from now on.
    var reason: NUTClientError {
        get { self.error.withLock { $0 } }
        set { self.error.withLock { $0 = newValue } }
    }
}
