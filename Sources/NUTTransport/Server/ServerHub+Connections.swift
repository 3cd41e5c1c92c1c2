internal import NIOCore

extension ServerHub {
    /// Gives a new connection its handler; `requiresTLS` says what holds where it came.
    func prepare(_ channel: any Channel, requiresTLS: Bool) -> EventLoopFuture<Void> {
        channel.eventLoop.makeCompletedFuture {
            let address = channel.remoteAddress?.ipAddress
            guard self.access.admits(address) else {
                self.complaints.note(.notAllowed, of: address)
                throw NotAllowed()
            }
            let origin = Places.Origin(address)
            let handler: any ChannelHandler =
                switch self.enter(origin, from: address) {
                case .served:
                    ConnectionHandler(hub: self, origin: origin, requiresTLS: requiresTLS || self.requiresTLS)
                case let refusal: RefusalHandler(hub: self, admission: refusal, origin: origin)
                }
            try channel.pipeline.syncOperations.addHandler(handler)
        }
    }
}

/// Makes the event loop close a connection that comes from where none is taken.
private struct NotAllowed: Error {}
