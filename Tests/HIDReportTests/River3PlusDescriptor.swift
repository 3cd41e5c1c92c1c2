import HIDReport

/// The report descriptor of an EcoFlow River 3 Plus, built item by item as the device has them.
///
/// The device's own idiom: nearly every field is emitted with its usage and its flags alone, global items only where
/// the firmware's author changed them, some of them wider than their numbers need.
enum River3PlusDescriptor {
    static var bytes: [UInt8] {
        var ups = ReportDescriptorBuilder()
        ups.usagePage(0x84)
        ups.usage(id: 0x04)
        ups.collection(.application) { ups in
            flow(&ups)
            ups.usage(id: 0x24)
            ups.collection(.logical) { summary in
                fixedItems(&summary)
                capacities(&summary)
                times(&summary)
                delays(&summary)
                voltages(&summary)
                presentStatus(&summary)
            }
        }
        return ups.bytes
    }

    private static func flow(_ ups: inout ReportDescriptorBuilder) {
        ups.usagePage(0x84)
        ups.usage(id: 0x1e)
        ups.collection(.numbered(4)) { flow in
            flow.usage(id: 0x44)
            flow.reportID(1)
            flow.reportSize(16)
            flow.reportCount(1)
            flow.logicalMaximum(65535)
            flow.unit(.watt)
            flow.unitExponent(7)
            flow.main(.feature, [.constant, .variable, .volatile])
        }
    }

    private static func fixedItems(_ summary: inout ReportDescriptorBuilder) {
        summary.reportSize(8)
        summary.reportCount(1)
        summary.logicalMinimum(0)
        summary.logicalMaximum(255)
        summary.usagePage(0x85)
        field(&summary, 0x06, 0x8b, [.feature], .fixed)
        field(&summary, 0x1f, 0x89, [.feature], .fixed, string: 4)
        field(&summary, 0x20, 0x8f, [.feature], .fixed, string: 5)
        field(&summary, 0x16, 0x2c, [.feature], .fixed)
    }

    private static func capacities(_ summary: inout ReportDescriptorBuilder) {
        summary.reportID(0x10)
        summary.usage(id: 0x8d)
        summary.logicalMaximum(100, width: 2)
        summary.main(.feature, [.variable, .noPreferred])
        field(&summary, 0x18, 0x8e, [.feature], .fixed)
        field(&summary, 0x0e, 0x67, [.feature], [.constant, .variable, .volatile])
        field(&summary, 0x17, 0x83, [.feature], [.constant, .variable, .volatile])
        field(&summary, 0x0c, 0x66, [.input, .feature], .constantVolatile)
        field(&summary, 0x0f, 0x8c, [.feature], .dataVolatile)
        field(&summary, 0x11, 0x29, [.feature], .dataVolatile)
    }

    private static func times(_ summary: inout ReportDescriptorBuilder) {
        summary.reportID(0x09)
        summary.usage(id: 0x85)
        summary.reportSize(16)
        summary.logicalMaximum(65535)
        summary.main(.feature, .constantVolatile)
        summary.reportID(0x1a)
        summary.usage(id: 0x6a)
        summary.logicalMaximum(65535)
        summary.unit(.second)
        summary.unitExponent(0)
        summary.main(.feature, .constantVolatile)
        field(&summary, 0x1c, 0x69, [.input, .feature], .constantVolatile)
        field(&summary, 0x0d, 0x68, [.input, .feature], .constantVolatile)
        summary.reportID(0x08)
        summary.usage(id: 0x2a)
        summary.reportSize(16)
        summary.logicalMaximum(1380, width: 4)
        summary.logicalMinimum(120, width: 2)
        summary.main(.input, [.variable, .noPreferred])
        summary.usage(id: 0x2a)
        summary.main(.feature, .dataVolatile)
    }

    private static func delays(_ summary: inout ReportDescriptorBuilder) {
        summary.usagePage(0x84)
        summary.reportID(0x12)
        summary.usage(id: 0x57)
        summary.logicalMinimum(-32768)
        summary.logicalMaximum(32767, width: 4)
        summary.main(.feature, .dataVolatile)
        field(&summary, 0x13, 0x55, [.feature], .dataVolatile)
    }

    private static func voltages(_ summary: inout ReportDescriptorBuilder) {
        summary.reportID(0x0a)
        summary.usage(id: 0x40)
        summary.logicalMinimum(0)
        summary.logicalMaximum(65535)
        summary.unit(.volt)
        summary.unitExponent(5)
        summary.main(.feature, .fixed)
        field(&summary, 0x0b, 0x30, [.input, .feature], .constantVolatile)
        summary.reportID(0x14)
        summary.usage(id: 0x5a)
        summary.reportSize(8)
        summary.logicalMinimum(1)
        summary.logicalMaximum(3)
        summary.unit(.none)
        summary.unitExponent(0)
        summary.main(.input, [.variable, .noPreferred])
        summary.usage(id: 0x5a)
        summary.main(.feature, .dataVolatile)
    }

    private static func presentStatus(_ summary: inout ReportDescriptorBuilder) {
        summary.usage(id: 0x02)
        summary.collection(.logical) { status in
            status.reportID(7)
            status.usagePage(0x85)
            status.usage(id: 0x44)
            status.reportSize(1)
            status.logicalMinimum(0)
            status.logicalMaximum(1)
            status.main(.input, .constantVolatile)
            status.usage(id: 0x44)
            status.main(.feature, .constantVolatile)
            for id: UInt16 in [0x45, 0xd0, 0xd1, 0x42] { bit(&status, id, .constantVolatile) }
            bit(&status, 0x43, .dataVolatile)
            for id: UInt16 in [0x4b, 0xdb, 0x46, 0x47] { bit(&status, id, .constantVolatile) }
            status.usagePage(0x84)
            bit(&status, 0x68, .dataVolatile)
            for id: UInt16 in [0x69, 0x73, 0x65] { bit(&status, id, .constantVolatile) }
            status.reportCount(2)
            status.main(.input, [.constant])
            status.main(.feature, [.constant])
        }
    }

    private static func field(
        _ builder: inout ReportDescriptorBuilder, _ report: UInt8, _ usage: UInt16, _ types: [ReportType],
        _ flags: ReportField.Flags, string: UInt8? = nil
    ) {
        builder.reportID(report)
        for type in types {
            builder.usage(id: usage)
            if let string { builder.stringIndex(string) }
            builder.main(type, flags)
        }
    }

    private static func bit(
        _ builder: inout ReportDescriptorBuilder, _ usage: UInt16, _ flags: ReportField.Flags
    ) {
        for type in [ReportType.input, .feature] {
            builder.usage(id: usage)
            builder.main(type, flags)
        }
    }
}
