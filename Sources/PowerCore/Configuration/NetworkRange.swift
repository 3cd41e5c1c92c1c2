/// Addresses that begin alike, written `192.0.2.0/24`, `2001:db8::/32`, or as a single address.
public struct NetworkRange: Hashable, Sendable, CustomStringConvertible {
    private let bytes: [UInt8]
    private let length: Int
    /// The range as it was written.
    public let description: String

    /// Reads a range; nil for anything else, and where bits behind the length are set (`192.0.2.1/24`).
    public init?(parsing text: String) {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard let bytes = Self.bytes(of: String(parts[0])) else { return nil }
        self.bytes = bytes
        self.description = text
        self.length = parts.count == 2 ? Self.decimal(parts[1], atMost: bytes.count * 8) ?? -1 : bytes.count * 8
        guard self.length >= 0, self.hasNothingBehindLength else { return nil }
    }

    /// Whether a numeric address lies in the range. An IPv6 address may name its zone (`fe80::1%eth0`).
    public func contains(_ address: String) -> Bool {
        guard let other = Self.bytes(of: String(address.prefix { $0 != "%" })), other.count == self.bytes.count
        else { return false }
        return self.bytes.indices.allSatisfy { index in
            let mask = self.mask(at: index)
            return self.bytes[index] & mask == other[index] & mask
        }
    }

    private var hasNothingBehindLength: Bool {
        self.bytes.indices.allSatisfy { self.bytes[$0] & ~self.mask(at: $0) == 0 }
    }

    private func mask(at index: Int) -> UInt8 {
        let bits = min(max(self.length - index * 8, 0), 8)
        return UInt8(truncatingIfNeeded: 0xFF00 >> bits)
    }

    /// The 4 or 16 bytes of a numeric address; nil for anything else.
    private static func bytes(of text: String) -> [UInt8]? {
        text.utf8.contains(UInt8(ascii: ":")) ? Self.version6(text) : Self.version4(text)
    }

    private static func version4(_ text: some StringProtocol) -> [UInt8]? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 4 else { return nil }
        let bytes = parts.compactMap { Self.decimal($0, atMost: 255).map { UInt8(truncatingIfNeeded: $0) } }
        return bytes.count == 4 ? bytes : nil
    }

    /// RFC 4291, 2.2: eight groups, of which one run of zeros may be left out, the last two perhaps as IPv4.
    private static func version6(_ text: String) -> [UInt8]? {
        guard let gap = Self.gap(in: text) else { return Self.groups(text[...]).flatMap { $0.count == 16 ? $0 : nil } }
        guard let head = Self.groups(text[..<gap.lowerBound]), let tail = Self.groups(text[gap.upperBound...]),
            head.count + tail.count <= 14
        else { return nil }
        return head + [UInt8](repeating: 0, count: 16 - head.count - tail.count) + tail
    }

    private static func gap(in text: String) -> Range<String.Index>? {
        var index = text.startIndex
        while index < text.endIndex {
            let next = text.index(after: index)
            if next < text.endIndex, text[index] == ":", text[next] == ":" { return index..<text.index(after: next) }
            index = next
        }
        return nil
    }

    private static func groups(_ text: Substring) -> [UInt8]? {
        guard !text.isEmpty else { return [] }
        var bytes: [UInt8] = []
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        for (index, part) in parts.enumerated() {
            if index == parts.count - 1, part.contains("."), let last = Self.version4(part) {
                bytes += last
                continue
            }
            let isHexadecimal = part.utf8.allSatisfy { Character(Unicode.Scalar($0)).isHexDigit }
            guard (1...4).contains(part.utf8.count), isHexadecimal, let group = UInt16(part, radix: 16) else {
                return nil
            }
            bytes += [UInt8(group >> 8), UInt8(group & 0xFF)]
        }
        return bytes.count <= 16 ? bytes : nil
    }

    /// A number in digits alone, without zeros in front: some readers take those for octal.
    private static func decimal(_ text: some StringProtocol, atMost most: Int) -> Int? {
        guard (1...3).contains(text.utf8.count), text.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            text.utf8.count == 1 || text.utf8.first != 0x30, let number = Int(text), number <= most
        else { return nil }
        return number
    }
}
