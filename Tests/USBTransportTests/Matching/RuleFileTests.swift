import Testing

@testable import USBTransport

@Suite struct RuleFile {
    @Test func `the udev rule and the tables of known devices list the same`() throws {
        let text = try #require(PackageFile.text(of: "udev/\(USBError.ruleFile)"))
        let ids = text.split(separator: "\n").filter { $0.hasSuffix(#"GOTO="upsd_swift_ups""#) }.flatMap(Self.ids)
        let known = USBDeviceID.powerDevices + USBDeviceID.powerStrips + USBDeviceID.relayBoards
        #expect(Set(ids) == Set(known))
        #expect(ids.count == known.count)
    }

    /// The ids of one line: `ATTR{idVendor}=="047c", ATTR{idProduct}=="ffff", GOTO=…`.
    private static func ids(in line: Substring) -> [USBDeviceID] {
        let values = line.split(separator: ", ").map { $0.split(separator: "\"").dropFirst().first ?? "" }
        let vendors = values[0].split(separator: "|").compactMap { UInt16($0, radix: 16) }
        guard line.contains("idProduct") else { return vendors.map { USBDeviceID($0) } }
        let products = values[1].split(separator: "|").compactMap { UInt16($0, radix: 16) }
        return vendors.flatMap { vendor in products.map { USBDeviceID(vendor, $0) } }
    }
}
