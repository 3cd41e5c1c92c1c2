public import HIDReport

/// What is known of one HID UPS: the latest value of every usage path, folded from the reports as they come.
///
/// A driver asks for the reports of ``reportsToRead(_:)``, gives every report (asked for or sent unasked) to
/// ``take(_:type:at:)`` and the strings of ``stringIndexesWanted`` to ``take(string:at:)``, and makes a reading of it
/// with ``reading()`` whenever it likes.
public struct HIDState: Sendable {
    /// A report worth asking for with GET_REPORT.
    public struct ReportRequest: Hashable, Sendable {
        /// The kind of report.
        public var type: ReportType
        /// The ID of the report.
        public var id: UInt8
        /// The bytes on the wire, the ID included; the device may send fewer.
        public var byteCount: Int
    }

    /// Who the device is.
    public let identity: HIDIdentity
    /// What its reports look like, known faults repaired.
    public let descriptor: ReportDescriptor
    /// What its usage paths mean.
    public let mapping: HIDMapping
    /// When the last report was taken; nil before the first.
    public private(set) var lastReport: Moment?

    let items: [String: Item]
    let rules: [VariableRule]
    private(set) var held: [String: Held] = [:]
    private(set) var strings: [UInt8: String] = [:]
    private(set) var featureReports: [UInt8: [UInt8]] = [:]
    private var scales: [String: Double] = [:]
    private let reader: ReportReader
    private var reportCount = 0

    /// The fields that one usage path has in the descriptor.
    struct Item: Sendable {
        var feature: ReportField?
        var input: ReportField?
        var output: ReportField?

        /// The field to ask for: a Feature where there is one, for that is what NUT has always asked devices for.
        var readable: ReportField? { self.feature ?? self.input }
        /// The field to write to.
        var writable: ReportField? { self.feature ?? self.output }
    }

    /// The latest value of a usage path.
    struct Held: Sendable {
        var logical: Int
        var physical: Double
        /// The number of the report it came with: of two paths for one condition the later one speaks.
        var order: Int
    }

    /// Makes a state that knows nothing yet, with the mapping that `identity` calls for.
    public init(identity: HIDIdentity, descriptor: ReportDescriptor) {
        let mapping = HIDMapping.mapping(for: identity)
        var descriptor = descriptor
        for limits in mapping.limitRepairs { limits.repair(&descriptor) }
        let items = Self.items(of: descriptor)
        self.identity = identity
        self.mapping = mapping
        self.descriptor = descriptor
        self.reader = ReportReader(descriptor)
        self.items = items
        self.rules = Self.applicable(mapping.variables, items)
    }

    /// Takes the values of a report, and says whether any of them is new or has changed.
    ///
    /// An Input report moves the same paths as a Feature report. A field that a short report does not reach keeps what
    /// it had: a status report cut to its ID must not read as mains lost. A field that it reaches in part counts, the
    /// missing bytes as 0 (EcoFlow River 3 Plus, report 0x09: 2 of 3 bytes).
    @discardableResult
    public mutating func take(_ bytes: [UInt8], type: ReportType, at moment: Moment) -> Bool {
        let payload = bytes.count - (self.descriptor.usesReportIDs ? 1 : 0)
        let values = self.reader.read(bytes, as: type)
            .filter { $0.field.repetition == 0 && $0.field.bitOffset < payload * 8 }
        guard let id = self.reader.reportID(of: bytes), !values.isEmpty else { return false }
        if type == .feature { self.featureReports[id] = bytes }
        self.lastReport = moment
        self.reportCount &+= 1
        var isNews = false
        for value in values {
            guard let path = value.field.path.map(Self.key) else { continue }
            isNews = isNews || self.held[path]?.logical != value.logical
            self.held[path] = Held(logical: value.logical, physical: value.physical, order: self.reportCount)
        }
        self.settleScales()
        return isNews
    }

