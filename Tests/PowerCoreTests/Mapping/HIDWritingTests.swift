import HIDReport
import PowerCore
import Testing

struct HIDWritingTests {
    private func river() throws -> HIDState {
        try EmulatedDevices.river().state(EmulatedDevices.riverIdentity)
    }

    private func apc() throws -> HIDState {
        try EmulatedDevices.apc().state(EmulatedDevices.apcIdentity)
    }

    @Test func `an EcoFlow's discharge limit can be set and nothing else`() throws {
        let state = try river()
        let write = try state.write(variable: "battery.charge.low", value: "25")
        #expect(write == ReportWrite(type: .feature, id: 0x11, bytes: [0x11, 25]))
        let writable = state.reading().variables.filter(\.isWritable)
        #expect(writable.map(\.name) == ["battery.charge.low"])
        #expect(writable.first?.kind == .string(maximumLength: 5))
        #expect(throws: WriteRefusal.readOnly) { try state.write(variable: "battery.charge.warning", value: "5") }
        #expect(throws: WriteRefusal.unknown) { try state.write(variable: "battery.nonsense", value: "5") }
        #expect(throws: WriteRefusal.unknown) { try state.command("beeper.mute") }
    }

    @Test(arguments: ["101", "-1", "", "ten", "1e1", "0x10", "inf", "nan", "5 ", "100000"])
    func `a value that the device does not take is refused`(value: String) throws {
        let state = try river()
        #expect(throws: WriteRefusal.invalidValue) { try state.write(variable: "battery.charge.low", value: value) }
    }

    @Test func `0 is a value`() throws {
        #expect(try river().write(variable: "battery.charge.low", value: "0").bytes == [0x11, 0])
    }

    @Test func `other fields of a report keep what they were and are not guessed`() throws {
        var builder = ReportDescriptorBuilder()
        builder.usage("UPS")
        builder.collection(.application) { ups in
            ups.usage("Input")
            ups.collection(.physical) { input in
                input.field("LowVoltageTransfer", [.feature], id: 16, range: 78...88, flags: [.variable])
                input.field("HighVoltageTransfer", [.feature], id: 16, range: 136...142, flags: [.variable])
            }
        }
        let identity = HIDIdentity(vendorID: 0x0764, productID: 0x0501)
        var state = HIDState(identity: identity, descriptor: try ReportDescriptor(parsing: builder.bytes))
        #expect(throws: WriteRefusal.notReadYet) { try state.write(variable: "input.transfer.low", value: "80") }
        state.take([16, 88, 139], type: .feature, at: .origin)
        #expect(try state.write(variable: "input.transfer.low", value: "80").bytes == [16, 80, 139])
        #expect(throws: WriteRefusal.invalidValue) { try state.write(variable: "input.transfer.low", value: "90") }
    }

    @Test func `words and dates are written as their numbers`() throws {
        var builder = ReportDescriptorBuilder()
        builder.usage("UPS")
        builder.collection(.application) { ups in
            ups.usage("Battery")
            ups.collection(.physical) {
                $0.field("ManufacturerDate", [.feature], id: 32, size: 16, range: 0...65535, flags: [.variable])
            }
            ups.usage("Input")
            ups.collection(.physical) { $0.field("ff860061", [.feature], id: 53, range: 0...2, flags: [.variable]) }
        }
        let identity = HIDIdentity(vendorID: 0x051d, productID: 2)
        let state = HIDState(identity: identity, descriptor: try ReportDescriptor(parsing: builder.bytes))
        #expect(try state.write(variable: "input.sensitivity", value: "medium").bytes == [53, 1])
        #expect(throws: WriteRefusal.invalidValue) { try state.write(variable: "input.sensitivity", value: "deep") }
        #expect(try state.write(variable: "battery.mfr.date", value: "2001/01/01").bytes == [32, 0x21, 0x2a])
        #expect(throws: WriteRefusal.invalidValue) { try state.write(variable: "battery.mfr.date", value: "1/2") }
    }

    @Test func `commands write their number, with a parameter or the usual one`() throws {
        let state = try apc()
        #expect(state.reading().commands == ["load.off", "load.off.delay", "shutdown.stop"])
        #expect(try state.command("load.off.delay").map(\.bytes) == [[16, 20, 0]])
        #expect(try state.command("load.off.delay", parameter: "300").map(\.bytes) == [[16, 0x2c, 1]])
        #expect(try state.command("shutdown.stop").map(\.bytes) == [[16, 0xff, 0xff]])
        #expect(try state.command("load.off").map(\.bytes) == [[16, 0, 0]])
        #expect(throws: WriteRefusal.invalidValue) { try state.command("load.off.delay", parameter: "soon") }
        #expect(throws: WriteRefusal.invalidValue) { try state.command("load.off.delay", parameter: "40000") }
        #expect(throws: WriteRefusal.unknown) { try state.command("shutdown.return") }
    }

    @Test func `a device with both timers returns and stays off in two steps`() throws {
        var builder = ReportDescriptorBuilder()
        builder.usage("UPS")
        builder.collection(.application) { ups in
            ups.usage("PowerSummary")
            ups.collection(.physical) { summary in
                for (id, name) in [(9, "DelayBeforeShutdown"), (10, "DelayBeforeStartup")] {
                    summary.field(
                        name, [.feature], id: UInt8(id), size: 16, range: -1...32767, unit: .second,
                        flags: [.variable])
                }
                summary.field("AudibleAlarmControl", [.feature], id: 11, range: 1...3, flags: [.variable])
            }
        }
        let state = HIDState(
            identity: HIDIdentity(vendorID: 1, productID: 1), descriptor: try ReportDescriptor(parsing: builder.bytes))
        #expect(try state.command("shutdown.return").map(\.bytes) == [[10, 30, 0], [9, 20, 0]])
        #expect(try state.command("shutdown.stayoff").map(\.bytes) == [[10, 0xff, 0xff], [9, 20, 0]])
        #expect(try state.command("beeper.mute").map(\.bytes) == [[11, 3]])
        #expect(try state.command("beeper.disable").map(\.bytes) == [[11, 1]])
    }

    @Test func `a delay that would become none is refused`() throws {
        var builder = ReportDescriptorBuilder()
        builder.usage("UPS")
        builder.collection(.application) { ups in
            ups.usage("Output")
            ups.collection(.physical) { output in
                output.logicalMinimum(-1)
                output.logicalMaximum(100)
                output.physicalMinimum(-60)
                output.physicalMaximum(6000)
                output.reportID(21)
                output.field("DelayBeforeShutdown", [.feature], [.variable], size: 8)
            }
        }
        let state = HIDState(
            identity: HIDIdentity(vendorID: 0x0764, productID: 0x0501),
            descriptor: try ReportDescriptor(parsing: builder.bytes))
        #expect(try state.command("load.off.delay").map(\.bytes) == [[21, 1]])
        #expect(throws: WriteRefusal.invalidValue) { try state.command("load.off.delay", parameter: "20") }
        #expect(try state.command("load.off").map(\.bytes) == [[21, 0]])
    }
}
