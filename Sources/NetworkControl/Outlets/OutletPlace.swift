internal import Glibc
internal import NIOCore
internal import NIOPosix
internal import PowerCore

/// Where a device with outlets listens, and how it is spoken to: one connection per call, and no longer than that may take.
struct OutletPlace: Sendable {
    /// What is said on a connection, and what comes of it.
    typealias Speech<Message: Sendable, Answer> =
        @Sendable (OutletConversation<Message>) async throws(DeviceFailure) -> Answer

    /// The device's NUT name.
    let pdu: DeviceID
    let endpoint: Configuration.Endpoint
    let limits: OutletLimits
    /// What a person can do where nothing takes a connection.
    let whenRefused: String
    private let names: NameResolver
    private let group: any EventLoopGroup

    init(
        _ pdu: DeviceID, at endpoint: Configuration.Endpoint, limits: OutletLimits, whenRefused: String,
        group: (any EventLoopGroup)?
    ) {
        self.pdu = pdu
        self.endpoint = endpoint
        self.limits = limits
        self.whenRefused = whenRefused
        self.names = NameResolver(limit: limits.lookUp)
        self.group = group ?? MultiThreadedEventLoopGroup.singleton
    }

    /// Connects, has `body` speak, and hangs up.
    ///
    /// Past the limit the call has failed; what was sent by then may still be carried out, and nothing more is sent.
    func converse<Decoder: ByteToMessageDecoder & SendableMetatype, Answer: Sendable>(
        _ decoder: @escaping @Sendable () -> Decoder, _ body: @escaping Speech<Decoder.InboundOut, Answer>
    ) async throws(DeviceFailure) -> Answer where Decoder.InboundOut: Sendable {
        let late = self.failure(.timedOut, "no answer from \(self.endpoint) within \(self.limits.call.inWords)")
        return try await decided(within: self.limits.call, otherwise: .failure(late)) {
            () -> Result<Answer, DeviceFailure> in
            do throws(DeviceFailure) {
                return .success(try await self.speak(decoder, body))
            } catch {
                return .failure(error)
            }
        }.get()
    }

    /// A failure of this device.
    func failure(_ kind: DeviceFailure.Kind, _ detail: String, remedy: String = "") -> DeviceFailure {
        DeviceFailure(kind, device: self.pdu.name, detail: detail, remedy: remedy)
    }

    private func speak<Decoder: ByteToMessageDecoder & SendableMetatype, Answer: Sendable>(
        _ decoder: @escaping @Sendable () -> Decoder, _ body: Speech<Decoder.InboundOut, Answer>
    ) async throws(DeviceFailure) -> Answer where Decoder.InboundOut: Sendable {
        // Nobody is asked two things at once: what comes beyond a few answers was not asked for.
        let (answers, letters) = AsyncThrowingStream.makeStream(
            of: Decoder.InboundOut.self, bufferingPolicy: .bufferingOldest(OutletLimits.unreadAnswers))
        let channel = try await self.connect { channel in
            channel.eventLoop.makeCompletedFuture {
                let handler = ByteToMessageHandler(decoder(), maximumBufferSize: OutletLimits.answerBytes)
                try channel.pipeline.syncOperations.addHandlers(handler, OutletAnswerHandler(letters))
            }
        }
        defer { channel.close(promise: nil) }
        return try await body(OutletConversation(self, channel, answers))
    }

    /// The first of the name's addresses that takes a connection; the last one's failure where none does.
    private func connect(
        _ prepare: @escaping @Sendable (any Channel) -> EventLoopFuture<Void>
    ) async throws(DeviceFailure) -> any Channel {
        let addresses: [SocketAddress]
        do {
            addresses = try await self.names.addresses(of: self.endpoint)
        } catch {
            throw self.failure(.gone, error.reason)
        }
        let bootstrap = ClientBootstrap(group: self.group).connectTimeout(TimeAmount(self.limits.connect))
            .channelInitializer(prepare)
        var last = self.failure(.gone, "\(self.endpoint.host) has no address")
        for address in addresses {
            do {
                return try await bootstrap.connect(to: address).get()
            } catch {
                last = self.failure(after: error)
            }
        }
        throw last
    }

    /// What an error on the way to the device or in the midst of a conversation means.
    func failure(after error: any Error) -> DeviceFailure {
        switch error {
        case let failure as DeviceFailure: failure
        case let fault as UnusableAnswer: self.failure(.stalled, fault.reason)
        case is ByteToMessageDecoderError.PayloadTooLargeError:
            self.failure(.stalled, "an answer has more than \(OutletLimits.answerBytes) bytes")
        case ChannelError.connectTimeout:
            self.failure(.timedOut, "nothing at \(self.endpoint) has taken a connection in time")
        case let error as IOError where error.errnoCode == ECONNREFUSED:
            self.failure(.gone, "nothing listens at \(self.endpoint)", remedy: self.whenRefused)
        default: self.failure(.gone, "\(self.endpoint): \(FailureReason(error).text)")
        }
    }
}
