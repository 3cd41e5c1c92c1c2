import Foundation
import HIDReport
import Testing

private func bytes(_ build: (inout ReportDescriptorBuilder) -> Void) -> [UInt8] {
    var builder = ReportDescriptorBuilder()
    build(&builder)
    return builder.bytes
}

struct ReportDescriptorBuilderTests {
    @Test func `data take the fewest bytes that hold them`() {
        #expect(bytes { $0.logicalMaximum(127) } == [0x25, 0x7f])
        #expect(bytes { $0.logicalMaximum(128) } == [0x26, 0x80, 0x00])
        #expect(bytes { $0.logicalMaximum(65535) } == [0x27, 0xff, 0xff, 0x00, 0x00])
        #expect(bytes { $0.logicalMinimum(-1) } == [0x15, 0xff])
        #expect(bytes { $0.logicalMinimum(-128) } == [0x15, 0x80])
        #expect(bytes { $0.logicalMinimum(-129) } == [0x16, 0x7f, 0xff])
        #expect(bytes { $0.logicalMinimum(-32768) } == [0x16, 0x00, 0x80])
        #expect(bytes { $0.reportCount(255) } == [0x95, 0xff])
        #expect(bytes { $0.usagePage(0xff86) } == [0x06, 0x86, 0xff])
        #expect(bytes { $0.unit(.volt) } == [0x67, 0x21, 0xd1, 0xf0, 0x00])
        #expect(bytes { $0.unit(.second) } == [0x66, 0x01, 0x10])
    }

    @Test func `data take as many bytes as asked for`() {
        #expect(bytes { $0.logicalMaximum(100, width: 2) } == [0x26, 0x64, 0x00])
        #expect(bytes { $0.logicalMaximum(32767, width: 4) } == [0x27, 0xff, 0x7f, 0x00, 0x00])
        #expect(bytes { $0.logicalMinimum(-1, width: 4) } == [0x17, 0xff, 0xff, 0xff, 0xff])
        #expect(bytes { $0.logicalMinimum(0, width: 0) } == [0x14])
    }

    @Test func `an exponent is a nibble`() {
        #expect(bytes { $0.unitExponent(-1) } == [0x55, 0x0f])
        #expect(bytes { $0.unitExponent(7) } == [0x55, 0x07])
    }

    @Test func `a field emits what differs and no more`() {
        let once = bytes { $0.field("Voltage", [.feature], id: 1, range: 0...100) }
        let twice = bytes {
            $0.field("Voltage", [.feature], id: 1, range: 0...100)
            $0.field("Current", [.input, .feature], id: 1, range: 0...100)
        }
        #expect(once == hexBytes("85 01 25 64 75 08 95 01 05 84 09 30 b1 03"))
        #expect(twice == once + hexBytes("09 31 81 03 09 31 b1 03"))
    }

    @Test func `an item emitted by itself counts as in force`() {
        let bytes = bytes {
            $0.usagePage(0x84)
            $0.reportSize(8)
            $0.reportCount(1)
            $0.field("Voltage", [.feature], [.variable], size: 8)
        }
        #expect(bytes == hexBytes("05 84 75 08 95 01 09 30 b1 02"))
    }

    @Test func `collections close behind their content and an unknown name emits nothing`() {
        let bytes = bytes {
            $0.usage("UPS")
            $0.collection(.application) {
                $0.usage("Flow")
                $0.collection(.numbered(4)) { $0.usage("Nonsense") }
            }
        }
        #expect(bytes == hexBytes("05 84 09 04 a1 01 09 1e a1 84 c0 c0"))
    }

    @Test func `what is built is parsed as it was meant`() throws {
        var builder = ReportDescriptorBuilder()
        builder.usage("UPS")
        builder.collection(.application) { ups in
            ups.usage("PowerSummary")
            ups.collection(.physical) { summary in
                summary.field(
                    "ConfigVoltage", [.feature], id: 10, size: 16, range: 0...65535, unit: .volt, exponent: 5)
                summary.stringIndex(4)
                summary.field("iDeviceChemistry", [.feature], id: 11, range: 0...255)
            }
        }
        let descriptor = try ReportDescriptor(parsing: builder.bytes)
        #expect(descriptor.warnings.isEmpty)
        let voltage = try #require(descriptor.fields(of: .feature, id: 10).first)
        #expect(voltage.path?.description == "UPS.PowerSummary.ConfigVoltage")
        #expect(voltage.physical(fromLogical: 1380) == 13.8)
        #expect(descriptor.fields(of: .feature, id: 11).first?.stringIndex == 4)
    }

    @Test(.enabled(if: Recordings.isPresent, Comment(rawValue: Recordings.absence)))
    func `the River 3 Plus's descriptor can be built byte for byte`() throws {
        let stem = Recordings.folder.appending(path: "ecoflow/river3plus-rdesc-403-reconstructed")
        let recorded = try Recordings.bytes(stem)
        let built = River3PlusDescriptor.bytes
        #expect(built.count == recorded.count)
        let difference = zip(built, recorded).enumerated().first { $1.0 != $1.1 }
        #expect(difference == nil, "first difference at \(difference?.offset ?? -1)")
    }
}
