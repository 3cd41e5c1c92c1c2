import Foundation
import Testing

@testable import upsd_swift

/// The examples of the manual, read as they stand there.
@Suite struct ManualTests {
    /// The blocks of `docs/configuration.md` that are YAML.
    static let blocks: [String] = {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let text = try? String(contentsOf: root.appending(path: "docs/configuration.md"), encoding: .utf8)
        let behind = text?.components(separatedBy: "```yaml\n").dropFirst() ?? []
        return behind.compactMap { $0.components(separatedBy: "```").first }
    }()

    /// What an example takes for granted, added where it has not the section itself.
    private static let others = [
        "\nups:": "ups: {river: {driver: usb-hid, match: {serial: a}, capacity: 1 kWh}, "
            + "delta: {driver: usb-hid, match: {serial: b}, capacity: 1 kWh}}\n",
        "\npdu:": "pdu: {rack-a: {driver: nut-driver, socket: a, feed: river}, "
            + "rack-b: {driver: nut-driver, socket: b, feed: delta}}\n",
        "\ntiers:": "tiers: [comfort, cluster, core]\n",
        "\nhosts:": "hosts: {pve1: {tier: core, feeds: river}, nas1: {tier: core, feeds: river}, "
            + "nas2: {tier: core, feeds: river}, qnap: {tier: core, feeds: river}}\n",
    ]

    @Test func `the manual has examples`() {
        #expect(Self.blocks.count > 7)
        #expect(Self.blocks.contains { $0.contains("wake-on-lan") && $0.contains("next-way") })
    }

    @Test(arguments: blocks) func `an example of the manual has no error`(block: String) {
        // An example of UPSes alone has not those that the PDUs hang on.
        let isComplete = !block.hasPrefix("ups:")
        let missing = Self.others.filter { !"\n\(block)".contains($0.key) && (isComplete || $0.key != "\npdu:") }
            .values.sorted()
        let errors = Sample.problems(block + missing.joined()).filter { $0.contains(" error: ") }
        #expect(errors == [])
    }
}
