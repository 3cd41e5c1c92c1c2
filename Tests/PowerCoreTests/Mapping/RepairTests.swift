import HIDReport
import PowerCore
import Testing

/// Devices that declare or scale something wrongly, rebuilt from what is known of them.
struct RepairTests {
    /// One field a row: collection, usage, report, limits, unit with exponent.
    private func descriptor(
        _ fields: [(String, String, UInt8, ClosedRange<Int>, HIDUnit, Int)]
    ) throws -> ReportDescriptor {
        var builder = ReportDescriptorBuilder()
        builder.usage("UPS")
        builder.collection(.application) { ups in
            for (collection, usage, id, range, unit, exponent) in fields {
                ups.usage(collection)
                ups.collection(.physical) {
                    $0.field(usage, [.feature], id: id, size: 16, range: range, unit: unit, exponent: exponent)
                }
            }
        }
        return try ReportDescriptor(parsing: builder.bytes)
    }

    private func value(_ state: HIDState, _ name: String) -> String? { state.reading().variable(name)?.value }

    @Test func `a Back-UPS's input voltage is not cut below its own transfer voltage`() throws {
        let descriptor = try descriptor([
            ("Input", "ConfigVoltage", 0x30, 0...230, .volt, 7), ("Input", "Voltage", 0x31, 0...255, .volt, 7),
            ("Input", "HighVoltageTransfer", 0x33, 256...278, .volt, 7),
        ])
        var state = HIDState(identity: HIDIdentity(vendorID: 0x051d, productID: 2), descriptor: descriptor)
        state.take([0x31, 0x10, 0x01], type: .feature, at: .origin)
        state.take([0x30, 240, 0], type: .feature, at: .origin)
        #expect(value(state, "input.voltage") == "272.0")
        #expect(value(state, "input.voltage.nominal") == "240")
    }

    @Test func `a CyberPower's output voltage is not forced into the limits of its transfer voltage`() throws {
        let descriptor = try descriptor([
            ("Input", "Voltage", 0x0f, 0...255, .volt, 7), ("Input", "HighVoltageTransfer", 0x10, 136...142, .volt, 7),
            ("Output", "Voltage", 0x12, 136...142, .volt, 7), ("Output", "ConfigActivePower", 0x18, 0...255, .watt, 7),
        ])
        var state = HIDState(identity: HIDIdentity(vendorID: 0x0764, productID: 0x0501), descriptor: descriptor)
        state.take([0x12, 121, 0], type: .feature, at: .origin)
        state.take([0x18, 0x84, 0x03], type: .feature, at: .origin)
        #expect(value(state, "output.voltage") == "121.0")
        #expect(value(state, "ups.realpower.nominal") == "900")
    }

    @Test func `a CyberPower's battery voltage and frequency are scaled once and for all`() throws {
        let descriptor = try descriptor([
            ("PowerSummary", "ConfigVoltage", 9, 0...1000, .volt, 6),
            ("PowerSummary", "Voltage", 10, 0...1000, .volt, 6),
            ("Output", "Frequency", 11, 0...1000, .hertz, 0),
            ("PowerSummary", "RemainingCapacity", 12, 0...255, .none, 0),
        ])
        var state = HIDState(identity: HIDIdentity(vendorID: 0x0764, productID: 0x0501), descriptor: descriptor)
        state.take([9, 240, 0], type: .feature, at: .origin)
        state.take([10, 0x9a, 0x01], type: .feature, at: .origin)
        state.take([11, 0x57, 0x02], type: .feature, at: .origin)
        state.take([12, 107, 0], type: .feature, at: .origin)
        #expect(value(state, "battery.voltage") == "27.3")
        #expect(value(state, "output.frequency") == "59.9")
        #expect(value(state, "battery.charge") == "100")
        // A battery that sinks below the limit is still half as much again.
        state.take([10, 0x4a, 0x01], type: .feature, at: .origin)
        #expect(value(state, "battery.voltage") == "22.0")
    }

    @Test func `a GoldenMate's runtime is not cut by a maximum below its minimum`() throws {
        var builder = ReportDescriptorBuilder()
        builder.usage("UPS")
        builder.collection(.application) { ups in
            ups.usage("PowerSummary")
            ups.collection(.physical) { summary in
                summary.reportID(2)
                summary.logicalMinimum(0)
                summary.item(0x24, 0xfeff_ffff, width: 4)
                summary.field("RunTimeToEmpty", [.input], [.constant, .variable], size: 32)
                summary.field("Voltage", [.input], [.constant, .variable], size: 16)
            }
        }
        let state = HIDState(
            identity: HIDIdentity(vendorID: 0x075d, productID: 0x0300),
            descriptor: try ReportDescriptor(parsing: builder.bytes))
        #expect(state.descriptor.fields.map(\.logicalMaximum) == [0x75ff_ffff, 65535])
    }

    @Test(arguments: [(0x2012, "12.0"), (0x3016, "12000000.0"), (0x4000, "120.0")] as [(UInt16, String)])
    func `a Tripp Lite's battery voltage is scaled by its model`(product: UInt16, text: String) throws {
        let descriptor = try descriptor([("PowerSummary", "Voltage", 1, 0...1000, .volt, 7)])
        var state = HIDState(identity: HIDIdentity(vendorID: 0x09ae, productID: product), descriptor: descriptor)
        state.take([1, 120, 0], type: .feature, at: .origin)
        #expect(value(state, "battery.voltage") == text)
    }
}
