/// The NUT name of a UPS, a PDU or a host's virtual UPS, as `upsc` takes it (`river`).
public struct DeviceID: Hashable, Comparable, Codable, Sendable, ExpressibleByStringLiteral, CustomStringConvertible {
    /// The name as written in the configuration; compared with case.
    public let name: String

    /// Makes the identifier of the device called `name`.
    public init(_ name: String) {
        self.name = name
    }

    /// Makes the identifier of the device called `value`.
    public init(stringLiteral value: String) {
        self.name = value
    }

    /// The name itself.
    public var description: String { self.name }

    /// Whether `lhs` sorts before `rhs` by name.
    public static func < (lhs: DeviceID, rhs: DeviceID) -> Bool {
        lhs.name < rhs.name
    }
}

/// The name of a host or a load in the power graph (`pve1`, `switch`).
///
/// Hosts and loads share one name space, since `needs` may name either.
public struct HostID: Hashable, Comparable, Codable, Sendable, ExpressibleByStringLiteral, CustomStringConvertible {
    /// The name as written in the configuration; compared with case.
    public let name: String

    /// Makes the identifier of the host or load called `name`.
    public init(_ name: String) {
        self.name = name
    }

    /// Makes the identifier of the host or load called `value`.
    public init(stringLiteral value: String) {
        self.name = value
    }

    /// The name itself.
    public var description: String { self.name }

    /// Whether `lhs` sorts before `rhs` by name.
    public static func < (lhs: HostID, rhs: HostID) -> Bool {
        lhs.name < rhs.name
    }
}

/// A switchable socket of a PDU, written `rack-a/4`.
public struct OutletID: Hashable, Comparable, Codable, Sendable, CustomStringConvertible {
    /// The PDU that the outlet belongs to.
    public let pdu: DeviceID
    /// The outlet's number as printed on the PDU, counted from 1.
    public let number: Int

    /// Makes the identifier of outlet `number` of `pdu`.
    public init(_ pdu: DeviceID, _ number: Int) {
        self.pdu = pdu
        self.number = number
    }

    /// Reads `PDU/NUMBER`; nil for anything else, and for a number below 1.
    public init?(parsing text: some StringProtocol) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty, let number = Int(parts[1]), number >= 1 else { return nil }
        self.init(DeviceID(String(parts[0])), number)
    }

    /// The outlet as `PDU/NUMBER`.
    public var description: String { "\(self.pdu)/\(self.number)" }

    /// Whether `lhs` sorts before `rhs`: by PDU, then by number.
    public static func < (lhs: OutletID, rhs: OutletID) -> Bool {
        (lhs.pdu, lhs.number) < (rhs.pdu, rhs.number)
    }
}
