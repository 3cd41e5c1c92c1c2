internal import PowerCore

/// The report IDs of an EcoFlow power station whose values depend on something.
enum EcoFlowReport {
    static let presentStatus: UInt8 = 0x07
    static let remainingCapacity: UInt8 = 0x0c
    static let runTimeToEmpty: UInt8 = 0x0d
    static let remainingCapacityLimit: UInt8 = 0x11
}

extension EmulatedUPS {
    /// The reports that the descriptor also has as input reports.
    public static let inputReportIDs: [UInt8] = [0x07, 0x08, 0x0b, 0x0c, 0x0d, 0x14, 0x1c]

    /// The input reports that change while the device runs, and that it sends when they do.
    public static let changingReportIDs = [
        EcoFlowReport.presentStatus, EcoFlowReport.remainingCapacity, EcoFlowReport.runTimeToEmpty,
    ]

    /// The charge as report 0x0c gives it, in whole percent.
    public var shownCharge: UInt8 { UInt8(self.battery.charge.value.rounded()) }

    /// The runtime as report 0x0d gives it: minutes, where the descriptor says seconds.
    ///
    /// Counted down to nothing although the output ends at the discharge limit + 1 %.
    public var shownRuntime: UInt16 {
        switch self.traits.runtimeOnMains {
        case .sentinel(let minutes) where self.hasMains: return minutes
        case .sentinel, .selfConsumption:
            let load: Watts = self.hasMains ? .zero : self.load
            guard let runtime = self.battery.timeToEmpty(at: load) else { return .max }
            return UInt16(min(Double(UInt16.max), runtime / .seconds(60)))
        }
    }

    /// The two bytes of report 0x07 behind the ID.
    ///
    /// The bits for a low battery (4, 5, 11) are never set. At the cut-off the device takes back BatteryPresent and
    /// sets NeedReplacement and FullyDischarged.
    public var presentStatus: [UInt8] {
        guard self.battery.isOutputLive else { return [0x40, 0x02] }
        guard self.hasMains else { return [0x0a, 0x00] }
        if self.battery.isCharging { return [0x0d, 0x00] }
        return self.battery.isFull ? [0x0c, 0x01] : [0x0c, 0x00]
    }

    /// The feature report called `id`, nil where there is none.
    func feature(_ id: UInt8) -> [UInt8]? {
        switch id {
        case 0x01: Self.two(id, self.traits.activePower)
        case 0x06: [id, 1]
        case EcoFlowReport.presentStatus: [id] + self.presentStatus
        case 0x08: Self.two(id, self.traits.remainingTimeLimit)
        // ManufacturerDate: two bytes where the descriptor says three (River 3 Plus and Delta 3 Plus).
        case 0x09: [id, 0]
        case 0x0a: Self.two(id, 1380)
        // The voltage is the same at 100 % and at 0 %.
        case 0x0b: Self.two(id, 1300)
        case EcoFlowReport.remainingCapacity: [id, self.shownCharge]
        case EcoFlowReport.runTimeToEmpty: Self.two(id, self.shownRuntime)
        case 0x0e, 0x17: [id, 100]
        case 0x0f: [id, self.traits.warningCapacityLimit]
        case 0x10, 0x18: [id, 1]
        case EcoFlowReport.remainingCapacityLimit: [id, UInt8(self.battery.dischargeLimit.value)]
        case 0x12, 0x13: Self.two(id, 0xffff)
        // Always "enabled", whatever the app says.
        case 0x14: [id, 2]
        // Not published; 2 is "percent", which the capacities are in.
        case 0x16: [id, 2]
        case 0x1a: Self.two(id, 7200)
        // Said to make no sense; what it says is not published.
        case 0x1c: Self.two(id, 7200)
        case 0x1f: [id, 4]
        case 0x20: [id, 5]
        default: nil
        }
    }

    private static func two(_ id: UInt8, _ value: UInt16) -> [UInt8] {
        [id, UInt8(truncatingIfNeeded: value), UInt8(truncatingIfNeeded: value >> 8)]
    }
}
