import Glibc
import Testing

@testable import USBTransport

@Suite struct RuleFile {
    @Test func `the udev rule and the table of known devices list the same`() throws {
        let text = try Self.text(of: "udev/\(USBError.ruleFile)")
        let ids = text.split(separator: "\n").filter { $0.hasSuffix(#"GOTO="upsd_swift_ups""#) }.flatMap(Self.ids)
        #expect(Set(ids) == Set(USBDeviceID.powerDevices))
        #expect(ids.count == USBDeviceID.powerDevices.count)
    }

    /// The ids of one line: `ATTR{idVendor}=="047c", ATTR{idProduct}=="ffff", GOTO=…`.
    private static func ids(in line: Substring) -> [USBDeviceID] {
        let values = line.split(separator: ", ").map { $0.split(separator: "\"").dropFirst().first ?? "" }
        let vendors = values[0].split(separator: "|").compactMap { UInt16($0, radix: 16) }
        guard line.contains("idProduct") else { return vendors.map { USBDeviceID($0) } }
        let products = values[1].split(separator: "|").compactMap { UInt16($0, radix: 16) }
        return vendors.flatMap { vendor in products.map { USBDeviceID(vendor, $0) } }
    }

    /// A file of the package.
    private static func text(of path: String) throws -> String {
        let root = #filePath.split(separator: "/").dropLast(4).joined(separator: "/")
        let file = open("/\(root)/\(path)", O_RDONLY)
        try #require(file >= 0, "\(path) is missing")
        defer { close(file) }
        var bytes = [UInt8](repeating: 0, count: 65536)
        let count = read(file, &bytes, bytes.count)
        return String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
    }
}
