/// Puts together the bytes of a report descriptor, item by item or field by field.
///
/// The calls named for items (``reportSize(_:)``) always emit their item, in the fewest bytes that hold the number or
/// in as many as asked for, so that a device's descriptor can be had byte for byte. ``field(_:_:_:size:)`` emits what has
/// changed since and nothing else.
///
/// ```swift
/// var builder = ReportDescriptorBuilder()
/// builder.usage("UPS")
/// builder.collection(.application) { ups in
///     ups.usage("PowerSummary")
///     ups.collection(.physical) { summary in
///         summary.reportID(0x0c)
///         summary.logicalMaximum(100, width: 2)
///         summary.field("RemainingCapacity", [.input, .feature], .constantVolatile, size: 8)
///     }
/// }
/// let descriptor = try ReportDescriptor(parsing: builder.bytes)
/// ```
public struct ReportDescriptorBuilder: Sendable {
    /// What a collection groups (HID 1.11, 6.2.2.6).
    public enum Collection: Hashable, Sendable {
        /// Data of one point.
        case physical
        /// A device or a function of it.
        case application
        /// Data that belong together.
        case logical
        /// One of several alike, shown as `[n]` in a path; 0 to 127.
        case numbered(UInt8)
        /// Any other type by its number.
        case other(UInt8)

        var code: UInt8 {
            switch self {
            case .physical: 0x00
            case .application: 0x01
            case .logical: 0x02
            case .numbered(let number): 0x80 | (number & 0x7f)
            case .other(let code): code
            }
        }
    }

    /// The descriptor so far.
    public private(set) var bytes: [UInt8] = []

    /// The data of the global items in force, by tag; what was never given is 0 as the parser takes it.
    private var globals: [UInt8: Int] = [:]

    /// Makes an empty builder.
    public init() {}

    /// Emits any item: its prefix without the size bits, and its data in `width` bytes (0, 1, 2 or 4).
    ///
    /// Without a width the data take the fewest bytes that hold them, with a sign where `isSigned`. Data that do not
    /// fit are cut.
    public mutating func item(_ tag: UInt8, _ data: Int, width: Int? = nil, isSigned: Bool = false) {
        let width = width ?? Self.width(of: data, isSigned: isSigned)
        let code: UInt8 = width >= 4 ? 3 : UInt8(max(0, width))
        self.bytes.append(tag & 0xfc | code)
        for index in 0..<(code == 3 ? 4 : Int(code)) {
            self.bytes.append(UInt8(truncatingIfNeeded: data >> (8 * index)))
        }
        if Self.isGlobal(tag) { self.globals[tag & 0xfc] = data }
    }

    /// Emits bytes as they are, for what a device should not have sent.
    public mutating func raw(_ bytes: [UInt8]) {
        self.bytes += bytes
    }

    /// Emits a Usage Page.
    public mutating func usagePage(_ page: UInt16, width: Int? = nil) {
        self.item(0x04, Int(page), width: width)
    }

    /// Emits a Usage by its number on the page in force.
    public mutating func usage(id: UInt16, width: Int? = nil) {
        self.item(0x08, Int(id), width: width)
    }

    /// Emits a Usage, and before it the Usage Page where another one is in force.
    public mutating func usage(_ usage: Usage) {
        self.change(0x04, to: Int(usage.page))
        self.usage(id: usage.id)
    }

    /// Emits a Usage by NUT's name for it, with its page where needed; nothing where the name is not known.
    public mutating func usage(_ name: String) {
        guard let usage = Usage(named: name) else { return }
        self.usage(usage)
    }

    /// Emits a Report ID.
    public mutating func reportID(_ id: UInt8) { self.item(0x84, Int(id)) }

    /// Emits a Report Size, in bits.
    public mutating func reportSize(_ size: Int, width: Int? = nil) { self.item(0x74, size, width: width) }

    /// Emits a Report Count.
    public mutating func reportCount(_ count: Int, width: Int? = nil) { self.item(0x94, count, width: width) }

    /// Emits a Logical Minimum.
    public mutating func logicalMinimum(_ number: Int, width: Int? = nil) {
        self.item(0x14, number, width: width, isSigned: true)
    }

    /// Emits a Logical Maximum.
    public mutating func logicalMaximum(_ number: Int, width: Int? = nil) {
        self.item(0x24, number, width: width, isSigned: true)
    }

    /// Emits a Physical Minimum.
    public mutating func physicalMinimum(_ number: Int, width: Int? = nil) {
        self.item(0x34, number, width: width, isSigned: true)
    }

