import PowerCore

/// Addresses that are looked at one by one: `192.0.2.0/28`, a single address, or the name of a host.
struct AddressRange: Equatable {
    /// Most addresses of a range: a /22. More is no rack, and a question to each would be taken for an attack.
    static let maximumAddresses = 1024

    /// The addresses, in ascending order.
    let addresses: [String]

    /// Reads a range; a failure says what is wrong with it.
    init(_ text: String, option: String, json: Bool) throws(Outcome) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2 else {
            let isName =
                !text.isEmpty && text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || ".-:".contains($0)) }
            guard isName else { throw Self.wrong(text, option, json: json) }
            self.addresses = [text]
            return
        }
        let bytes = parts[0].split(separator: ".").compactMap { UInt8($0) }
        guard NetworkRange(parsing: text) != nil, bytes.count == 4, let length = Int(parts[1]) else {
            throw Self.wrong(text, option, json: json)
        }
        let count = length > 31 ? 1 : 1 << (32 - length)
        guard count <= Self.maximumAddresses else {
            throw .failure(
                .usage, "\(option) \(text) has \(count) addresses; \(Self.maximumAddresses) are most (a /22)",
                json: json)
        }
        let first = bytes.reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        // The first and the last address of a network are nobody's.
        let inner = count > 2 ? 1..<(count - 1) : 0..<count
        self.addresses = inner.map { Self.text(first + UInt32($0)) }
    }

    private static func text(_ address: UInt32) -> String {
        [24, 16, 8, 0].map { "\(address >> UInt32($0) & 0xff)" }.joined(separator: ".")
    }

    private static func wrong(_ text: String, _ option: String, json: Bool) -> Outcome {
        .failure(
            .usage, "\(option) '\(text)' is no range; write it like 192.0.2.0/28, with zeros behind the length",
            json: json)
    }
}
