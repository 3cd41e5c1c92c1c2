import HIDReport
import PowerCore

/// The devices that the laboratory emulates, with the values it gives them.
enum EmulatedDevices {
    static let riverIdentity = HIDIdentity(
        vendorID: 0x3746, productID: 0xffff, manufacturer: "EcoFlow", product: "EF-UPS-RIVER 3 Plus",
        serial: "R631ZABAWH3B0001")
    static let deltaIdentity = HIDIdentity(
        vendorID: 0x3746, productID: 0xffff, manufacturer: "EcoFlow", product: "EF-UPS-DELTA 3 Plus",
        serial: "D361ZEB4ZH000001")
    static let apcIdentity = HIDIdentity(
        vendorID: 0x051d, productID: 0x0002, manufacturer: "American Power Conversion",
        product: "Back-UPS ES 700G FW:871.O4 .I USB FW:O4", serial: "5B1234T56789")

    /// The values of an EcoFlow on mains and full, which lasts 2529 minutes by its own word.
    static func fill(_ reports: inout EmulatedReports) {
        for (path, value) in [
            ("PowerSummary.Rechargeable", 1), ("PowerSummary.ConfigVoltage", 13.8), ("PowerSummary.Voltage", 13),
            ("PowerSummary.FullChargeCapacity", 100), ("PowerSummary.DesignCapacity", 100),
            ("PowerSummary.RemainingTimeLimit", 600), ("PowerSummary.CapacityMode", 2),
            ("PowerSummary.AverageTimeToFull", 7200), ("PowerSummary.AudibleAlarmControl", 2),
            ("Flow.[4].ConfigActivePower", 286), ("DelayBeforeReboot", -1), ("DelayBeforeShutdown", -1),
            ("PowerSummary.iDeviceChemistry", 4), ("PowerSummary.iOEMInformation", 5),
            ("PowerSummary.RemainingCapacity", 100), ("PowerSummary.RunTimeToEmpty", 2529),
            ("PowerSummary.RemainingCapacityLimit", 10), ("PowerSummary.WarningCapacityLimit", 10),
            ("PresentStatus.ACPresent", 1), ("PresentStatus.BatteryPresent", 1), ("PresentStatus.FullyCharged", 1),
        ] { reports.set(path, value) }
    }

    /// The smallest part of a River 3 Plus that a status and a charge need, for tests without recordings.
    static func river() throws -> EmulatedReports {
        var builder = ReportDescriptorBuilder()
        builder.usage("UPS")
        builder.collection(.application) { ups in
            ups.usage("PowerSummary")
            ups.collection(.logical) { summary in
                summary.field("RemainingCapacity", [.input, .feature], id: 0x0c, range: 0...100)
                summary.field("RemainingCapacityLimit", [.feature], id: 0x11, range: 0...100, flags: .dataVolatile)
                summary.field("WarningCapacityLimit", [.feature], id: 0x0f, range: 0...100, flags: .dataVolatile)
                summary.field(
                    "RunTimeToEmpty", [.input, .feature], id: 0x0d, size: 16, range: 0...65535, unit: .second)
                summary.field("ManufacturerDate", [.feature], id: 0x09, size: 16, range: 0...65535)
                summary.field("iDeviceChemistry", [.feature], id: 0x1f, range: 0...255)
                summary.usage("PresentStatus")
                summary.collection(.logical) { status in
                    for name in riverBits {
                        status.field(name, [.input, .feature], id: 7, size: 1, range: 0...1)
                    }
                    status.padding([.input, .feature], bits: 2)
                }
            }
        }
        var reports = EmulatedReports(try ReportDescriptor(parsing: builder.bytes))
        fill(&reports)
        return reports
    }

    /// The bits of report 07, lowest first.
    static let riverBits = [
        "Charging", "Discharging", "ACPresent", "BatteryPresent", "BelowRemainingCapacityLimit",
        "RemainingTimeLimitExpired", "NeedReplacement", "VoltageNotRegulated", "FullyCharged", "FullyDischarged",
        "ShutdownRequested", "ShutdownImminent", "CommunicationLost", "Overload",
    ]

    /// The invented EcoFlow with every path that NUT's table for it has, one report a variable.
    static func ecoFlowFull() throws -> EmulatedReports {
        var builder = ReportDescriptorBuilder()
        builder.usage("UPS")
        builder.collection(.application) { ups in
            ups.usage("PowerSummary")
            ups.collection(.physical) { ecoFlowSummary(&$0) }
            ups.usage("OutletSystem")
            ups.collection(.physical) { system in
                system.usage("Outlet")
                system.collection(.physical) { delays(&$0, 26) }
            }
            ups.usage("Flow")
            ups.collection(.numbered(4)) { flow in
                flow.field(
                    "ConfigActivePower", [.feature], id: 28, size: 16, range: 0...65535, unit: .watt, exponent: 7)
            }
        }
        var reports = EmulatedReports(try ReportDescriptor(parsing: builder.bytes))
        fill(&reports)
        return reports
    }

