extension ReportDescriptor {
    /// Reads the bytes of a report descriptor.
    ///
    /// Takes short and long items, usages of 32 bits, ranges, Push and Pop, delimiters (the first usage of a set
    /// counts). An item's usage page is the one in force where the usage stands.
    ///
    /// - Throws: what a descriptor cannot be excused for, with the place.
    public init(parsing bytes: [UInt8]) throws(ReportDescriptorError) {
        guard bytes.count <= Self.maximumLength else { throw .tooLong(count: bytes.count) }
        var parser = DescriptorParser()
        try parser.parse(bytes)
        self.init(fields: parser.fields, usesReportIDs: parser.usesReportIDs, warnings: parser.warnings)
    }
}
