import Crypto
import CryptoExtras
import Foundation

/// A password as scrypt leaves it (RFC 7914), written `scrypt:N:r:p:SALT:HASH` with salt and hash in Base64.
struct ScryptHash: Equatable {
    /// What one check may cost. Each check of a wrong password costs as much again.
    enum Limits {
        /// The usual cost: 16 MiB and some 50 ms. More memory would show in a daemon that needs 30 MiB itself.
        static let usualRounds = 16_384
        /// The usual block size (RFC 7914, 2).
        static let usualBlockSize = 8
        /// The most memory that a check may take, 128 * N * r.
        static let memoryBytes = 64 * 1_024 * 1_024
        /// The most times that a check may go over its memory.
        static let parallelism = 16
        /// Bytes of salt that may be; RFC 7914 knows no bound.
        static let saltBytes = 8...64
        /// Bytes of a hash that may be.
        static let hashBytes = 16...64
    }

    let rounds: Int
    let blockSize: Int
    let parallelism: Int
    let salt: [UInt8]
    let hash: [UInt8]

    /// Reads a hash; nil for anything else, and for one that costs more than ``Limits``.
    init?(parsing text: String) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 6, parts[0] == "scrypt", let rounds = Int(parts[1]), let blockSize = Int(parts[2]),
            let parallelism = Int(parts[3]), let salt = Data(base64Encoded: String(parts[4])),
            let hash = Data(base64Encoded: String(parts[5]))
        else { return nil }
        // RFC 7914, 2: N is a power of two above one.
        guard rounds > 1, rounds & (rounds - 1) == 0, blockSize > 0, blockSize <= Limits.memoryBytes / 128,
            rounds <= Limits.memoryBytes / 128 / blockSize, (1...Limits.parallelism).contains(parallelism),
            Limits.saltBytes.contains(salt.count), Limits.hashBytes.contains(hash.count)
        else { return nil }
        self.rounds = rounds
        self.blockSize = blockSize
        self.parallelism = parallelism
        self.salt = Array(salt)
        self.hash = Array(hash)
    }

    /// Makes the hash of a password with the usual cost and a new salt.
    init(of password: String) throws {
        var generator = SystemRandomNumberGenerator()
        self.rounds = Limits.usualRounds
        self.blockSize = Limits.usualBlockSize
        self.parallelism = 1
        self.salt = (0..<16).map { _ in UInt8.random(in: 0...255, using: &generator) }
        self.hash = try Self.derive(password, self.salt, 32, self.rounds, self.blockSize, self.parallelism)
    }

    /// The hash as it can be parsed again.
    var text: String {
        let (salt, hash) = (Data(self.salt).base64EncodedString(), Data(self.hash).base64EncodedString())
        return "scrypt:\(self.rounds):\(self.blockSize):\(self.parallelism):\(salt):\(hash)"
    }

    /// Whether `candidate` has this hash; every byte is looked at, wherever the first difference is.
    func matches(_ candidate: String) -> Bool {
        let derived = try? Self.derive(
            candidate, self.salt, self.hash.count, self.rounds, self.blockSize, self.parallelism)
        guard let derived, derived.count == self.hash.count else { return false }
        return zip(derived, self.hash).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }

    private static func derive(
        _ password: String, _ salt: [UInt8], _ count: Int, _ rounds: Int, _ blockSize: Int, _ parallelism: Int
    ) throws -> [UInt8] {
        let key = try KDF.Scrypt.deriveKey(
            from: Array(password.utf8), salt: salt, outputByteCount: count, rounds: rounds, blockSize: blockSize,
            parallelism: parallelism)
        return key.withUnsafeBytes { Array($0) }
    }
}
