internal import Glibc

/// Counts the replies in a stream of bytes, however the network cuts it.
struct ReplyScanner {
    private var isAtLineStart = true
    /// What the line began with: `E` is the end of a list, or an error.
    private var firstByte: UInt8 = 0
    private var linesOfReply = 0
    /// Replies that were errors.
    private(set) var errors = 0

    /// Takes bytes and returns how many replies are complete; `isList` says it of the first, second, ... of them.
    mutating func take(_ bytes: UnsafeRawBufferPointer, isList: (Int) -> Bool) -> Int {
        var complete = 0
        var offset = 0
        while offset < bytes.count, let base = bytes.baseAddress {
            if self.isAtLineStart { self.firstByte = bytes[offset] }
            guard let end = memchr(base + offset, 0x0A, bytes.count - offset) else {
                self.isAtLineStart = false
                break
            }
            offset = UnsafeRawPointer(end) - base + 1
            self.isAtLineStart = true
            self.linesOfReply += 1
            let isMarked = self.firstByte == UInt8(ascii: "E")
            if isMarked || !isList(complete) {
                if isMarked, self.linesOfReply == 1 { self.errors += 1 }
                self.linesOfReply = 0
                complete += 1
            }
        }
        return complete
    }
}
