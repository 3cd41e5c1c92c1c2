internal import NIOCore

/// Cuts replies out of what a `powermand` sends: lines with a number in front, and at the end its prompt.
struct PowermanReplyDecoder: ByteToMessageDecoder {
    typealias InboundOut = PowermanReply

    private static let prompt = Array("powerman> ".utf8)
    /// Lines are CR LF; the prompt begins one of its own, so that no text of a line is taken for it.
    private static let lineEnd = UInt8(ascii: "\n")

    mutating func decode(context: ChannelHandlerContext, buffer: inout ByteBuffer) throws -> DecodingState {
        let view = buffer.readableBytesView
        guard view.count >= Self.prompt.count, view.suffix(Self.prompt.count).elementsEqual(Self.prompt),
            view.count == Self.prompt.count || view.dropLast(Self.prompt.count).last == Self.lineEnd
        else {
            guard view.count < OutletLimits.answerBytes else {
                throw UnusableAnswer("an answer has more than \(OutletLimits.answerBytes) bytes")
            }
            return .needMoreData
        }
        let reply = PowermanReply(Array(view.dropLast(Self.prompt.count)))
        buffer.moveReaderIndex(to: buffer.writerIndex)
        context.fireChannelRead(self.wrapInboundOut(reply))
        return .needMoreData
    }

    mutating func decodeLast(
        context: ChannelHandlerContext, buffer: inout ByteBuffer, seenEOF: Bool
    ) throws -> DecodingState {
        try self.decode(context: context, buffer: &buffer)
    }
}
