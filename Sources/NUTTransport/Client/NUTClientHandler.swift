internal import NIOCore
internal import NIOSSL
internal import NIOTLS
internal import NUTProtocol

/// A request on its way to the server, and who waits for the answer.
struct NUTClientCall: Sendable {
    var request: ClientRequest
    var answer: EventLoopPromise<ClientAnswer>
    /// For `STARTTLS`, which is answered when the handshake is done.
    var encryption: ClientEncryption?
}

/// Sends requests and hands each answer to the request it belongs to: the server answers in order.
final class NUTClientHandler: ChannelDuplexHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundIn = NUTClientCall
    typealias OutboundOut = ByteBuffer

    private let limits: NUTClientLimits
    private let farewell: NUTClientFarewell
    private var parser = ClientReplyParser()
    private var waiting: [Waiting] = []
    /// The request for encryption that the server has said yes to, while the handshake lasts.
    private var securing: (answer: ClientAnswer, waiting: Waiting)?

    private struct Waiting {
        var call: NUTClientCall
        var timeout: Scheduled<Void>
    }

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
        self.waiting.append(Waiting(call: call, timeout: timeout))
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
                let waiting = self.waiting.removeFirst()
                if case .line(.ok) = answer, waiting.call.encryption != nil {
                    let isLast = index == bytes.count && self.waiting.isEmpty
                    return self.beginTLS(answer, waiting, isLast: isLast, context: context)
                }
                waiting.timeout.cancel()
                waiting.call.answer.succeed(answer)
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
        if self.securing != nil { self.farewell.reason = .notEncrypted(FailureReason(error).text) }
        self.fail(with: self.farewell.reason, context: context)
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case .some(.handshakeCompleted) = event as? TLSUserEvent, let securing = self.securing {
            self.securing = nil
            securing.waiting.timeout.cancel()
            securing.waiting.call.answer.succeed(securing.answer)
        }
        context.fireUserInboundEventTriggered(event)
    }

    /// Puts TLS between the network and this handler.
    ///
    /// Words that came in plain behind the server's yes would be heard as if they had come encrypted, so they end it.
    private func beginTLS(_ answer: ClientAnswer, _ waiting: Waiting, isLast: Bool, context: ChannelHandlerContext) {
        self.securing = (answer, waiting)
        do throws(NUTClientError) {
            guard isLast else { throw .notEncrypted("it went on in plain behind its answer") }
            guard let encryption = waiting.call.encryption else { return }
            let handler = try encryption.makeHandler()
            do { try context.pipeline.syncOperations.addHandler(handler, position: .first) } catch { throw .closed }
        } catch {
            self.farewell.reason = error
            self.fail(with: error, context: context)
        }
    }

    /// A line that nobody asked for: the server says why it closes, or it is no NUT server.
    private func handleUnasked(_ answer: ClientAnswer, context: ChannelHandlerContext) {
        if case .line(.error(let word, let sentence, _)) = answer {
            self.farewell.reason = .refused(word, sentence: sentence)
        }
        context.close(promise: nil)
    }

    private func fail(with error: NUTClientError, context: ChannelHandlerContext) {
        self.failAll(with: error)
        context.close(promise: nil)
    }

    private func failAll(with error: NUTClientError) {
        let all = self.waiting + (self.securing.map { [$0.waiting] } ?? [])
        self.waiting = []
        self.securing = nil
        for waiting in all {
            waiting.timeout.cancel()
            waiting.call.answer.fail(error)
        }
    }
}
