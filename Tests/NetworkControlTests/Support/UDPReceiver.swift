import NIOCore
import NIOPosix

/// A socket that keeps what it receives.
struct UDPReceiver {
    let channel: any Channel
    let packets: AsyncStream<[UInt8]>

    /// Listens at `host`, on a port that the system chooses.
    init(on host: String) async throws {
        let (packets, continuation) = AsyncStream.makeStream(of: [UInt8].self)
        self.packets = packets
        self.channel = try await DatagramBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(Collector(continuation))
                }
            }
            .bind(host: host, port: 0).get()
    }

    var port: Int { self.channel.localAddress?.port ?? 0 }

    private final class Collector: ChannelInboundHandler {
        typealias InboundIn = AddressedEnvelope<ByteBuffer>

        private let packets: AsyncStream<[UInt8]>.Continuation

        init(_ packets: AsyncStream<[UInt8]>.Continuation) {
            self.packets = packets
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            self.packets.yield(Array(self.unwrapInboundIn(data).data.readableBytesView))
        }

        func channelInactive(context: ChannelHandlerContext) {
            self.packets.finish()
        }
    }
}
