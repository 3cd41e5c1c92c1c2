/// What tells one USB device from the others, in the words of NUT's users.
///
/// A device is meant when every field that is given matches. Fields are POSIX extended regular expressions that ignore
/// case and must match the whole text; numbers may be written short (`51d`, `0x051d`, `bus = 1`).
public struct USBMatch: Sendable, CustomStringConvertible {
    /// Something by which a device can be known; the raw values are NUT's names.
    public enum Field: String, Hashable, Sendable, CaseIterable {
        /// Four hexadecimal digits, `3746`.
        case vendorID = "vendorid"
        /// Four hexadecimal digits, `ffff`.
        case productID = "productid"
        /// The manufacturer string.
        case vendor
        /// The product string.
        case product
        /// The serial number string; the surest way to tell two of the same kind apart.
        case serial
        /// Three decimal digits, `001`.
        case bus
        /// The number on the bus, three decimal digits; changes with each replug.
        case device
        /// The port of the hub it is plugged into, three decimal digits.
        case busPort = "busport"
        /// The whole place, `1-2.4`, compared as it is; NUT's `auto` says nothing.
        case port
    }

    private enum Criterion: Sendable {
        case pattern(USBPattern)
        case number(UInt8)
        case path(USBPortPath)
    }

    /// The fields as they were given.
    public let fields: [Field: String]
    /// The kinds of device that count where neither `vendorid` nor `productid` is given.
    public let known: [USBDeviceID]

    private var criteria: [Field: Criterion]

    /// Prepares looking for a device.
    ///
    /// - Parameters:
    ///   - fields: What the device must match; none means any device of the `known` kinds.
    ///   - known: The kinds of device that count where `fields` does not say a vendor or product number.
    /// - Throws: the first field that cannot be used, in the order of ``Field``.
    public init(_ fields: [Field: String], known: [USBDeviceID] = USBDeviceID.powerDevices) throws(USBMatchError) {
        var criteria: [Field: Criterion] = [:]
        for field in Field.allCases {
            guard let value = fields[field] else { continue }
            do throws(USBMatchError.Reason) {
                criteria[field] = try Self.criterion(for: field, value)
            } catch {
                throw USBMatchError(field: field, value: value, reason: error)
            }
        }
        self.fields = fields
        self.known = known
        self.criteria = criteria
    }

    /// Whether `device` is meant.
    public func accepts(_ device: USBDeviceDescription) -> Bool {
        !device.hidInterfaces.isEmpty && self.acceptsNumbers(of: device)
            && Self.textFields.allSatisfy { self.accepts(Self.text(of: $0, in: device), as: $0) }
    }

    /// Whether ids and place of `device` are meant; its strings and interfaces need not be known.
    func acceptsNumbers(of device: USBDeviceDescription) -> Bool {
        if self.criteria[.vendorID] == nil, self.criteria[.productID] == nil {
            guard self.known.contains(where: { $0.covers(device) }) else { return false }
        }
        return Field.allCases.allSatisfy {
            Self.textFields.contains($0) || self.accepts(Self.text(of: $0, in: device), as: $0)
        }
    }

    /// Whether a string that is not known decides about `device`.
    func needsStrings(of device: USBDeviceDescription) -> Bool {
        Self.textFields.contains { self.criteria[$0] != nil && Self.text(of: $0, in: device).isEmpty }
    }

    /// What is looked for, for messages: `vendorid = 3746, serial = R631.*`.
    public var description: String {
        let words = Field.allCases.compactMap { field in self.fields[field].map { "\(field.rawValue) = \($0)" } }
        guard words.isEmpty else { return words.joined(separator: ", ") }
        guard self.known != USBDeviceID.powerDevices else { return "any UPS known by its numbers" }
        return "any of \(self.known.map(\.description).joined(separator: ", "))"
    }

    /// The same, and at that place.
    func narrowed(to place: USBPortPath) -> USBMatch {
        var narrow = self
        narrow.criteria[.port] = .path(place)
        return narrow
    }

    /// The fields that are strings of the device.
    static let textFields: Set<Field> = [.vendor, .product, .serial]

    private func accepts(_ text: String, as field: Field) -> Bool {
        switch self.criteria[field] {
        case nil: true
        case .pattern(let pattern): pattern.matches(text)
        case .number(let number): UInt8(text) == number
        case .path(let path): path.description == text
        }
    }

    private static func text(of field: Field, in device: USBDeviceDescription) -> String {
        switch field {
        case .vendorID: hex(device.vendorID)
        case .productID: hex(device.productID)
        case .vendor: device.manufacturer
        case .product: device.product
        case .serial: device.serial
        case .bus: threeDigits(device.bus)
        case .device: threeDigits(device.address)
        case .busPort: threeDigits(device.portPath.ports.last ?? 0)
        case .port: device.portPath.description
        }
    }

    private static func criterion(for field: Field, _ value: String) throws(USBMatchError.Reason) -> Criterion? {
        let value = value.trimmed
        switch field {
        case .port:
            if value.isEmpty || value.lowercased() == "auto" { return nil }
            guard let path = USBPortPath(parsing: value) else { throw .notAPort }
            return .path(path)
        case .bus, .device, .busPort:
            guard value.allSatisfy(\.isNumber) else { return .pattern(try Self.pattern(value)) }
            guard let number = UInt8(value) else { throw .notANumber }
            return .number(number)
        case .vendorID, .productID:
            return .pattern(try Self.pattern(Self.fourDigits(value) ?? value))
        case .vendor, .product, .serial:
            return .pattern(try Self.pattern(value))
        }
    }

    private static func pattern(_ value: String) throws(USBMatchError.Reason) -> USBPattern {
        do throws(USBPattern.Invalid) {
            return try USBPattern(value)
        } catch {
            throw .notAnExpression(error.message)
        }
    }

    /// `51d` and `0x51D` as `051d`; nil for what is more than a number.
    private static func fourDigits(_ value: String) -> String? {
        let digits = value.lowercased().hasPrefix("0x") ? value.dropFirst(2) : value[...]
        guard !digits.isEmpty, digits.allSatisfy(\.isHexDigit) else { return nil }
        return UInt16(digits, radix: 16).map(hex)
    }
}
