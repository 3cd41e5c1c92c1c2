/// Walks through the items of a report descriptor and collects its fields.
struct DescriptorParser {
    private(set) var fields: [ReportField] = []
    private(set) var usesReportIDs = false
    private(set) var warnings: [ReportDescriptor.Warning] = []

    private var globals = DescriptorGlobals()
    private var pushed: [DescriptorGlobals] = []
    private var locals = DescriptorLocals()
    /// The usages of the open collections, and how many of them each collection added (2 with a number, else 1).
    private var nodes: [Usage] = []
    private var nodeCounts: [Int] = []
    /// Bits taken in each report so far, by type and ID.
    private var bitCounts: [UInt16: Int] = [:]

    mutating func parse(_ bytes: [UInt8]) throws(ReportDescriptorError) {
        var offset = 0
        walk: while offset < bytes.count {
            switch DescriptorItem.read(bytes, at: offset) {
            case .item(let item, let next):
                try self.handle(item)
                offset = next
            case .skip(let next):
                offset = next
            case .truncated:
                self.warnings.append(.truncatedItem(offset: offset))
                break walk
            }
        }
        if !self.nodeCounts.isEmpty { self.warnings.append(.openCollections(self.nodeCounts.count)) }
    }

    /// Tags as in HID 1.11, 6.2.2.4 (main), 6.2.2.7 (global) and 6.2.2.8 (local); reserved ones are passed over.
    private mutating func handle(_ item: DescriptorItem) throws(ReportDescriptorError) {
        switch item.tag {
        case 0x80: try self.addFields(.input, item)
        case 0x90: try self.addFields(.output, item)
        case 0xb0: try self.addFields(.feature, item)
        case 0xa0: try self.beginCollection(item)
        case 0xc0: self.endCollection(item)
        case 0x84: try self.setReportID(item)
        case 0xa4: try self.push(item)
        case 0xb4: self.pop(item)
        default:
            if !self.globals.take(item) { self.locals.take(item, page: self.globals.usagePage) }
        }
    }

    private mutating func setReportID(_ item: DescriptorItem) throws(ReportDescriptorError) {
        guard let id = UInt8(exactly: item.unsigned) else { throw .reportIDOutOfRange(offset: item.offset) }
        self.globals.reportID = id
        // ID 0 is reserved and is never on the wire (HID 1.11, 6.2.2.7).
        if id != 0 { self.usesReportIDs = true }
    }

    private mutating func push(_ item: DescriptorItem) throws(ReportDescriptorError) {
        guard self.pushed.count < ReportDescriptor.maximumPushes else { throw .pushedTooDeep(offset: item.offset) }
        self.pushed.append(self.globals)
    }

    private mutating func pop(_ item: DescriptorItem) {
        guard let globals = self.pushed.popLast() else {
            self.warn(.strayPop(offset: item.offset))
            return
        }
        self.globals = globals
    }

    private mutating func beginCollection(_ item: DescriptorItem) throws(ReportDescriptorError) {
        guard self.nodeCounts.count < ReportDescriptor.maximumDepth else { throw .nestedTooDeep(offset: item.offset) }
        let before = self.nodes.count
        self.nodes.append(self.locals.usage(at: 0) ?? Usage(rawValue: 0))
        if item.unsigned & 0x80 != 0 {
            self.nodes.append(Usage(page: Usage.collectionPage, id: UInt16(item.unsigned & 0x7f)))
        }
        self.nodeCounts.append(self.nodes.count - before)
        self.locals = DescriptorLocals()
    }

    private mutating func endCollection(_ item: DescriptorItem) {
        self.locals = DescriptorLocals()
        guard let count = self.nodeCounts.popLast() else {
            self.warn(.strayEndCollection(offset: item.offset))
            return
        }
        self.nodes.removeLast(count)
    }

    private mutating func addFields(_ type: ReportType, _ item: DescriptorItem) throws(ReportDescriptorError) {
        defer { self.locals = DescriptorLocals() }
        let size = Int(self.globals.reportSize)
        let count = Int(self.globals.reportCount)
        let (bits, overflow) = size.multipliedReportingOverflow(by: count)
        guard !overflow, bits <= ReportDescriptor.maximumReportBits else { throw .reportTooLong(offset: item.offset) }
        let key = UInt16(type.rawValue) << 8 | UInt16(self.globals.reportID)
        let start = self.bitCounts[key] ?? 0
        guard start + bits <= ReportDescriptor.maximumReportBits else { throw .reportTooLong(offset: item.offset) }
        self.bitCounts[key] = start + bits
        guard bits > 0 else { return }

        var field = self.globals.field(type, flags: item.unsigned)
        field.bitOffset = start
        field.bitSize = size
        try self.add(field, count: count, item)
    }

    /// Adds `count` fields like `field`, side by side, each with its usage; the last usage serves all that follow.
    private mutating func add(_ field: ReportField, count: Int, _ item: DescriptorItem) throws(ReportDescriptorError) {
        var field = field
        let usages = self.locals.usageCount
        let named = usages == 0 ? 0 : min(count, min(usages, count) + ReportDescriptor.maximumRepetitions)
        for index in 0..<named {
            field.path = self.locals.usage(at: min(index, usages - 1)).map { UsagePath(self.nodes + [$0]) }
            field.repetition = max(0, index - (usages - 1))
            field.stringIndex = self.locals.string(at: index)
            try self.append(field, item)
            field.bitOffset += field.bitSize
        }
        guard named < count else { return }
        if named > 0 { self.warn(.longArray(offset: item.offset)) }
        field.path = nil
        field.repetition = 0
        field.stringIndex = nil
        field.bitSize *= count - named
        try self.append(field, item)
    }

    private mutating func append(_ field: ReportField, _ item: DescriptorItem) throws(ReportDescriptorError) {
        guard self.fields.count < ReportDescriptor.maximumFields else { throw .tooManyFields(offset: item.offset) }
        self.fields.append(field)
    }

    /// Notes a warning, which cannot be more than there are items.
    private mutating func warn(_ warning: ReportDescriptor.Warning) {
        self.warnings.append(warning)
    }
}
