import Foundation

/// An SNMP agent on loopback that answers every GET of sysObjectID and sysDescr, of one version only.
final class FakeAgent: Sendable {
    let port: Int
    private let socket: Int32

    /// Listens on a port of its own; `version` is the number in the message (0 is SNMPv1, 1 is v2c).
    init(version: UInt8, objectID: [UInt8], description: String) throws {
        let socket = Glibc.socket(AF_INET, Int32(SOCK_DGRAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                bind(socket, pointer, length) == 0 && getsockname(socket, pointer, &length) == 0
            }
        }
        guard socket >= 0, isBound else { throw POSIXError(.EADDRNOTAVAIL) }
        self.socket = socket
        self.port = Int(UInt16(bigEndian: address.sin_port))
        Thread.detachNewThread { Self.serve(socket, version, objectID, description) }
    }

    /// Ends the agent's thread.
    func stop() { shutdown(self.socket, Int32(SHUT_RDWR)) }

    private static func serve(_ socket: Int32, _ version: UInt8, _ objectID: [UInt8], _ description: String) {
        defer { close(socket) }
        var buffer = [UInt8](repeating: 0, count: 1500)
        while true {
            var peer = sockaddr_in()
            var length = socklen_t(MemoryLayout<sockaddr_in>.size)
            let count = withUnsafeMutablePointer(to: &peer) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    recvfrom(socket, &buffer, buffer.count, 0, $0, &length)
                }
            }
            guard count > 0 else { return }
            guard let answer = Self.answer(Array(buffer.prefix(count)), version, objectID, description) else {
                continue
            }
            _ = withUnsafePointer(to: &peer) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    sendto(socket, answer, answer.count, 0, $0, length)
                }
            }
        }
    }

    /// The answer to a message (RFC 1157, RFC 3416): the same community and request, and the two values.
    private static func answer(
        _ message: [UInt8], _ version: UInt8, _ objectID: [UInt8], _ description: String
    ) -> [UInt8]? {
        // 30 len, 02 01 version, 04 len community, a0 len, 02 len request; every length fits into one byte.
        guard message.count > 8, message[0] == 0x30, message[4] == version else { return nil }
        let community = Int(message[6])
        let pdu = 7 + community
        guard message.count > pdu + 4, message[pdu] == 0xa0 else { return nil }
        let request = Array(message[(pdu + 2)..<(pdu + 4 + Int(message[pdu + 3]))])
        let system: [UInt8] = [0x2b, 6, 1, 2, 1, 1]
        let values =
            Self.item(0x30, Self.item(6, system + [2, 0]) + Self.item(6, objectID))
            + Self.item(0x30, Self.item(6, system + [1, 0]) + Self.item(4, Array(description.utf8)))
        let body = request + [2, 1, 0, 2, 1, 0] + Self.item(0x30, values)
        return Self.item(0x30, Array(message[2..<pdu]) + Self.item(0xa2, body))
    }

    private static func item(_ tag: UInt8, _ bytes: [UInt8]) -> [UInt8] {
        [tag] + (bytes.count < 128 ? [UInt8(bytes.count)] : [0x81, UInt8(bytes.count)]) + bytes
    }
}
