internal import NIOCore
internal import PowerCore

/// An open connection to a device on which questions and answers take turns.
struct OutletConversation<Answer: Sendable>: Sendable {
    private let place: OutletPlace
    private let channel: any Channel
    private let answers: AsyncThrowingStream<Answer, any Error>

    init(_ place: OutletPlace, _ channel: any Channel, _ answers: AsyncThrowingStream<Answer, any Error>) {
        self.place = place
        self.channel = channel
        self.answers = answers
    }

    /// Sends a question, and returns the next answer. What was given up is not asked any more.
    func ask(_ question: [UInt8]) async throws(DeviceFailure) -> Answer {
        do {
            try Task.checkCancellation()
            try await self.channel.writeAndFlush(ByteBuffer(bytes: question)).get()
        } catch {
            throw self.place.failure(after: error)
        }
        return try await self.next()
    }

    /// The next thing that the device says.
    func next() async throws(DeviceFailure) -> Answer {
        var answers = self.answers.makeAsyncIterator()
        let answer: Answer?
        do {
            answer = try await answers.next()
        } catch {
            throw self.place.failure(after: error)
        }
        guard let answer else {
            throw self.place.failure(.gone, "\(self.place.endpoint) has ended the connection without an answer")
        }
        return answer
    }
}

/// Hands what a device says to the one who waits for it.
final class OutletAnswerHandler<Answer: Sendable>: ChannelInboundHandler {
    typealias InboundIn = Answer

    private let answers: AsyncThrowingStream<Answer, any Error>.Continuation

    init(_ answers: AsyncThrowingStream<Answer, any Error>.Continuation) {
        self.answers = answers
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        self.answers.yield(self.unwrapInboundIn(data))
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        self.answers.finish(throwing: error)
        context.close(promise: nil)
    }

    func channelInactive(context: ChannelHandlerContext) {
        self.answers.finish()
    }
}
