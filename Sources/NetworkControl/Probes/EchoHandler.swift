internal import Glibc
internal import NIOCore
internal import PowerCore

/// Sends echo requests, spread over the time there is, and waits for one reply.
final class EchoHandler: ChannelInboundHandler {
    typealias InboundIn = AddressedEnvelope<ByteBuffer>
    typealias OutboundOut = AddressedEnvelope<ByteBuffer>

    private let address: SocketAddress
    private let family: EchoMessage.Family
    private let limit: TimeAmount
    private let answer: EventLoopPromise<HostSighting>
    private var isDecided = false
    private var sent: UInt8 = 0
    /// Why a request did not leave this machine.
    private var obstacle: String?

    init(
        to address: SocketAddress, family: EchoMessage.Family, limit: TimeAmount, answer: EventLoopPromise<HostSighting>
    ) {
        self.address = address
        self.family = family
        self.limit = limit
        self.answer = answer
    }

    func channelActive(context: ChannelHandlerContext) {
        self.ask(context)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let bytes = self.unwrapInboundIn(data).data.readableBytesView
        if EchoMessage.isReply(bytes, self.family) { self.decide(.answers) }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        self.note(error)
    }

    func channelInactive(context: ChannelHandlerContext) {
        self.decide(self.withoutReply)
    }

    private var withoutReply: HostSighting {
        self.obstacle.map { .unclear("\(self.address.place): \($0)") } ?? .silent
    }

    /// Asks once more, or has waited long enough.
    private func ask(_ context: ChannelHandlerContext) {
        guard !self.isDecided else { return }
        guard self.sent < NetworkLimits.echoRequests else { return self.decide(self.withoutReply) }
        self.sent += 1
        let request = ByteBuffer(bytes: EchoMessage.request(self.family, sequence: self.sent))
        let envelope = AddressedEnvelope(remoteAddress: self.address, data: request)
        context.writeAndFlush(self.wrapOutboundOut(envelope)).assumeIsolated().whenFailure { self.note($0) }
        let pause = TimeAmount.nanoseconds(self.limit.nanoseconds / Int64(NetworkLimits.echoRequests))
        context.eventLoop.assumeIsolated().scheduleTask(in: pause) { self.ask(context) }
    }

    private func note(_ error: any Error) {
        // Of a neighbour that does not answer the kernel says so; that is silence.
        if let code = (error as? IOError)?.errnoCode, [EHOSTUNREACH, EHOSTDOWN].contains(code) { return }
        self.obstacle = FailureReason(error).text
    }

    private func decide(_ sighting: HostSighting) {
        guard !self.isDecided else { return }
        self.isDecided = true
        self.answer.succeed(sighting)
    }
}
