public import HIDReport
public import PowerCore

/// An EcoFlow power station as it shows itself over HID, lies included.
///
/// What it shows, with the firmware it was seen on, is in the comments of the reports. A value: who owns it lets time
/// pass, and asks for reports or sends them.
public struct EmulatedUPS: Hashable, Sendable {
    /// What tells this model from others.
    public let traits: EmulatedUPSTraits
    /// The serial number, unique in a rack.
    public let serial: String
    /// The battery behind it.
    public var battery: BatteryModel
    /// Whether mains is there.
    public private(set) var hasMains = true
    /// What was drawn from the outputs when time last passed.
    public private(set) var load: Watts = .zero

    /// Makes a UPS on mains.
    public init(_ traits: EmulatedUPSTraits, serial: String, charge: Percent = 100) {
        self.traits = traits
        self.serial = serial
        self.battery = traits.battery
        self.battery.setCharge(charge)
    }

    /// Lets `time` pass while the output gives `load`, with mains or without.
    public mutating func advance(by time: Duration, load: Watts, mains: Bool) {
        self.hasMains = mains
        self.battery.advance(by: time, load: load, mains: mains)
        self.load = self.battery.isOutputLive ? load : .zero
    }

    /// The reply to `GET_REPORT`, the ID first; nil for a report the device does not know, which it stalls.
    public func report(_ type: ReportType, id: UInt8) -> [UInt8]? {
        switch type {
        case .feature: self.feature(id)
        // Whether the real device answers this is not published; the bytes would be the same.
        case .input: Self.inputReportIDs.contains(id) ? self.feature(id) : nil
        case .output: nil
        }
    }

    /// Takes a `SET_REPORT` of `bytes`, the ID first; false when the device does not know the report.
    ///
    /// Report 0x11 is stored and moves the discharge limit. The others that the descriptor calls writable are taken
    /// without effect, as nobody saw one.
    public mutating func setReport(_ type: ReportType, id: UInt8, bytes: [UInt8]) -> Bool {
        guard type == .feature, self.feature(id) != nil else { return false }
        if id == EcoFlowReport.remainingCapacityLimit, bytes.count >= 2, bytes[1] <= 100 {
            self.battery.dischargeLimit = Percent(Double(bytes[1]))
        }
        return true
    }

    /// The string descriptor at `index`, nil where the device has none.
    public func string(at index: UInt8) -> String? {
        switch index {
        case 1: EmulatedUPSTraits.manufacturer
        case 2: self.traits.product
        case 3: self.serial
        // Chemistry and OEM information: named by reports 0x1f and 0x20, and empty (River 3 Plus).
        case 4, 5: ""
        default: nil
        }
    }
}
