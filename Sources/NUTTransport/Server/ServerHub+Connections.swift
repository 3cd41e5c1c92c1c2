internal import NIOCore

extension ServerHub {
    /// Gives a new connection its handler; `requiresTLS` says what holds where it came.
    func prepare(_ channel: any Channel, requiresTLS: Bool) -> EventLoopFuture<Void> {
        channel.eventLoop.makeCompletedFuture {
            guard self.access.admits(channel.remoteAddress?.ipAddress) else { throw NotAllowed() }
            switch self.admit() {
            case .served:
                let handler = ConnectionHandler(hub: self, requiresTLS: requiresTLS || self.requiresTLS)
                try channel.pipeline.syncOperations.addHandler(handler)
            case .refused: try channel.pipeline.syncOperations.addHandler(RefusalHandler(hub: self))
            case .dropped: throw TooManyConnections()
            }
        }
    }
}

/// Makes the event loop close a connection that comes from where none is taken.
private struct NotAllowed: Error {}

/// Makes the event loop close a connection that has not begun.
private struct TooManyConnections: Error {}
