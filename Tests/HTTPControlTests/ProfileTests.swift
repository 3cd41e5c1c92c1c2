import OutletContract
import PowerCore
import Testing

@testable import HTTPControl

/// What is read of each made-up device, and what is sent to it.
struct ProfileTests {
    private func first(_ device: any FakeDevice, count: Int = 4) async throws -> (PDUReading, RunningDevice) {
        let running = try await RunningDevice(device, count: count)
        return (try await running.outlets().read(), running)
    }

    @Test func `a Shelly's meters, names and maker are read`() async throws {
        let (reading, running) = try await self.first(FakeShelly())
        #expect(
            reading.outlets.first
                == OutletReading(
                    number: 1, name: "socket 1", position: .on, power: 8.9, current: 0.1, voltage: 237.5,
                    energy: WattHours(6.532)))
        #expect(
            reading.variables == [
                Variable("device.mfr", "Shelly"), Variable("device.serial", "F008D1D8B8B8"),
                Variable("device.description", "rack"),
            ])
        await running.stop()
    }

    @Test func `a Shelly of the first generation counts watt minutes`() async throws {
        let (reading, running) = try await self.first(FakeShellyGen1())
        #expect(
            reading.outlets.last
                == OutletReading(number: 4, name: "socket 4", position: .on, power: 6, energy: WattHours(2)))
        await running.stop()
    }

    @Test func `Tasmota's measurements are those of each relay, and its one voltage that of all`() async throws {
        let (reading, running) = try await self.first(FakeTasmota())
        #expect(
            reading.outlets.last
                == OutletReading(number: 4, name: "socket 4", position: .on, power: 7, voltage: 231))
        await running.stop()
    }

    @Test func `a single relay of Tasmota's has no number`() async throws {
        let (reading, running) = try await self.first(FakeTasmota(), count: 1)
        #expect(reading.outlets.map(\.number) == [1])
        let outlets = running.outlets()
        try await outlets.turn(1, .off)
        #expect(try await outlets.read().outlets.map(\.position) == [.off])
        await running.stop()
    }

    @Test func `NETIO's milliamperes become amperes`() async throws {
        let (reading, running) = try await self.first(FakeNETIO())
        #expect(
            reading.outlets.first
                == OutletReading(
                    number: 1, name: "socket 1", position: .on, power: 27, current: 0.126, voltage: 239.1,
                    energy: WattHours(2081)))
        await running.stop()
    }

    @Test func `an outlet with Redfish has its label, meters and lock`() async throws {
        let running = try await RunningDevice(FakeRedfish())
        running.strip.put(.locked(3))
        let outlet = try await running.outlets().read().outlets[2]
        #expect(
            outlet
                == OutletReading(
                    number: 3, name: "socket 3", position: .on, power: 197.4, isLocked: true, current: 1.68,
                    voltage: 117.5, apparentPower: 197.5, energy: WattHours(36_166_000)))
        await running.stop()
    }

    @Test func `a locked outlet with Redfish gets no order`() async throws {
        let running = try await RunningDevice(FakeRedfish())
        running.strip.put(.locked(3))
        let outlets = running.outlets()
        for order in [{ try await outlets.turn(3, .off) }, { try await outlets.cycle(3, offTime: .seconds(1)) }] {
            let failure = await #expect(throws: DeviceFailure.self) { try await order() }
            #expect(failure?.kind == .locked)
        }
        #expect(running.server.requests.map(\.method).contains("POST") == false)
        await running.stop()
    }

    @Test func `UniFi's measurements stand in strings`() async throws {
        let (reading, running) = try await self.first(FakeUniFi())
        #expect(
            reading.outlets.first
                == OutletReading(
                    number: 1, name: "socket 1", position: .on, power: 6.5, current: 0.11, voltage: 118.566))
        await running.stop()
    }

    @Test func `UniFi gets every override back, and one for an outlet that had none`() async throws {
        let running = try await RunningDevice(FakeUniFi())
        try await running.outlets().turn(1, .off)
        let body = try #require(running.server.requests.last).body
        for outlet in 2...4 {
            #expect(body.contains(#""index":\#(outlet),"#) || body.contains(#""index":\#(outlet)}"#), "\(body)")
            #expect(body.contains(#""name":"socket \#(outlet)""#), "\(body)")
        }
        #expect(body.ranges(of: FakeUniFi.extra).count == 3, "\(body)")
        #expect(running.strip.outlets.map(\.isOn) == [false, true, true, true])
        await running.stop()
    }

    @Test(arguments: [ContractTests.Kind.shelly, .digitalLoggers, .unifi])
    func `a name is stored in the device`(kind: ContractTests.Kind) async throws {
        let running = try await RunningDevice(kind.device())
        let outlets = running.outlets()
        try await outlets.rename(2, to: "file server")
        #expect(try await outlets.read().outlets.map(\.name) == ["socket 1", "file server", "socket 3", "socket 4"])
        await running.stop()
    }

    @Test(arguments: [ContractTests.Kind.shellyGen1, .tasmota, .netio, .redfish])
    func `where names cannot be stored that is said`(kind: ContractTests.Kind) async throws {
        let running = try await RunningDevice(kind.device())
        let failure = await #expect(throws: DeviceFailure.self) { try await running.outlets().rename(1, to: "x") }
        #expect(failure?.kind == .notSupported)
        await running.stop()
    }

    @Test(arguments: ContractTests.Kind.allCases)
    func `no order goes out for an outlet that is not listed`(kind: ContractTests.Kind) async throws {
        let running = try await RunningDevice(kind.device())
        let outlets = running.outlets()
        _ = try await outlets.read()
        for number in [-1, 0, 5, 64, Int.max] {
            let failure = await #expect(throws: DeviceFailure.self) { try await outlets.turn(number, .off) }
            #expect(failure?.kind == .notSupported)
            await #expect(throws: DeviceFailure.self) { try await outlets.cycle(number, offTime: .seconds(1)) }
        }
        #expect(running.strip.outlets.map(\.isOn) == [true, true, true, true])
        await running.stop()
    }

    @Test(arguments: ContractTests.Kind.allCases)
    func `a cycle is the device's own work, of one outlet`(kind: ContractTests.Kind) async throws {
        let running = try await RunningDevice(kind.device())
        try await running.outlets().cycle(2, offTime: .seconds(3))
        let outlets = running.strip.outlets
        #expect(outlets.map(\.isOn) == [true, false, true, true])
        #expect(outlets[1].due?.isOn == true)
        await running.stop()
    }

    @Test(arguments: [
        (["1", "2", "3"], [1, 2, 3]), (["AA2", "AA10", "AA1"], [2, 10, 1]), (["A1", "B1"], [1, 2]),
        (["A1", "B2"], [1, 2]), (["0", "1"], [1, 2]), (["x", "y"], [1, 2]), (["7", "7"], [1, 2]), ([], []),
        (["99999999999999999999"], [1]), (["OUTLET3"], [3]),
    ])
    func `outlets with Redfish have the numbers of their Ids where these are plain`(ids: [String], numbers: [Int]) {
        #expect(RedfishProfile.numbers(ids) == numbers)
    }
}
