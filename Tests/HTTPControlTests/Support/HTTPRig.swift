import HTTPControl
import OutletContract
import PowerCore

/// A made-up device with its driver, for the contract.
struct HTTPRig: OutletRig {
    let running: RunningDevice
    let controller: any OutletController
    let timekeeper: any Timekeeper = SteadyClock()
    let pdu: DeviceID = "strip"

    /// A device that is silent is given up after `timeout`; any other answers long before, however busy the machine is.
    init(_ running: RunningDevice, timeout: Duration = RunningDevice.patience) {
        self.running = running
        self.controller = running.outlets(timeout: timeout)
    }

    var expected: [OutletReading] {
        (1...self.running.strip.count).map { OutletReading(number: $0, name: "socket \($0)", position: .on) }
    }

    var usable: [Int] { Array(1...self.running.strip.count) }

    func stand(of outlet: Int) async throws -> OutletPosition? {
        self.running.strip.outlets[outlet - 1].isOn ? .on : .off
    }

    func put(_ fault: OutletFault) async throws -> Bool {
        if case .locked = fault, !self.running.device.hasLocks { return false }
        self.running.strip.put(fault)
        return true
    }

    func heal() async throws {
        self.running.strip.heal()
    }
}

/// The machine's steady clock.
struct SteadyClock: Timekeeper {
    private static let origin = ContinuousClock.now

    var now: Moment { Moment(sinceOrigin: ContinuousClock.now - Self.origin) }

    func sleep(until moment: Moment) async throws {
        try await ContinuousClock().sleep(until: Self.origin + (moment - Moment(sinceOrigin: .zero)))
    }
}
