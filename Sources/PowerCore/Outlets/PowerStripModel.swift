/// A power strip of the family "SiS-PM" (Gembird, EnerGenie; 04b4) and the reports of its outlets.
///
/// Source: sispmctl, whose numbers of reports have been in use since 2004. Of the old mSIS-PM it is known from there only
/// that its one outlet is report 0.
struct PowerStripModel: Hashable, Sendable {
    /// The name, for devices that say none of themselves.
    var name: String
    /// The feature report of each outlet, the first for outlet 1.
    var reports: [UInt8]

    /// The vendor's number, which belongs to the maker of the chip.
    static let vendor: UInt16 = 0x04b4
    /// The products known.
    static let products: [UInt16: PowerStripModel] = [
        0xfd10: PowerStripModel(name: "mSIS-PM", reports: [0]),
        0xfd11: PowerStripModel(name: "SIS-PM", reports: Self.four),
        0xfd12: PowerStripModel(name: "mSIS-PM", reports: [3]),
        0xfd13: PowerStripModel(name: "SIS-PM", reports: Self.four),
        0xfd15: PowerStripModel(name: "EG-PMS2", reports: Self.four),
    ]

    /// The report that holds the serial number.
    static let serialReport: UInt8 = 1
    /// The bytes of every report, the number first.
    static let length = 5

    private static let four: [UInt8] = [3, 6, 9, 12]

    /// The model of a device; nil where it is no such strip.
    init?(of identity: HIDIdentity) {
        guard identity.vendorID == Self.vendor, let model = Self.products[identity.productID] else { return nil }
        self = model
    }

    private init(name: String, reports: [UInt8]) {
        self.name = name
        self.reports = reports
    }

    /// The report of an outlet, 1 and up; nil where there is no such outlet.
    func report(of outlet: Int) -> UInt8? {
        (1...self.reports.count).contains(outlet) ? self.reports[outlet - 1] : nil
    }

    /// The report that puts an outlet into a position.
    static func order(_ report: UInt8, _ position: OutletPosition) -> [UInt8] {
        [report, position == .on ? 3 : 0, 0, 0, 0]
    }

    /// A serial number as `sispmctl -s` shows it (`01:02:03:5a:5b`).
    static func serial(_ bytes: [UInt8]) -> String {
        bytes.map { "\($0 < 16 ? "0" : "")\(String($0, radix: 16))" }.joined(separator: ":")
    }
}

/// What a strip says of one outlet.
struct PowerStripOutlet: Hashable, Sendable {
    /// How its relay stands, which is not whether there is power: a strip without mains moves its relays all the same.
    var position: OutletPosition
    /// Whether there is mains at the strip.
    var hasMains: Bool

    /// Reads an answer that was checked to be the outlet's report: in its second byte bit 0 is the relay, bit 1 the mains.
    init?(_ bytes: [UInt8]) {
        guard bytes.count >= 2 else { return nil }
        self.position = bytes[1] & 1 == 1 ? .on : .off
        self.hasMains = bytes[1] & 2 == 2
    }
}
