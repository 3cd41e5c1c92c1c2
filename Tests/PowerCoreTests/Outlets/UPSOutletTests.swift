import HIDReport
import PowerCore
import PowerLab
import Synchronization
import Testing

@testable import PowerCore

/// The outlet groups that a UPS switches itself.
@Suite struct UPSOutletTests {
    /// Reads an Eaton, runs a command, and says how it ended.
    private static func run(
        _ command: String, _ eaton: FakeEaton, clock: SleeplessClock = SleeplessClock()
    ) async throws -> Result<Void, DeviceFailure> {
        let port = FakeHID(FakeEaton.identity, descriptor: eaton.bytes, eaton)
        let (readings, letters) = AsyncStream.makeStream(of: UPSReading.self)
        // Polls so seldom that nothing but the command reads the device.
        let pace = HIDUPSDriver.Pace(quick: .seconds(86_400), full: .seconds(86_400))
        let driver = HIDUPSDriver(id: "eaton", source: port, pace: pace, timekeeper: clock.patient) { event in
            if case .upsRead(_, let reading, _) = event { letters.yield(reading) }
        }
        let task = Task { await driver.run() }
        defer { task.cancel() }
        for await _ in readings.prefix(1) {}
        do throws(DeviceFailure) {
            return .success(try await driver.run(command, parameter: nil))
        } catch {
            return .failure(error)
        }
    }

    @Test func `the groups have NUT's variables, the first without a number`() throws {
        let eaton = try FakeEaton()
        var state = HIDState(
            identity: FakeEaton.identity, descriptor: try ReportDescriptor(parsing: eaton.bytes))
        for request in state.reportsToRead(.initial) {
            state.take(try eaton.report(request.id), type: request.type, at: .origin)
        }
        let shown = state.reading().shown.filter { $0.key.hasPrefix("outlet.") }
        let main = [
            "outlet.id": "1", "outlet.desc": "Main Outlet", "outlet.switchable": "yes", "outlet.power": "100",
            "outlet.realpower": "90", "outlet.current": "0.45",
        ]
        var expected = main
        for number in 1...2 {
            let name = "outlet.\(number)."
            expected[name + "id"] = "\(number + 1)"
            expected[name + "desc"] = "PowerShare Outlet \(number)"
            expected[name + "switchable"] = "yes"
            expected[name + "status"] = "on"
            expected[name + "power"] = "\(100 * (number + 1))"
            expected[name + "realpower"] = "\(90 * (number + 1))"
            expected[name + "current"] = "0.45"
            expected[name + "autoswitch.charge.low"] = "20"
            expected[name + "delay.shutdown"] = "65535"
            expected[name + "delay.start"] = "0"
        }
        #expect(shown == expected)
        #expect(
            state.reading().commands.filter { $0.hasPrefix("outlet.") } == [
                "outlet.1.load.off", "outlet.1.load.on", "outlet.2.load.off", "outlet.2.load.on",
            ])
        let writable = state.reading().variables.filter { $0.isWritable && $0.name.hasPrefix("outlet.2.") }.map(\.name)
        #expect(writable == ["outlet.2.autoswitch.charge.low", "outlet.2.delay.shutdown", "outlet.2.delay.start"])
    }

    @Test(arguments: [1, 2])
    func `a group is switched by a delay of no seconds, and read back`(number: Int) async throws {
        let eaton = try FakeEaton()
        let base = FakeEaton.base(number + 1)
        guard case .success = try await Self.run("outlet.\(number).load.off", eaton) else {
            Issue.record("off was not carried out")
            return
        }
        #expect(eaton.written == [[base + 5, 0, 0]])
        #expect([1, 2, 3].map(eaton.isOn) == [1, 2, 3].map { $0 != number + 1 })
        guard case .success = try await Self.run("outlet.\(number).load.on", eaton) else {
            Issue.record("on was not carried out")
            return
        }
        #expect(eaton.written.last == [base + 6, 0, 0])
        #expect([1, 2, 3].allSatisfy(eaton.isOn))
    }

    @Test func `an order that the device takes and does not carry out is an error, after ten seconds`() async throws {
        let eaton = try FakeEaton()
        eaton.make(2, .stuck)
        let clock = SleeplessClock()
        guard case .failure(let failure) = try await Self.run("outlet.1.load.off", eaton, clock: clock) else {
            Issue.record("a stuck outlet counts as switched")
            return
        }
        #expect(failure.kind == .stalled)
        #expect(failure.device == "eaton")
        #expect(failure.detail == "outlet.1.load.off: sent, but not verified: the outlet is not where it should be")
        #expect(clock.now - .origin >= HIDUPSDriver.longestProof)
    }

    @Test func `a state that cannot be read proves nothing, although it was read before`() async throws {
        let eaton = try FakeEaton()
        eaton.make(2, .silent)
        // On as it should be, as far as anybody remembers.
        guard case .failure(let failure) = try await Self.run("outlet.1.load.on", eaton) else {
            Issue.record("nobody has seen the outlet")
            return
        }
        #expect(failure.detail == "outlet.1.load.on: sent, but not verified: refused")
    }

    @Test func `a device that tells no states has its orders sent and never verified`() async throws {
        let eaton = try FakeEaton(tellsStates: false)
        guard case .failure(let failure) = try await Self.run("outlet.2.load.off", eaton) else {
            Issue.record("nobody has seen the outlet")
            return
        }
        #expect(failure.detail.hasSuffix("not verified: the device does not tell how the outlet stands"))
        #expect(!eaton.isOn(3))
    }
}
