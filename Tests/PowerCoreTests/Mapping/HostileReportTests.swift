import Foundation
import HIDReport
import PowerCore
import Testing

/// Bytes that no device should send, to every mapping there is; that all returns is what is tested.
struct HostileReportTests {
    private static let vendors: [UInt16] = [0x3746, 0x051d, 0x0764, 0x0463, 0x10af, 0x075d, 0x2341, 0x09ae, 0x1111]

    private func exercise(_ descriptor: ReportDescriptor, vendor: UInt16, _ random: inout RepeatableBytes) {
        let product: UInt16 = vendor == 0x075d ? 0x0300 : 0x3016
        let identity = HIDIdentity(vendorID: vendor, productID: product, product: "FW: USB FW:")
        var state = HIDState(identity: identity, descriptor: descriptor)
        for round in 0..<3 {
            for type in ReportType.allCases {
                for id in descriptor.reportIDs(of: type) {
                    state.take([id] + random.bytes(atMost: 9), type: type, at: .origin + .seconds(round))
                }
            }
            for index in state.stringIndexesWanted { state.take(string: "\u{0}\u{fffd}", at: index) }
            let reading = state.reading()
            for command in reading.commands { _ = try? state.command(command, parameter: "99999999999999999999") }
            for variable in reading.variables where variable.isWritable {
                _ = try? state.write(variable: variable.name, value: "-999999999")
                _ = try? state.write(variable: variable.name, value: variable.value)
            }
        }
    }

    @Test(arguments: vendors)
    func `no report to an emulated device traps`(vendor: UInt16) throws {
        var random = RepeatableBytes(seed: UInt64(vendor))
        for reports in [
            try EmulatedDevices.river(), try EmulatedDevices.ecoFlowFull(), try EmulatedDevices.apc(),
        ] {
            for _ in 0..<20 { self.exercise(reports.descriptor, vendor: vendor, &random) }
        }
    }

    @Test(
        .enabled(if: MappingRecordings.isPresent, Comment(rawValue: MappingRecordings.absence)), arguments: vendors)
    func `no report to a recorded device traps`(vendor: UInt16) throws {
        var random = RepeatableBytes(seed: UInt64(vendor))
        let folder = MappingRecordings.shared.appending(path: "data/hid/devices").path
        let names = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".hex") }
        for name in names.sorted() {
            let bytes = try MappingRecordings.bytes("data/hid/devices/\(name)")
            self.exercise(try ReportDescriptor(parsing: bytes), vendor: vendor, &random)
        }
    }

    @Test func `fields of 64 bits with senseless scales do not trap`() throws {
        var builder = ReportDescriptorBuilder()
        builder.usage("UPS")
        builder.collection(.application) { ups in
            ups.usage("PowerSummary")
            ups.collection(.physical) { summary in
                summary.item(0x54, 0x7fff_ffff, width: 4)
                for (id, name) in ["RunTimeToEmpty", "Voltage", "PercentLoad", "ManufacturerDate"].enumerated() {
                    summary.reportID(UInt8(id + 1))
                    summary.field(name, [.feature], [.variable], size: 64)
                }
            }
        }
        let descriptor = try ReportDescriptor(parsing: builder.bytes)
        for vendor in Self.vendors {
            var state = HIDState(identity: HIDIdentity(vendorID: vendor, productID: 1), descriptor: descriptor)
            for id: UInt8 in 1...4 {
                state.take([id] + [UInt8](repeating: 0xff, count: 8), type: .feature, at: .origin)
            }
            #expect(state.reading().runtime == nil)
        }
    }
}

/// Bytes that look random and are the same in every run.
private struct RepeatableBytes {
    private var state: UInt64

    init(seed: UInt64) {
        self.state = seed &* 0x9e37_79b9_7f4a_7c15 | 1
    }

    mutating func bytes(atMost count: Int) -> [UInt8] {
        (0..<Int(self.next() % UInt64(count + 1))).map { _ in UInt8(truncatingIfNeeded: self.next() >> 32) }
    }

    private mutating func next() -> UInt64 {
        self.state ^= self.state >> 12
        self.state ^= self.state << 25
        self.state ^= self.state >> 27
        return self.state &* 0x2545_f491_4f6c_dd1d
    }
}
