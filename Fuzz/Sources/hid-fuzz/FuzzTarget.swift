import HIDReport

/// Feeds one input of libFuzzer to the parser, the reader and the writer; that it returns is what is tested.
///
/// The first byte says how many of the last bytes are a report; what lies between is the descriptor.
@c(LLVMFuzzerTestOneInput)
public func fuzzOneInput(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let input = Array(UnsafeBufferPointer(start: start, count: count))
    guard let first = input.first else { return 0 }
    let reportCount = min(Int(first), input.count - 1)
    let report = Array(input.suffix(reportCount))
    guard let descriptor = try? ReportDescriptor(parsing: Array(input.dropFirst().dropLast(reportCount))) else {
        return 0
    }
    precondition(descriptor.fields.count <= ReportDescriptor.maximumFields)
    for type in ReportType.allCases { exercise(descriptor, type, report) }
    return 0
}

/// Reads `report` as every report of one type, writes what was read and expects to read the same again.
private func exercise(_ descriptor: ReportDescriptor, _ type: ReportType, _ report: [UInt8]) {
    let reader = ReportReader(descriptor)
    for id in descriptor.reportIDs(of: type) {
        let bytes = descriptor.usesReportIDs ? [id] + report : report
        let values = reader.read(bytes, as: type)
        guard var writer = ReportWriter(descriptor, type, id: id, over: bytes) else {
            preconditionFailure("a report that is listed cannot be written")
        }
        precondition(writer.bytes.count == descriptor.byteCount(of: type, id: id))
        for value in values {
            precondition(value.physical.isFinite)
            writer.set(logical: value.logical, at: value.field)
            writer.set(physical: value.physical, at: value.field)
        }
        for value in values.prefix(64) { writer.set(logical: value.logical, at: value.field) }
        let again = reader.read(writer.bytes, as: type).prefix(64)
        for (before, after) in zip(values, again) where before.field.canHold(before.logical) {
            precondition(before.logical == after.logical, "\(before) \(after)")
        }
        _ = values.prefix(64).map { $0.field.path?.description.count ?? 0 }
    }
}

extension ReportField {
    /// Whether the field's bits suffice for `number`; a descriptor may claim limits that its fields cannot hold.
    fileprivate func canHold(_ number: Int) -> Bool {
        guard self.bitSize < Int.bitWidth else { return true }
        guard self.logicalMinimum < 0 else { return number >= 0 && number >> self.bitSize == 0 }
        return number >= -(1 << (self.bitSize - 1)) && number < 1 << (self.bitSize - 1)
    }
}
