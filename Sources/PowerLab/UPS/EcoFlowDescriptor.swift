import HIDReport

/// The report descriptor of an EcoFlow power station (River 3 Plus, V1.33.81.55), whole: 403 bytes.
///
/// Built from the table of its fields in the order and the widths in which the device gives its items, so that a
/// recording of one is the same byte for byte. It repeats global items that are in force already, and leaves the
/// unit of watts in force over the percentages that follow; both are the device's.
enum EcoFlowDescriptor {
    /// The descriptor.
    static let bytes: [UInt8] = {
        var builder = ReportDescriptorBuilder()
        builder.usagePage(0x84)
        builder.usage("UPS")
        builder.collection(.application) { ups in
            ups.usagePage(0x84)
            ups.usage("Flow")
            ups.collection(.numbered(4)) { Self.flow(&$0) }
            ups.usage("PowerSummary")
            ups.collection(.logical) { summary in
                Self.identity(&summary)
                Self.capacities(&summary)
                Self.times(&summary)
                Self.voltages(&summary)
                Self.alarm(&summary)
                summary.usage("PresentStatus")
                summary.collection(.logical) { Self.presentStatus(&$0) }
            }
        }
        return builder.bytes
    }()

    /// What no device may say: collections without end, then an item that is longer than the descriptor.
    static let absurd: [UInt8] = {
        var builder = ReportDescriptorBuilder()
        for _ in 0..<400 { builder.beginCollection(.physical) }
        builder.raw([0xfe, 0xff, 0x00, 0x27, 0xff])
        return builder.bytes
    }()

    private static let watts: UInt32 = 0xd121
    private static let seconds: UInt32 = 0x1001
    private static let volts: UInt32 = 0xf0_d121

    private static func flow(_ flow: inout ReportDescriptorBuilder) {
        flow.usage("ConfigActivePower")
        flow.reportID(0x01)
        flow.reportSize(16)
        flow.reportCount(1)
        flow.logicalMaximum(65535)
        flow.unit(Self.watts)
        flow.unitExponent(7)
        flow.main(.feature, [.constant, .variable, .volatile])
    }

    private static func identity(_ summary: inout ReportDescriptorBuilder) {
        summary.reportSize(8)
        summary.reportCount(1)
        summary.logicalMinimum(0)
        summary.logicalMaximum(255)
        summary.usagePage(0x85)
        summary.feature("Rechargeable", id: 0x06, .fixed)
        summary.feature("iDeviceChemistry", id: 0x1f, string: 4, .fixed)
        summary.feature("iOEMInformation", id: 0x20, string: 5, .fixed)
        summary.feature("CapacityMode", id: 0x16, .fixed)
    }

    private static func capacities(_ summary: inout ReportDescriptorBuilder) {
        summary.reportID(0x10)
        summary.usage("CapacityGranularity1")
        summary.logicalMaximum(100, width: 2)
        summary.main(.feature, [.variable, .noPreferred])
        summary.feature("CapacityGranularity2", id: 0x18, .fixed)
        summary.feature("FullChargeCapacity", id: 0x0e, [.constant, .variable, .volatile])
        summary.feature("DesignCapacity", id: 0x17, [.constant, .variable, .volatile])
        summary.reportID(0x0c)
        summary.both("RemainingCapacity", .constantVolatile)
        summary.feature("WarningCapacityLimit", id: 0x0f, .dataVolatile)
        summary.feature("RemainingCapacityLimit", id: 0x11, .dataVolatile)
        summary.reportID(0x09)
        summary.usage("ManufacturerDate")
        summary.reportSize(16)
        summary.logicalMaximum(65535)
        summary.main(.feature, .constantVolatile)
    }

    private static func times(_ summary: inout ReportDescriptorBuilder) {
        summary.reportID(0x1a)
        summary.usage("AverageTimeToFull")
        summary.logicalMaximum(65535)
        summary.unit(Self.seconds)
        summary.unitExponent(0)
        summary.main(.feature, .constantVolatile)
        summary.reportID(0x1c)
        summary.both("AverageTimeToEmpty", .constantVolatile)
        summary.reportID(0x0d)
        summary.both("RunTimeToEmpty", .constantVolatile)
        summary.reportID(0x08)
        summary.usage("RemainingTimeLimit")
        summary.reportSize(16)
        summary.logicalMaximum(1380, width: 4)
        summary.logicalMinimum(120, width: 2)
        summary.main(.input, [.variable, .noPreferred])
        summary.usage("RemainingTimeLimit")
        summary.main(.feature, .dataVolatile)
        summary.usagePage(0x84)
        summary.reportID(0x12)
        summary.usage("DelayBeforeShutdown")
        summary.logicalMinimum(-32768)
        summary.logicalMaximum(32767, width: 4)
        summary.main(.feature, .dataVolatile)
        summary.feature("DelayBeforeReboot", id: 0x13, .dataVolatile)
    }

    private static func voltages(_ summary: inout ReportDescriptorBuilder) {
        summary.reportID(0x0a)
        summary.usage("ConfigVoltage")
        summary.logicalMinimum(0)
        summary.logicalMaximum(65535)
        summary.unit(Self.volts)
        summary.unitExponent(5)
        summary.main(.feature, .fixed)
        summary.reportID(0x0b)
        summary.both("Voltage", .constantVolatile)
    }

    private static func alarm(_ summary: inout ReportDescriptorBuilder) {
        summary.reportID(0x14)
        summary.usage("AudibleAlarmControl")
        summary.reportSize(8)
        summary.logicalMinimum(1)
        summary.logicalMaximum(3)
        summary.unit(0)
        summary.unitExponent(0)
        summary.main(.input, [.variable, .noPreferred])
        summary.usage("AudibleAlarmControl")
        summary.main(.feature, .dataVolatile)
    }

    private static func presentStatus(_ status: inout ReportDescriptorBuilder) {
        status.reportID(0x07)
        status.usagePage(0x85)
        status.usage("Charging")
        status.reportSize(1)
        status.logicalMinimum(0)
        status.logicalMaximum(1)
        status.main(.input, .constantVolatile)
        status.usage("Charging")
        status.main(.feature, .constantVolatile)
        for name in ["Discharging", "ACPresent", "BatteryPresent", "BelowRemainingCapacityLimit"] {
            status.both(name, .constantVolatile)
        }
        status.both("RemainingTimeLimitExpired", .dataVolatile)
        for name in ["NeedReplacement", "VoltageNotRegulated", "FullyCharged", "FullyDischarged"] {
            status.both(name, .constantVolatile)
        }
        status.usagePage(0x84)
        status.both("ShutdownRequested", .dataVolatile)
        for name in ["ShutdownImminent", "CommunicationLost", "Overload"] { status.both(name, .constantVolatile) }
        status.reportCount(2)
        status.main(.input, .constant)
        status.main(.feature, .constant)
    }
}

extension ReportDescriptorBuilder {
    /// Emits a feature report of one field under the global items in force.
    fileprivate mutating func feature(
        _ name: String, id: UInt8, string index: UInt8? = nil, _ flags: ReportField.Flags
    ) {
        self.reportID(id)
        self.usage(name)
        if let index { self.stringIndex(index) }
        self.main(.feature, flags)
    }

    /// Emits the same field for the input and for the feature report.
    fileprivate mutating func both(_ name: String, _ flags: ReportField.Flags) {
        for type in [ReportType.input, .feature] {
            self.usage(name)
            self.main(type, flags)
        }
    }
}
