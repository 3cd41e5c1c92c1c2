/// How a device is used once it has been found.
public struct USBOptions: Hashable, Sendable {
    /// How long a device may take for one answer.
    ///
    /// A UPS answers within a few milliseconds, slow ones within 100; NUT gives them 5 s for a report.
    public static let defaultTimeout = Duration.seconds(1)

    /// The number of the HID interface; nil for the first one the device has.
    public var interface: UInt8?
    /// How long the device may take for one answer.
    public var timeout: Duration
    /// Whether the reports that the device sends by itself are read; where not, they must be asked for.
    public var readsInputReports: Bool

    /// Whether report descriptor and languages are asked for when the device is opened; where not, the one is empty and
    /// the other the usual. Devices whose few reports are known need neither, and some do not answer.
    public var readsDescriptors: Bool

    /// Makes options.
    public init(
        interface: UInt8? = nil, timeout: Duration = USBOptions.defaultTimeout, readsInputReports: Bool = true,
        readsDescriptors: Bool = true
    ) {
        self.interface = interface
        self.timeout = timeout
        self.readsInputReports = readsInputReports
        self.readsDescriptors = readsDescriptors
    }

    /// For a device of which only reports are asked that are known beforehand: a relay board, a power strip.
    public static let knownReports = USBOptions(readsInputReports: false, readsDescriptors: false)
}