    /// Emits a Physical Maximum.
    public mutating func physicalMaximum(_ number: Int, width: Int? = nil) {
        self.item(0x44, number, width: width, isSigned: true)
    }

    /// Emits a Unit by its code.
    public mutating func unit(_ code: UInt32, width: Int? = nil) { self.item(0x64, Int(code), width: width) }

    /// Emits a Unit.
    public mutating func unit(_ unit: HIDUnit, width: Int? = nil) { self.unit(unit.rawValue, width: width) }

    /// Emits a Unit Exponent, -8 to 7, as the nibble it is.
    public mutating func unitExponent(_ exponent: Int) { self.item(0x54, exponent & 0x0f, width: 1) }

    /// Emits a String Index, which belongs to the next main item.
    public mutating func stringIndex(_ index: UInt8) { self.item(0x78, Int(index)) }

    /// Emits a main item of `type`, which makes fields of all that was emitted before it.
    public mutating func main(_ type: ReportType, _ flags: ReportField.Flags, width: Int? = nil) {
        let tag: UInt8 =
            switch type {
            case .input: 0x80
            case .output: 0x90
            case .feature: 0xb0
            }
        self.item(tag, Int(flags.rawValue), width: width)
    }

    /// Emits a Collection of the usage emitted before, what `content` emits, and End Collection.
    public mutating func collection(_ kind: Collection, _ content: (inout ReportDescriptorBuilder) -> Void) {
        self.beginCollection(kind)
        content(&self)
        self.endCollection()
    }

    /// Emits a Collection of the usage emitted before.
    public mutating func beginCollection(_ kind: Collection) { self.item(0xa0, Int(kind.code), width: 1) }

    /// Emits an End Collection.
    public mutating func endCollection() { self.item(0xc0, 0, width: 0) }

    /// Emits one field per type, each with its usage, under the global items in force.
    ///
    /// Emits Report Size, Report Count and Usage Page where they differ from what is in force.
    public mutating func field(_ name: String, _ types: [ReportType], _ flags: ReportField.Flags, size: Int) {
        self.change(0x74, to: size)
        self.change(0x94, to: 1)
        for type in types {
            self.usage(name)
            self.main(type, flags)
        }
    }

    /// Emits one field per type in report `id`, with the global items that differ from what is in force.
    public mutating func field(
        _ name: String, _ types: [ReportType], id: UInt8, size: Int = 8, range: ClosedRange<Int>,
        unit: HIDUnit = .none, exponent: Int = 0, flags: ReportField.Flags = [.constant, .variable]
    ) {
        self.change(0x84, to: Int(id))
        self.change(0x14, to: range.lowerBound, isSigned: true)
        self.change(0x24, to: range.upperBound, isSigned: true)
        self.change(0x64, to: Int(unit.rawValue))
        self.change(0x54, to: exponent & 0x0f)
        self.field(name, types, flags, size: size)
    }

    /// Emits padding of `bits` bits.
    public mutating func padding(_ types: [ReportType], bits: Int) {
        self.change(0x74, to: bits)
        self.change(0x94, to: 1)
        for type in types { self.main(type, [.constant]) }
    }

    private mutating func change(_ tag: UInt8, to data: Int, isSigned: Bool = false) {
        guard self.globals[tag, default: 0] != data else { return }
        self.item(tag, data, isSigned: isSigned)
    }

    private static func isGlobal(_ tag: UInt8) -> Bool { tag & 0x0c == 0x04 }

    private static func width(of data: Int, isSigned: Bool) -> Int {
        let bits = isSigned ? 1 + (data < 0 ? ~data : data).significantBits : data.significantBits
        return bits <= 8 ? 1 : bits <= 16 ? 2 : 4
    }
}

extension Int {
    /// The bits that a number of 0 or more needs; all of them for a negative one.
    fileprivate var significantBits: Int { Int.bitWidth - self.leadingZeroBitCount }
}

extension ReportField.Flags {
    /// What the device measures and the host cannot change: constant, variable, no preferred state, volatile (`a3`).
    public static let constantVolatile: ReportField.Flags = [.constant, .variable, .noPreferred, .volatile]
    /// What the host may change and the device as well: variable, no preferred state, volatile (`a2`).
    public static let dataVolatile: ReportField.Flags = [.variable, .noPreferred, .volatile]
    /// What never changes: constant, variable, no preferred state (`23`).
    public static let fixed: ReportField.Flags = [.constant, .variable, .noPreferred]
}
