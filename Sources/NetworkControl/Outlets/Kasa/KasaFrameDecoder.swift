internal import NIOCore

/// Cuts messages out of what a Kasa device sends over TCP: their length in four bytes, the highest first, and then they.
struct KasaFrameDecoder: ByteToMessageDecoder {
    typealias InboundOut = [UInt8]

    /// A length that no honest device announces is refused before a byte of it is waited for.
    mutating func decode(context: ChannelHandlerContext, buffer: inout ByteBuffer) throws -> DecodingState {
        guard let length = buffer.getInteger(at: buffer.readerIndex, as: UInt32.self) else { return .needMoreData }
        guard length < OutletLimits.answerBytes else {
            throw UnusableAnswer("it announces an answer of \(length) bytes, which is no answer of a Kasa device")
        }
        guard buffer.readableBytes >= 4 + Int(length) else { return .needMoreData }
        buffer.moveReaderIndex(forwardBy: 4)
        let sent = buffer.readSlice(length: Int(length))?.readableBytesView
        context.fireChannelRead(self.wrapInboundOut(KasaCipher.unscrambled(sent ?? ByteBufferView())))
        return .continue
    }

    mutating func decodeLast(
        context: ChannelHandlerContext, buffer: inout ByteBuffer, seenEOF: Bool
    ) throws -> DecodingState {
        while try self.decode(context: context, buffer: &buffer) == .continue {}
        guard buffer.readableBytes == 0 else { throw UnusableAnswer("the connection ended in the midst of an answer") }
        return .needMoreData
    }

    /// A message with its length in front.
    static func frame(_ message: String) -> [UInt8] {
        let sent = KasaCipher.scrambled(Array(message.utf8))
        var buffer = ByteBuffer()
        buffer.writeInteger(UInt32(truncatingIfNeeded: sent.count))
        buffer.writeBytes(sent)
        return Array(buffer.readableBytesView)
    }
}