    private static func ecoFlowSummary(_ summary: inout ReportDescriptorBuilder) {
        for (id, name) in [(4, "iDeviceChemistry"), (5, "iOEMInformation"), (6, "Rechargeable")] {
            summary.field(name, [.feature], id: UInt8(id), range: 0...255)
        }
        delays(&summary, 7)
        summary.field("ManufacturerDate", [.feature], id: 9, size: 16, range: 0...65535)
        summary.field("ConfigVoltage", [.feature], id: 10, size: 16, range: 0...65535, unit: .volt, exponent: 5)
        summary.field("Voltage", [.feature, .input], id: 11, size: 16, range: 0...65535, unit: .volt, exponent: 5)
        summary.field("RemainingCapacity", [.feature, .input], id: 12, range: 0...100)
        summary.field("RunTimeToEmpty", [.feature, .input], id: 13, size: 16, range: 0...65535, unit: .second)
        for (id, name) in [
            (14, "FullChargeCapacity"), (15, "DesignCapacity"), (16, "WarningCapacityLimit"),
            (17, "RemainingCapacityLimit"),
        ] { summary.field(name, [.feature], id: UInt8(id), range: 0...100, flags: [.variable]) }
        summary.field("RemainingTimeLimit", [.feature], id: 18, size: 16, range: 0...65535, unit: .second)
        summary.field("AudibleAlarmControl", [.feature], id: 24, range: 1...3, flags: [.variable])
        summary.usage("PresentStatus")
        summary.collection(.logical) { status in
            for name in riverBits { status.field(name, [.feature, .input], id: 25, size: 1, range: 0...1) }
        }
    }

    private static func delays(_ builder: inout ReportDescriptorBuilder, _ id: UInt8) {
        for (offset, name) in ["DelayBeforeReboot", "DelayBeforeShutdown"].enumerated() {
            builder.field(
                name, [.feature, .input], id: id + UInt8(offset), size: 16, range: -1...32767, unit: .second,
                flags: [.variable])
        }
    }

    /// A Back-UPS ES 700G with 7 % load.
    static func apc() throws -> EmulatedReports {
        var builder = ReportDescriptorBuilder()
        builder.usage("UPS")
        builder.collection(.application) { ups in
            ups.usage("PowerSummary")
            ups.collection(.physical) { apcSummary(&$0) }
            ups.usage("Input")
            ups.collection(.physical) { input in
                input.field("ConfigVoltage", [.feature], id: 48, size: 16, range: 0...65535, unit: .volt, exponent: 7)
                input.field("Voltage", [.feature], id: 49, size: 16, range: 0...65535, unit: .volt, exponent: 7)
            }
            ups.usage("PowerConverter")
            ups.collection(.physical) { $0.field("PercentLoad", [.feature], id: 50, range: 0...255) }
        }
        var reports = EmulatedReports(try ReportDescriptor(parsing: builder.bytes))
        for (path, value) in [
            ("PowerSummary.iDeviceChemistry", 4), ("PowerSummary.ConfigVoltage", 24), ("PowerSummary.Voltage", 27.1),
            ("PowerSummary.WarningCapacityLimit", 50), ("PowerSummary.RemainingCapacityLimit", 10),
            ("PowerSummary.DelayBeforeShutdown", -1), ("Input.ConfigVoltage", 230), ("Input.Voltage", 230),
            ("PowerConverter.PercentLoad", 7), ("PowerSummary.RemainingCapacity", 100),
            ("PowerSummary.RunTimeToEmpty", 2100), ("PresentStatus.ACPresent", 1), ("PresentStatus.BatteryPresent", 1),
        ] { reports.set(path, value) }
        return reports
    }

    private static func apcSummary(_ summary: inout ReportDescriptorBuilder) {
        summary.field("iDeviceChemistry", [.feature], id: 3, range: 0...255)
        summary.field("ConfigVoltage", [.feature], id: 7, size: 16, range: 0...65535, unit: .volt, exponent: 5)
        summary.field("RemainingCapacity", [.feature, .input], id: 12, range: 0...100)
        summary.field("RunTimeToEmpty", [.feature, .input], id: 12, size: 16, range: 0...65535, unit: .second)
        summary.field("Voltage", [.feature], id: 13, size: 16, range: 0...65535, unit: .volt, exponent: 5)
        summary.field("WarningCapacityLimit", [.feature], id: 14, range: 0...100)
        summary.field("RemainingCapacityLimit", [.feature], id: 15, range: 0...100, flags: [.variable])
        summary.field(
            "DelayBeforeShutdown", [.feature], id: 16, size: 16, range: -1...32767, unit: .second, flags: [.variable])
        summary.usage("PresentStatus")
        summary.collection(.logical) { status in
            for name in [
                "Charging", "Discharging", "ACPresent", "BatteryPresent", "BelowRemainingCapacityLimit",
                "ShutdownImminent", "NeedReplacement", "Overload",
            ] { status.field(name, [.feature, .input], id: 22, size: 1, range: 0...1) }
        }
    }
}
