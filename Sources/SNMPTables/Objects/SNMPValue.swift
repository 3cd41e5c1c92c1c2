/// The value of an SNMP object (RFC 2578, 7.1), or why there is none (RFC 3416, 3).
public enum SNMPValue: Hashable, Sendable {
    /// INTEGER, Integer32.
    case integer(Int64)
    /// OCTET STRING, Opaque, IpAddress: bytes, not yet text.
    case octets([UInt8])
    /// OBJECT IDENTIFIER.
    case oid(OID)
    /// Counter32, Counter64, Gauge32, Unsigned32, TimeTicks.
    case unsigned(UInt64)
    /// NULL.
    case null
    /// The agent has no such object or instance, or nothing behind it.
    case missing
}
