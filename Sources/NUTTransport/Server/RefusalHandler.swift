internal import NIOCore
internal import NUTProtocol

/// Tells a connection that there is no room for it, and closes it.
///
/// Closing with bytes of the client unread would reset the connection and could take the answer with it. So one that was
/// refused gets the time to read it; one that is dropped does not.
final class RefusalHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let hub: ServerHub
    private let admission: Places.Admission
    private let origin: Places.Origin?
    private var end: Scheduled<Void>?

    init(hub: ServerHub, admission: Places.Admission, origin: Places.Origin?) {
        self.hub = hub
        self.admission = admission
        self.origin = origin
    }

    func channelActive(context: ChannelHandlerContext) {
        var replies = ReplyBuffer()
        replies.appendError(.tooManyConnections, "the server has no room for another connection, try later")
        // One line always finds room in a new connection, so nothing is lost by closing behind it.
        context.writeAndFlush(self.wrapOutboundOut(ByteBuffer(bytes: replies.bytes)), promise: nil)
        guard self.admission == .refused else { return context.close(promise: nil) }
        context.close(mode: .output, promise: nil)
        self.end = context.eventLoop.assumeIsolated().scheduleTask(in: TimeAmount(self.hub.limits.farewell)) {
            context.close(promise: nil)
        }
    }

    /// What it sends is not looked at.
    func channelRead(context: ChannelHandlerContext, data: NIOAny) {}

    /// Called whatever way the connection ends, unlike `channelInactive`.
    func handlerRemoved(context: ChannelHandlerContext) {
        self.end?.cancel()
        self.hub.leave(self.admission, of: self.origin)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }
}
