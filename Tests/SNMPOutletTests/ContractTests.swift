import OutletContract
import Testing

/// The contract of outlets against recordings of real devices in a simulator, through the network.
@Suite(.enabled(if: Simulator.isPresent, "UPSD_TEST_SNMPSIM names no Python environment with snmpsim, or there are no recordings"))
struct ContractTests {
    private static let apc = "1.3.6.1.4.1.318.1.1"
    private static let cps = "1.3.6.1.4.1.3808.1.1"
    private static let g3 = "1.3.6.1.4.1.534.6.6.7"

    static let devices: [SNMPRig.Device] = [
        .init(
            name: "APC rPDU, v1", recording: "apc_ap7900", roots: ["\(apc).12", "\(apc).4"], version: .v1,
            column: "\(apc).12.3.5.1.1.4", on: "1", off: "2", count: 8, firstName: "Testing Name"),
        .init(
            name: "APC rPDU, v2c", recording: "apc_ap7900", roots: ["\(apc).12", "\(apc).4"], version: .v2c,
            column: "\(apc).12.3.5.1.1.4", on: "1", off: "2", count: 8, firstName: "Testing Name"),
        .init(
            name: "APC sPDU, v1", recording: "apc_ap7900", roots: ["\(apc).4"], version: .v1,
            column: "\(apc).4.4.2.1.3", on: "1", off: "2", count: 8, firstName: "Testing Name"),
        .init(
            name: "APC rPDU2, v3", recording: "apc_ap8959eu3", roots: ["\(apc).26", "\(apc).4"],
            version: .v3("shaaes"), column: "\(apc).26.9.2.3.1.5", on: "2", off: "1", count: 24,
            firstName: "Outlet 1"),
        .init(
            name: "CyberPower ePDU2, v2c", recording: "cyberpower_pdu81005", roots: ["\(cps).6", "\(cps).3"],
            version: .v2c, column: "\(cps).6.6.1.4.1.5", on: "1", off: "2", count: 8, firstName: "Outlet1"),
        .init(
            name: "CyberPower ePDU, v3", recording: "cyberpower_pdu81005", roots: ["\(cps).3"],
            version: .v3("sha256aes"), column: "\(cps).3.3.5.1.1.4", on: "1", off: "2", count: 8,
            firstName: "Outlet1"),
        .init(
            name: "Eaton ePDU G3, v3", recording: "eatonpdu_g3", roots: ["\(g3).6", "\(g3).1"],
            version: .v3("md5des"), column: "\(g3).6.6.1.2.0", on: "1", off: "0", count: 24,
            firstName: "Power strip + s-rw-lab-rack"),
    ]

    @Test(arguments: devices)
    func `every clause is kept`(device: SNMPRig.Device) async throws {
        let rig = try await SNMPRig(device)
        defer { rig.stop() }
        for clause in OutletClause.allCases {
            let breaches = try await clause.breaches(of: rig)
            #expect(breaches == [], "\(device.name): \(clause)")
        }
    }
}
