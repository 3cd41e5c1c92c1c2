import OutletContract
import PowerCore
import Testing

/// Every profile with a made-up device of its kind, through everything that a driver must do.
struct ContractTests {
    enum Kind: String, CaseIterable, CustomTestStringConvertible {
        case shelly, shellyGen1, tasmota, digitalLoggers, netio, redfish, redfishCycle, unifi, unifiLogin, unifiProgram

        var testDescription: String { self.rawValue }

        func device() -> any FakeDevice {
            switch self {
            case .shelly: FakeShelly()
            case .shellyGen1: FakeShellyGen1()
            case .tasmota: FakeTasmota()
            case .digitalLoggers: FakeDigitalLoggers()
            case .netio: FakeNETIO()
            case .redfish: FakeRedfish()
            case .redfishCycle: FakeRedfish(cycleWord: "Cycle", action: "Actions/Outlet.PowerControl")
            case .unifi: FakeUniFi()
            case .unifiLogin: FakeUniFi(token: nil)
            case .unifiProgram: FakeUniFi(token: nil, isProgram: true)
            }
        }
    }

    @Test(arguments: Kind.allCases, OutletClause.allCases)
    func contract(_ kind: Kind, _ clause: OutletClause) async throws {
        let running = try await RunningDevice(kind.device())
        // Where silence is waited for, it is waited for again and again: no single answer counts.
        let timeout = clause == .unreachable ? Duration.seconds(1) : RunningDevice.patience
        let breaches = try await clause.breaches(of: HTTPRig(running, timeout: timeout))
        #expect(breaches == [])
        await running.stop()
    }
}
