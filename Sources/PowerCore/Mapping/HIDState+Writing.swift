public import HIDReport

/// A report to be sent with SET_REPORT.
public struct ReportWrite: Hashable, Sendable {
    /// The kind of report.
    public var type: ReportType
    /// The ID of the report.
    public var id: UInt8
    /// The bytes, the ID first where the device numbers its reports.
    public var bytes: [UInt8]

    /// Makes a report to be sent.
    public init(type: ReportType, id: UInt8, bytes: [UInt8]) {
        self.type = type
        self.id = id
        self.bytes = bytes
    }
}

/// Why a variable cannot be set or a command not be carried out.
public enum WriteRefusal: Error, Hashable, Sendable {
    /// The device has no such variable or command.
    case unknown
    /// The variable can only be read.
    case readOnly
    /// The text is no value that the variable can have, or lies outside what the device takes.
    case invalidValue
    /// The report holds other fields too and was never read, so that they cannot be kept.
    case notReadYet
}

extension HIDState {
    /// Says which report sets `variable` to `value`.
    ///
    /// The other fields of the report keep what the device last said of them. Nothing changes here: read the
    /// ``PollRound/settings`` reports afterwards.
    public func write(variable: String, value: String) throws(WriteRefusal) -> ReportWrite {
        guard let rule = self.rules.first(where: { $0.name == variable }) else { throw .unknown }
        guard let length = rule.writableLength, let field = self.items[rule.paths[0]]?.writable else {
            throw .readOnly
        }
        guard value.utf8.count <= length else { throw .invalidValue }
        switch rule.conversion {
        case .words(let words):
            guard let number = words.first(where: { $0.value == value })?.key else { throw .invalidValue }
            return try self.write(logical: number, to: field)
        case .date:
            guard let date = PackedDate(parsing: value) else { throw .invalidValue }
            return try self.write(logical: date.packed, to: field)
        case .number:
            guard let number = Self.number(parsing: value) else { throw .invalidValue }
            return try self.write(physical: number, to: field)
        case .scaled, .digitDate, .string, .percentSign, .celsius, .fixed, .product: throw .readOnly
        }
    }

    /// Says which reports carry out the instant command `name`, to be sent in this order.
    public func command(_ name: String, parameter: String? = nil) throws(WriteRefusal) -> [ReportWrite] {
        if let parts = Self.composites[name], self.commandNames.contains(name) {
            var writes: [ReportWrite] = []
            for part in parts { writes += try self.command(part.name, parameter: part.parameter) }
            return writes
        }
        guard let rule = self.mapping.commands.first(where: { $0.name == name }), let field = self.target(rule) else {
            throw .unknown
        }
        switch rule.value {
        case .fixed(let number): return [try self.write(physical: number, to: field)]
        case .parameter(let usual):
            guard let parameter, !parameter.isEmpty else { return [try self.write(physical: usual, to: field)] }
            guard let number = Self.number(parsing: parameter) else { throw .invalidValue }
            return [try self.write(physical: number, to: field)]
        }
    }

    /// The commands that the device can carry out, in alphabetical order.
    var commandNames: [String] {
        let simple = Set(self.mapping.commands.filter { self.target($0) != nil }.map(\.name))
        let composite = Self.composites.filter { $0.value.allSatisfy { simple.contains($0.name) } }.map(\.key)
        return (simple + composite).sorted()
    }

    /// Commands made of two: off now and on later, and off for good (-1 stops the startup timer).
    private static let composites: [String: [(name: String, parameter: String?)]] = [
        "shutdown.return": [("load.on.delay", nil), ("load.off.delay", nil)],
        "shutdown.stayoff": [("load.on.delay", "-1"), ("load.off.delay", nil)],
    ]

    /// What the device must say before the command `name` counts as carried out; nil where the write is enough.
    func proof(of name: String) -> CommandRule.Proof? {
        self.mapping.commands.first { $0.name == name }?.proof
    }

    /// The report that says whether a command has worked; nil where the device has none.
    func report(of proof: CommandRule.Proof) -> ReportRequest? {
        self.items[proof.path]?.readable.map(self.request)
    }

    /// Whether the device has last said that a command has worked.
    func holds(_ proof: CommandRule.Proof) -> Bool {
        self.held[proof.path]?.logical == proof.number
    }

    private func target(_ rule: CommandRule) -> ReportField? {
        rule.paths.lazy.compactMap { self.items[$0]?.writable }.first
    }

    private func write(physical: Double, to field: ReportField) throws(WriteRefusal) -> ReportWrite {
        guard let logical = field.logical(fromPhysical: physical) else { throw .invalidValue }
        // The nearest number must be the one meant: no limit cut to the greatest, no delay of 20 s become none on a
        // device that counts minutes.
        let step = (field.physical(fromLogical: 1) - field.physical(fromLogical: 0)).magnitude
        let error = (field.physical(fromLogical: logical) - physical).magnitude
        guard error <= step * 0.5001, logical != 0 || error == 0 else { throw .invalidValue }
        return try self.write(logical: logical, to: field)
    }

    private func write(logical: Int, to field: ReportField) throws(WriteRefusal) -> ReportWrite {
        guard field.clamped(logical) == logical else { throw .invalidValue }
        let known = field.type == .feature ? self.featureReports[field.reportID] : nil
        let others = self.descriptor.fields(of: field.type, id: field.reportID).filter { !$0.isPadding }
        guard known != nil || others.count <= 1 else { throw .notReadYet }
        guard
            var writer = ReportWriter(self.descriptor, field.type, id: field.reportID, over: known ?? []),
            writer.set(logical: logical, at: field)
        else { throw .invalidValue }
        return ReportWrite(type: field.type, id: field.reportID, bytes: writer.bytes)
    }

    /// A number in decimal notation and nothing else.
    private static func number(parsing text: String) -> Double? {
        guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) || $0 == 0x2d || $0 == 0x2e }) else { return nil }
        return Double(text)
    }
}
