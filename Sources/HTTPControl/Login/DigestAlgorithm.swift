internal import Crypto

/// The functions of digest authentication that devices use (RFC 7616, 6.1).
enum DigestAlgorithm: String, Hashable, Sendable, CaseIterable {
    case sha256 = "SHA-256"
    case md5 = "MD5"

    /// The function of a text, in small hexadecimal digits.
    func hash(_ text: String) -> String {
        let bytes = Array(text.utf8)
        return switch self {
        case .sha256: Self.hexadecimal(SHA256.hash(data: bytes))
        case .md5: Self.hexadecimal(Insecure.MD5.hash(data: bytes))
        }
    }

    static func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
