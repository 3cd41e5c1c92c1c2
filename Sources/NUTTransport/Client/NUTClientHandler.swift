internal import NIOCore
internal import NUTProtocol

/// A request on its way to the server, and who waits for the answer.
struct NUTClientCall: Sendable {
    var request: ClientRequest
    var answer: EventLoopPromise<ClientAnswer>
}

/// Sends requests and hands each answer to the request it belongs to: the server answers in order.
final class NUTClientHandler: ChannelDuplexHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundIn = NUTClientCall
    typealias OutboundOut = ByteBuffer

    private let limits: NUTClientLimits
    private let farewell: NUTClientFarewell
    private var parser = ClientReplyParser()
    private var waiting: [(promise: EventLoopPromise<ClientAnswer>, timeout: Scheduled<Void>)] = []

    init(limits: NUTClientLimits, farewell: NUTClientFarewell) {
        self.limits = limits
        self.farewell = farewell
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        let call = self.unwrapOutboundIn(data)
        guard self.waiting.count < self.limits.requestsInFlight else {
            call.answer.fail(NUTClientError.tooManyRequests)
            promise?.succeed(())
            return
        }
        let timeout = context.eventLoop.assumeIsolated().scheduleTask(in: TimeAmount(self.limits.answer)) {
            self.fail(with: .timedOut, context: context)
        }
        self.waiting.append((call.answer, timeout))
        context.write(self.wrapOutboundOut(ByteBuffer(bytes: call.request.bytes)), promise: promise)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let buffer = self.unwrapInboundIn(data)
        let bytes = [UInt8](buffer: buffer)
        var index = 0
        do throws(ClientReplyFault) {
            while index < bytes.count {
                let (next, answer) = try self.parser.consume(bytes.span, from: index)
                index = next
                guard let answer else { return }
                guard !self.waiting.isEmpty else { return self.handleUnasked(answer, context: context) }
                let call = self.waiting.removeFirst()
                call.timeout.cancel()
                call.promise.succeed(answer)
            }
        } catch {
            self.fail(with: .unreadable(error), context: context)
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        self.failAll(with: self.farewell.reason)
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        self.fail(with: self.farewell.reason, context: context)
    }

    /// A line that nobody asked for: the server says why it closes, or it is no NUT server.
    private func handleUnasked(_ answer: ClientAnswer, context: ChannelHandlerContext) {
        if case .line(.error(let word, let sentence)) = answer {
            self.farewell.reason = .refused(word, sentence: sentence)
        }
        context.close(promise: nil)
    }

    private func fail(with error: NUTClientError, context: ChannelHandlerContext) {
        self.failAll(with: error)
        context.close(promise: nil)
    }

    private func failAll(with error: NUTClientError) {
        let waiting = self.waiting
        self.waiting = []
        for call in waiting {
            call.timeout.cancel()
            call.promise.fail(error)
        }
    }
}
