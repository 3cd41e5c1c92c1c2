import ArgumentParser
import Foundation
import NUTTransport
import USBTransport

/// `pductl discover`.
struct Discover: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Looks for UPSes and PDUs, and prints a configuration to begin with.",
        discussion: """
            It looks at the USB devices of this machine, and at the networks that are named and at no others. Nothing is \
            switched or set. For example `pductl discover --nut 192.0.2.0/28 --snmp 192.0.2.0/28`.
            """)

    @Flag(inversion: .prefixedNo, help: "Look at the USB devices of this machine.")
    var usb = true

    @Option(help: "Look for NUT servers at these addresses (192.0.2.0/28); may be repeated.")
    var nut: [String] = []

    @Option(help: "Look for SNMP agents at these addresses (192.0.2.0/28); may be repeated.")
    var snmp: [String] = []

    @Option(help: "A file whose first line is the community that agents are asked with; public without it.")
    var communityFile: String?

    @Option(help: "The UPS that PDUs are plugged into; the first that is found without it.")
    var feed: String?

    @Flag(help: "Print JSON.")
    var json = false

    func run() async throws {
        let nut = try self.addresses(self.nut, "--nut")
        let snmp = try self.addresses(self.snmp, "--snmp")
        let community = try self.community()
        var found: [Discovery] = []
        var troubles: [String] = []
        if self.usb {
            do throws(USBError) { found += try await USBLook.look() } catch { troubles.append("USB: \(error)") }
        }
        found += await NUTLook.look(nut)
        if !snmp.isEmpty {
            found += await SNMPLook.look(
                snmp, community: community, communityFile: self.communityFile, SNMPAsker())
        }
        let report = DiscoveryReport(found: found, troubles: troubles, feed: self.feed)
        Outcome.done(self.json ? report.json.text + "\n" : report.text).show()
    }

    private func addresses(_ ranges: [String], _ option: String) throws(Outcome) -> [String] {
        var addresses: [String] = []
        for range in ranges { addresses += try AddressRange(range, option: option, json: self.json).addresses }
        guard addresses.count <= AddressRange.maximumAddresses else {
            throw .failure(
                .usage,
                "\(option) has \(addresses.count) addresses together; \(AddressRange.maximumAddresses) are most",
                json: self.json)
        }
        return addresses
    }

    private func community() throws(Outcome) -> String {
        guard let path = self.communityFile else { return "public" }
        let data = FileManager.default.contents(atPath: path)
        let line = data.flatMap { String(decoding: $0, as: UTF8.self).split(whereSeparator: \.isNewline).first }
        guard let line else {
            throw .failure(.usage, "--community-file \(path) cannot be read, or is empty", json: self.json)
        }
        return String(line)
    }
}
