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

    /// Makes options.
    public init(
        interface: UInt8? = nil, timeout: Duration = USBOptions.defaultTimeout, readsInputReports: Bool = true
    ) {
        self.interface = interface
        self.timeout = timeout
        self.readsInputReports = readsInputReports
    }
}
