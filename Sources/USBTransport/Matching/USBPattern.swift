internal import Glibc

/// A POSIX extended regular expression that ignores case and must match the whole of a text, as NUT's users write them.
///
/// `@unchecked Sendable`: the compiled expression is only read after `init`, and POSIX lets several threads match with
/// one at the same time.
final class USBPattern: @unchecked Sendable {
    /// Why a text is no expression, in the C library's words.
    struct Invalid: Error {
        var message: String
    }

    /// The expression as it was written.
    let text: String
    /// Longest expression taken, so that no line of a configuration can make the compiler of expressions work for long.
    static let maximumLength = 256

    private let compiled: UnsafeMutablePointer<regex_t>

    /// Compiles an expression.
    ///
    /// - Throws: what the C library says is wrong with it.
    init(_ text: String) throws(Invalid) {
        guard text.utf8.count <= Self.maximumLength, !text.utf8.contains(0) else {
            throw Invalid(message: "longer than \(Self.maximumLength) bytes, or with a NUL")
        }
        let compiled = UnsafeMutablePointer<regex_t>.allocate(capacity: 1)
        compiled.initialize(to: regex_t())
        let code = regcomp(compiled, text, REG_EXTENDED | REG_ICASE)
        guard code == 0 else {
            let message = Self.message(for: code, compiled)
            compiled.deallocate()
            throw Invalid(message: message)
        }
        self.text = text
        self.compiled = compiled
    }

    deinit {
        regfree(self.compiled)
        self.compiled.deallocate()
    }

    /// Whether the expression matches `subject` from its first to its last byte, padding left out.
    func matches(_ subject: String) -> Bool {
        let subject = subject.trimmed
        // The leftmost, longest match is the one POSIX promises: the whole text, if that is possible at all.
        var range = regmatch_t()
        guard regexec(self.compiled, subject, 1, &range, 0) == 0 else { return false }
        return range.rm_so == 0 && Int(range.rm_eo) == subject.utf8.count
    }

    private static func message(for code: Int32, _ compiled: UnsafeMutablePointer<regex_t>) -> String {
        var buffer = [CChar](repeating: 0, count: 128)
        regerror(code, compiled, &buffer, buffer.count)
        return String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
