/// An ICMP echo request or reply (RFC 792, RFC 4443 section 4), as an unprivileged echo socket takes and gives it.
///
/// Identifier and checksum are the kernel's business there: it sets them on the way out and looks at them on the way in.
struct EchoMessage: Hashable, Sendable {
    /// The two families, which number their messages differently.
    enum Family: Sendable {
        case version4
        case version6

        var request: UInt8 { self == .version4 ? 8 : 128 }
        var reply: UInt8 { self == .version4 ? 0 : 129 }
    }

    /// Type, code, checksum, identifier and sequence number.
    private static let headerLength = 8

    /// A request with this sequence number.
    static func request(_ family: Family, sequence: UInt8) -> [UInt8] {
        [family.request, 0, 0, 0, 0, 0, 0, sequence]
    }

    /// Whether these bytes are a reply.
    static func isReply(_ bytes: some Collection<UInt8>, _ family: Family) -> Bool {
        bytes.count >= Self.headerLength && bytes.first == family.reply
    }
}
