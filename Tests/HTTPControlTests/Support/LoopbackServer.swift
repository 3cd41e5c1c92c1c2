import Foundation
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL
import Synchronization

/// A small HTTP server on the loopback that answers as a closure says, and misbehaves where it is told to.
final class LoopbackServer: Sendable {
    struct Request: Sendable {
        var method: String
        /// What follows the host in the first line.
        var target: String
        /// By their names in small letters.
        var headers: [String: String]
        var body: String

        var path: String { self.target.split(separator: "?", maxSplits: 1).first.map(String.init) ?? "" }

        /// The fields of the query, decoded.
        var query: [String: String] {
            let items = URLComponents(string: self.target)?.queryItems ?? []
            return Dictionary(items.map { ($0.name, $0.value ?? "") }, uniquingKeysWith: { first, _ in first })
        }

        /// The body's object, by Foundation's reader and not by the one that is tested.
        var json: [String: Any] {
            (try? JSONSerialization.jsonObject(with: Data(self.body.utf8))) as? [String: Any] ?? [:]
        }
    }

    enum Reply: Sendable {
        case answer(Int, [(String, String)] = [], String = "")
        /// Nothing at all, with the connection kept.
        case silence
        /// The connection ends without an answer.
        case hangUp
        /// A head that promises more than the text, and then nothing.
        case begun(String)
        /// The same, and then the connection ends.
        case cut(String)
        /// Bytes as they are, which need not be HTTP.
        case raw(String)

        static func json(_ value: Any, status: Int = 200, headers: [(String, String)] = []) -> Reply {
            let data = try? JSONSerialization.data(withJSONObject: value, options: [.fragmentsAllowed])
            return .answer(status, headers, data.map { String(decoding: $0, as: UTF8.self) } ?? "")
        }
    }

    let port: Int
    private let channel: any Channel
    private let seen: Requests

    /// What has been asked, in order.
    final class Requests: Sendable {
        private let all = Mutex<[Request]>([])
        private let channels = Mutex<[any Channel]>([])
        func add(_ request: Request) { self.all.withLock { $0.append(request) } }
        func add(_ channel: any Channel) { self.channels.withLock { $0.append(channel) } }
        var list: [Request] { self.all.withLock { $0 } }
        func closeAll() { for channel in self.channels.withLock({ $0 }) { channel.close(promise: nil) } }
    }

    init(tls: NIOSSLContext? = nil, answer: @escaping @Sendable (Request) -> Reply) async throws {
        let seen = Requests()
        self.seen = seen
        self.channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    seen.add(channel)
                    if let tls { try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: tls)) }
                    try channel.pipeline.syncOperations.configureHTTPServerPipeline(withErrorHandling: false)
                    try channel.pipeline.syncOperations.addHandler(Handler(seen: seen, answer: answer))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        self.port = self.channel.localAddress?.port ?? 0
    }

    var requests: [Request] { self.seen.list }

    /// Ends the server and all its connections.
    func stop() async {
        try? await self.channel.close()
        self.seen.closeAll()
    }
}

private final class Handler: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    private let seen: LoopbackServer.Requests
    private let answer: @Sendable (LoopbackServer.Request) -> LoopbackServer.Reply
    private var request: LoopbackServer.Request?

    init(
        seen: LoopbackServer.Requests, answer: @escaping @Sendable (LoopbackServer.Request) -> LoopbackServer.Reply
    ) {
        self.seen = seen
        self.answer = answer
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch self.unwrapInboundIn(data) {
        case .head(let head):
            let headers = Dictionary(
                head.headers.map { ($0.name.lowercased(), $0.value) }, uniquingKeysWith: { first, _ in first })
            self.request = .init(method: head.method.rawValue, target: head.uri, headers: headers, body: "")
        case .body(let buffer): self.request?.body += String(buffer: buffer)
        case .end:
            guard let request = self.request else { return }
            self.seen.add(request)
            self.write(self.answer(request), context)
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }

    private func write(_ reply: LoopbackServer.Reply, _ context: ChannelHandlerContext) {
        switch reply {
        case .silence: break
        case .hangUp: context.close(promise: nil)
        case .raw(let text):
            _ = context.pipeline.context(handlerType: HTTPResponseEncoder.self).map { encoder in
                encoder.writeAndFlush(NIOAny(ByteBuffer(string: text)), promise: nil)
            }
        case .answer(let status, let headers, let body):
            self.write(status, headers, body, length: body.utf8.count, context)
            context.writeAndFlush(self.wrapOutboundOut(.end(nil)), promise: nil)
        case .begun(let body):
            self.write(200, [], body, length: body.utf8.count + 1000, context)
            context.flush()
        case .cut(let body):
            self.write(200, [], body, length: body.utf8.count + 1000, context)
            context.flush()
            context.close(promise: nil)
        }
    }

    private func write(
        _ status: Int, _ headers: [(String, String)], _ body: String, length: Int, _ context: ChannelHandlerContext
    ) {
        var head = HTTPResponseHead(version: .http1_1, status: HTTPResponseStatus(statusCode: status))
        head.headers = HTTPHeaders(headers)
        if status != 204 { head.headers.replaceOrAdd(name: "Content-Length", value: "\(length)") }
        context.write(self.wrapOutboundOut(.head(head)), promise: nil)
        if status != 204 {
            context.write(self.wrapOutboundOut(.body(.byteBuffer(ByteBuffer(string: body)))), promise: nil)
        }
    }
}
