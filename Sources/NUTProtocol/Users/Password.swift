/// What a user's password is checked against.
///
/// Never shown: its printed form hides it.
public struct Password: Hashable, Sendable, CustomStringConvertible, CustomReflectable {
    private enum Storage: Hashable, Sendable {
        case plain([UInt8])
        /// In a form that whoever checks it understands.
        case hashed(String)
    }

    private let storage: Storage

    /// A password kept as it is.
    ///
    /// Nil when `text` holds a byte that the wire does not carry (control characters, anything beyond ASCII) or is
    /// longer than ``LineLimits/wordBytes``: no client could ever give it.
    public init?(plain text: String) {
        guard text.utf8.count <= LineLimits.wordBytes, text.utf8.allSatisfy(ASCII.canTravel) else { return nil }
        self.storage = .plain(Array(text.utf8))
    }

    /// A password of which only a hash is known, to be checked by others: that takes too long for an answer.
    public init(hash: String) {
        self.storage = .hashed(hash)
    }

    /// The hash, where only that is known.
    var hash: String? {
        guard case .hashed(let hash) = self.storage else { return nil }
        return hash
    }

    /// Whether `candidate` is the password; never where only a hash is known.
    ///
    /// Takes as long for a wrong byte at the beginning as for one at the end; only the length shows.
    public func matches(_ candidate: String) -> Bool {
        switch self.storage {
        case .plain(let bytes): Self.isEqual(bytes, Array(candidate.utf8))
        case .hashed: false
        }
    }

    /// A hidden password.
    public var description: String { "(hidden)" }

    /// Nothing to look into.
    public var customMirror: Mirror { Mirror(self, children: []) }

    private static func isEqual(_ secret: [UInt8], _ candidate: [UInt8]) -> Bool {
        var difference = secret.count ^ candidate.count
        for (index, byte) in candidate.enumerated() {
            let other = secret.isEmpty ? 0 : secret[index % secret.count]
            difference |= Int(byte ^ other)
        }
        return difference == 0
    }
}