    /// Takes the string descriptor at `index`; empty where the device has none.
    public mutating func take(string: String, at index: UInt8) {
        self.strings[index] = string
    }

    /// The string descriptors that variables need and that were not given yet, in ascending order.
    public var stringIndexesWanted: [UInt8] {
        var wanted: Set<UInt8> = []
        for rule in self.rules {
            guard case .string = rule.conversion, let held = self.held[rule.paths[0]] else { continue }
            guard let index = UInt8(exactly: held.logical), index != 0, self.strings[index] == nil else { continue }
            wanted.insert(index)
        }
        return wanted.sorted()
    }

    /// The reports to ask for in one round, in ascending order of their IDs.
    public func reportsToRead(_ round: PollRound) -> [ReportRequest] {
        var requests: Set<ReportRequest> = []
        for (path, poll) in self.pathsInUse where poll <= round.slowest {
            guard let field = self.items[path]?.readable else { continue }
            requests.insert(self.request(field))
        }
        return requests.sorted { ($0.type.rawValue, $0.id) < ($1.type.rawValue, $1.id) }
    }

    /// The report that holds a field.
    func request(_ field: ReportField) -> ReportRequest {
        let count = self.descriptor.byteCount(of: field.type, id: field.reportID) ?? 0
        return ReportRequest(type: field.type, id: field.reportID, byteCount: count)
    }

    /// The number a path stands for in everyday units, known faults of scale repaired; nil before it is known.
    func number(_ path: String) -> Double? {
        guard let held = self.held[path] else { return nil }
        let number = held.physical * self.scales[path, default: 1]
        return number.isFinite ? number : nil
    }

    /// The paths that mean something, each with how often it is worth reading.
    private var pathsInUse: [(path: String, poll: PollClass)] {
        var paths = self.rules.flatMap { rule in rule.paths.map { (path: $0, poll: rule.poll) } }
        paths += self.mapping.conditions.map { ($0.path, .quick) }
        if let limit = self.mapping.dischargeLimitPath { paths.append((limit, .semiStatic)) }
        if let model = self.mapping.modelNumberPath { paths.append((model, .once)) }
        for rule in self.rules {
            if case .product(let other, _) = rule.conversion { paths.append((other, rule.poll)) }
        }
        return paths
    }

    private mutating func settleScales() {
        for repair in self.mapping.scaleRepairs where self.scales[repair.path] == nil {
            let reference = repair.reference.flatMap { self.held[$0]?.physical }
            self.scales[repair.path] = repair.factor(
                value: self.held[repair.path]?.physical, reference: reference)
        }
    }

    /// A path as the tables write it: without the `UPS.` that all devices begin with.
    private static func key(_ path: UsagePath) -> String {
        let text = path.description
        return text.hasPrefix("UPS.") ? String(text.dropFirst(4)) : text
    }

    private static func items(of descriptor: ReportDescriptor) -> [String: Item] {
        var items: [String: Item] = [:]
        for field in descriptor.fields where field.repetition == 0 && field.isNumber {
            guard let path = field.path.map(Self.key) else { continue }
            // Of two fields of one kind with one path the first counts, as for NUT.
            switch field.type {
            case .feature: if items[path]?.feature == nil { items[path, default: Item()].feature = field }
            case .input: if items[path]?.input == nil { items[path, default: Item()].input = field }
            case .output: if items[path]?.output == nil { items[path, default: Item()].output = field }
            }
        }
        return items
    }

    /// The rules that the device can serve, each with the one path that serves it.
    private static func applicable(_ rules: [VariableRule], _ items: [String: Item]) -> [VariableRule] {
        var names: Set<String> = []
        return rules.compactMap { rule in
            guard !names.contains(rule.name) else { return nil }
            guard let path = rule.paths.first(where: { items[$0]?.readable != nil }) else { return nil }
            if case .product(let other, _) = rule.conversion, items[other]?.readable == nil { return nil }
            names.insert(rule.name)
            var served = rule
            served.paths = [path]
            return served
        }
    }
}
