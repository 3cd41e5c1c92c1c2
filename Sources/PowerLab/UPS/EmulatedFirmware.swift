/// A generation of the firmware of an emulated UPS.
public enum EmulatedFirmware: String, Hashable, Sendable, CaseIterable {
    /// What was delivered until December 2024: short product names, River 3 Plus with 260 Wh, a runtime sentinel.
    case december2024 = "2024-12"
    /// V1.32.76.52 and later, of 2025 and 2026.
    case current
}
