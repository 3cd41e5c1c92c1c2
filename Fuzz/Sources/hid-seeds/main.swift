import Foundation
import HIDReport

/// Writes the seed corpus into the folder given: descriptors made by the builder, each with a report to read.
let folder = URL(filePath: CommandLine.arguments.dropFirst().first ?? "Seeds")

func write(_ name: String, report: [UInt8], _ build: (inout ReportDescriptorBuilder) -> Void) throws {
    var builder = ReportDescriptorBuilder()
    build(&builder)
    let input = [UInt8(report.count)] + builder.bytes + report
    try Data(input).write(to: folder.appending(path: name))
}

try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)

try write("summary", report: [98, 0x1c, 0x09]) { builder in
    builder.usage("UPS")
    builder.collection(.application) { ups in
        ups.usage("PowerSummary")
        ups.collection(.physical) { summary in
            summary.field("RemainingCapacity", [.input, .feature], id: 12, range: 0...100)
            summary.field("RunTimeToEmpty", [.input, .feature], id: 12, size: 16, range: 0...65535, unit: .second)
            summary.field("ConfigVoltage", [.feature], id: 10, size: 16, range: 0...65535, unit: .volt, exponent: 5)
        }
    }
}

try write("flags", report: [0x0d, 0x01]) { builder in
    builder.usage("UPS")
    builder.beginCollection(.application)
    builder.usage("PresentStatus")
    builder.beginCollection(.logical)
    builder.logicalMaximum(1)
    builder.reportSize(1)
    builder.reportCount(4)
    for name in ["Charging", "Discharging", "ACPresent", "BatteryPresent"] { builder.usage(name) }
    builder.main(.input, .constantVolatile)
    builder.padding([.input], bits: 4)
}

try write("ranges", report: [1, 2, 3, 4, 5, 6, 7, 8]) { builder in
    builder.usagePage(0x84)
    builder.item(0xa4, 0, width: 0)
    builder.item(0x18, 0x30)
    builder.item(0x28, 0x35)
    builder.item(0x88, 1)
    builder.item(0x98, 6)
    builder.reportSize(7)
    builder.reportCount(8)
    builder.logicalMinimum(-64)
    builder.logicalMaximum(63)
    builder.physicalMinimum(-500)
    builder.physicalMaximum(500)
    builder.main(.feature, [.variable])
    builder.item(0xb4, 0, width: 0)
}

try write("oddities", report: [0xff, 0xff, 0xff]) { builder in
    builder.raw([0xfe, 0x02, 0xa0, 0x01, 0x02])
    builder.usagePage(0xff86)
    builder.item(0xa8, 1)
    builder.usage(id: 0x60)
    builder.item(0x08, 0x0085_0066, width: 4)
    builder.item(0xa8, 0)
    builder.reportSize(8)
    builder.reportCount(3)
    builder.logicalMaximum(-1)
    builder.unitExponent(-3)
    builder.main(.feature, [.variable, .bufferedBytes])
    builder.raw([0xc0, 0xb4, 0x27, 0xff])
}
