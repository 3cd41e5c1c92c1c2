/// The place where a device is plugged in, as the kernel writes it: bus, dash, and the ports from the root on (`1-2.4`).
///
/// Stays the same when a device is unplugged and plugged in again; changes when it moves to another socket.
public struct USBPortPath: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The bus, 1 and up.
    public var bus: UInt8
    /// The port on each hub from the root hub on; empty for the root hub itself.
    public var ports: [UInt8]

    /// Most hubs in a row, with the device's own port at the end (USB 3.1, 8.9: a route has five tiers; USB 2.0
    /// allows seven in all).
    static let maximumDepth = 7

    /// Makes a path.
    public init(bus: UInt8, ports: [UInt8]) {
        self.bus = bus
        self.ports = ports
    }

    /// Reads a path as the kernel writes it; nil where the text is none.
    public init?(parsing text: some StringProtocol) {
        let halves = text.split(separator: "-", omittingEmptySubsequences: false)
        guard halves.count == 2, let bus = UInt8(halves[0]) else { return nil }
        let words = halves[1].split(separator: ".", omittingEmptySubsequences: false)
        let ports = words.compactMap { UInt8($0) }
        guard ports.count == words.count, ports.count <= Self.maximumDepth else { return nil }
        self.init(bus: bus, ports: ports)
    }

    /// The path as the kernel writes it (`1-2.4`, and `usb1` for a root hub).
    public var description: String {
        guard !self.ports.isEmpty else { return "usb\(self.bus)" }
        return "\(self.bus)-\(self.ports.map(String.init).joined(separator: "."))"
    }

    /// Whether `lhs` comes first: by bus, then by port, hub by hub.
    public static func < (lhs: USBPortPath, rhs: USBPortPath) -> Bool {
        lhs.bus == rhs.bus ? lhs.ports.lexicographicallyPrecedes(rhs.ports) : lhs.bus < rhs.bus
    }
}
