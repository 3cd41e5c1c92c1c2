import Crypto
import Foundation
import NUTTransport
import Synchronization

/// Checks passwords against their hashes, one at a time on a thread of its own.
///
/// A password that was right is known again at once: after a power cut all hosts log in within a second, and strangers
/// who try passwords keep nobody waiting who knows the right one.
final class PasswordHasher: PasswordHashing {
    /// Right passwords known at the same time; a file has no more users.
    static let knownPasswords = 1_024

    private let queue = DispatchQueue(label: "upsd-swift.passwords")
    /// Made anew at each start, so that what is kept of a password says nothing elsewhere.
    private let key = SymmetricKey(size: .bits256)
    /// By hash, what the right password leaves behind under ``key``.
    private let known = Mutex<[String: Data]>([:])

    func isRight(_ candidate: String, for hash: String) async -> Bool {
        let code = HMAC<SHA256>.authenticationCode(for: Array(candidate.utf8), using: self.key)
        if let known = self.known.withLock({ $0[hash] }), known == Data(code) { return true }
        let isRight = await withCheckedContinuation { continuation in
            self.queue.async {
                continuation.resume(returning: ScryptHash(parsing: hash)?.matches(candidate) ?? false)
            }
        }
        if isRight { self.remember(Data(code), for: hash) }
        return isRight
    }

    private func remember(_ code: Data, for hash: String) {
        self.known.withLock { known in
            // Hashes of users that are gone pile up only over reloads.
            if known.count >= Self.knownPasswords { known = [:] }
            known[hash] = code
        }
    }
}
