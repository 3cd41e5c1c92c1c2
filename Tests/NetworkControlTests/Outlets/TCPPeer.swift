import NIOCore
import NIOPosix

/// A device of the network, as far as its bytes go: it cuts messages out of what comes in, and answers each.
final class TCPPeer: Sendable {
    /// What comes of a message.
    enum Reply: Sendable {
        case bytes([UInt8])
        /// Says this, and hangs up.
        case last([UInt8])
        case silence
    }

    /// How a kind of device speaks.
    struct Manner: Sendable {
        /// What it says to everybody who connects.
        var greeting: [UInt8] = []
        /// Takes a whole message off the front of what has come in, nil where there is none yet.
        var cut: @Sendable (inout [UInt8]) -> [UInt8]?
        var answer: @Sendable ([UInt8]) -> Reply
    }

    let port: Int
    private let channel: any Channel

    /// Listens at a port of the loopback that the system chooses.
    init(_ manner: Manner) async throws {
        self.channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(Handler(manner))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        self.port = self.channel.localAddress?.port ?? 0
    }

    /// Listens no more; connections that stand go on.
    func close() async throws {
        try await self.channel.close().get()
    }

    private final class Handler: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        typealias OutboundOut = ByteBuffer

        private let manner: Manner
        private var received: [UInt8] = []

        init(_ manner: Manner) {
            self.manner = manner
        }

        func channelActive(context: ChannelHandlerContext) {
            guard !self.manner.greeting.isEmpty else { return }
            self.send(self.manner.greeting, context)
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            self.received += Array(self.unwrapInboundIn(data).readableBytesView)
            while let message = self.manner.cut(&self.received) {
                switch self.manner.answer(message) {
                case .bytes(let bytes): self.send(bytes, context)
                case .last(let bytes):
                    self.send(bytes, context)
                    context.close(promise: nil)
                case .silence: break
                }
            }
        }

        private func send(_ bytes: [UInt8], _ context: ChannelHandlerContext) {
            context.writeAndFlush(self.wrapOutboundOut(ByteBuffer(bytes: bytes)), promise: nil)
        }
    }
}
