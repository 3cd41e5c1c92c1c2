/// The units that power devices use, as HID codes them (Power Device Class 1.1, 3.2.3).
public enum HIDUnit: UInt32, Hashable, Sendable, CaseIterable {
    /// No unit.
    case none = 0
    /// Volts, in steps of 10^-7 at exponent 0.
    case volt = 0x00f0_d121
    /// Watts and volt-amperes, in steps of 10^-7 at exponent 0.
    case watt = 0x0000_d121
    /// Amperes.
    case ampere = 0x0010_0001
    /// Seconds.
    case second = 0x0000_1001
    /// Kelvins.
    case kelvin = 0x0001_0001
    /// Hertz.
    case hertz = 0x0000_f001
    /// Ampere-seconds.
    case ampereSecond = 0x0010_1001
}
