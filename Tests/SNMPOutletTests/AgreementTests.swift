import Foundation
import PowerCore
import SNMPFamilies
import SNMPTables
import SNMPTransport
import Testing

private let fenceAgent = "/usr/sbin/fence_apc_snmp"

/// Programs that nobody here wrote, asked about the same device.
@Suite(.enabled(if: Simulator.isPresent, "UPSD_TEST_SNMPSIM names no Python environment with snmpsim, or there are no recordings"))
struct AgreementTests {
    @Test(
        .enabled(if: FileManager.default.isExecutableFile(atPath: fenceAgent), "fence_apc_snmp is not installed"),
        arguments: [("apc_ap7900", 8), ("apc_ap8959eu3", 24)])
    func `Debian's fence agent says of every outlet of an APC what we say`(recording: String, count: Int) async throws {
        let text = try SimulatedPDU.lines(recording, below: ["1.3.6.1.4.1.318"])
        let simulator = try await Simulator(["apc": text])
        defer { simulator.stop() }
        let pdu = SNMPOutlets(
            id: "rack-a", port: simulator.agent(.v1(read: "apc", write: "apc")), families: EmbeddedFamilies.all)
        for number in [1, 3, count] { try await pdu.turn(number, .off) }
        let outlets = try await pdu.read().outlets
        #expect(outlets.count == count)
        for outlet in outlets {
            let answer = try await Command.run(
                fenceAgent,
                [
                    "-a", "127.0.0.1", "-u", "\(simulator.port)", "-c", "apc", "-d", "1", "-n", "\(outlet.number)",
                    "-o", "status",
                ])
            #expect(answer.code == (outlet.position == .on ? 0 : 2), "outlet \(outlet.number): \(answer.output)")
        }
        #expect(outlets.filter { $0.position == .off }.map(\.number) == [1, 3, count])
    }

    @Test func `what may only be read is told apart from a relay that is stuck`() async throws {
        let roots = ["1.3.6.1.4.1.318"]
        let files = [
            "static": try SimulatedPDU.lines("apc_ap7900", below: roots, .init(isStatic: true)),
            "stuck": try SimulatedPDU.lines("apc_ap7900", below: roots, .init(extra: [1: "stuck=1"])),
            "refuses": try SimulatedPDU.lines("apc_ap7900", below: roots, .init(extra: [1: "locked=1"])),
        ]
        let simulator = try await Simulator(files)
        defer { simulator.stop() }
        func pdu(_ read: String, write: String) -> SNMPOutlets {
            SNMPOutlets(
                id: "rack-a",
                port: simulator.agent(.v2c(read: read, write: write), timeout: .milliseconds(500), retries: 1),
                families: EmbeddedFamilies.all)
        }
        // A wrong community for writing: no word at all, while questions are answered.
        for (read, write) in [("static", "static"), ("refuses", "refuses"), ("stuck", "nobody")] {
            let failure = await #expect(throws: DeviceFailure.self) { try await pdu(read, write: write).turn(1, .off) }
            #expect(failure?.kind == .notPermitted, "\(read), \(write)")
            #expect(failure?.remedy.contains("may write") == true)
        }
        try await pdu("stuck", write: "stuck").turn(1, .off)
        #expect(try await pdu("stuck", write: "stuck").read().outlets.first?.position == .on)
        let silent = await #expect(throws: DeviceFailure.self) { try await pdu("nobody", write: "nobody").read() }
        #expect(silent?.kind == .timedOut)
    }

    @Test func `a UPS is read through the network, and is no PDU`() async throws {
        let text = try SimulatedPDU.lines("cyberpower", below: ["1.3.6.1.4.1.3808"])
        let simulator = try await Simulator(["ups": text])
        defer { simulator.stop() }
        let agent = simulator.agent(.v1(read: "ups", write: "ups"))
        let source = SNMPUPSSource(
            id: "ups", port: agent, families: EmbeddedFamilies.all, poll: .seconds(1), timekeeper: RealClock())
        let link = try await source.open()
        var updates = link.updates.makeAsyncIterator()
        for _ in 0..<2 {
            guard case .heard(let state, _) = await updates.next() else {
                Issue.record("nothing heard")
                break
            }
            #expect(state.value("ups.status") == "OL")
            #expect(state.value("battery.runtime") == "1740")
        }
        await link.close()
        let pdu = SNMPOutlets(id: "rack-a", port: agent, families: EmbeddedFamilies.all)
        let failure = await #expect(throws: DeviceFailure.self) { try await pdu.read() }
        #expect(failure?.remedy == "put it under ups:")
    }
}
