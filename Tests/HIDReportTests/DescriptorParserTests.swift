import HIDReport
import Testing

/// The fields of a descriptor written by hand; padding included.
private func fields(_ hex: String) throws -> [ReportField] {
    try ReportDescriptor(parsing: hexBytes(hex)).fields
}

private func names(_ hex: String) throws -> [String?] {
    try fields(hex).map { $0.path?.description }
}

struct DescriptorParserTests {
    @Test func `an empty descriptor has no fields`() throws {
        let descriptor = try ReportDescriptor(parsing: [])
        #expect(descriptor.fields.isEmpty)
        #expect(!descriptor.usesReportIDs)
        #expect(descriptor.byteCount(of: .feature, id: 0) == nil)
        #expect(descriptor.reportIDs(of: .input).isEmpty)
    }

    @Test func `a path names the collections around a field, numbered ones with their number`() throws {
        let descriptor = "05 84 09 04 a1 01 09 1e a1 84 75 08 95 01 09 44 b1 02 c0 09 24 a1 00 09 30 b1 02 c0 c0"
        #expect(try names(descriptor) == ["UPS.Flow.[4].ConfigActivePower", "UPS.PowerSummary.Voltage"])
    }

    @Test func `a collection without a usage has the usage 0`() throws {
        #expect(try names("a1 01 05 84 09 30 75 08 95 01 b1 02 c0") == ["00000000.Voltage"])
    }

    @Test func `fields of one report lie side by side and each type counts for itself`() throws {
        let parsed = try fields("05 84 75 04 95 01 09 30 b1 02 09 31 b1 02 09 32 81 02 75 08 09 33 b1 02")
        #expect(parsed.map(\.bitOffset) == [0, 4, 0, 8])
        #expect(parsed.map(\.type) == [.feature, .feature, .input, .feature])
    }

    @Test func `report IDs part the reports and add a byte to each`() throws {
        let descriptor = try ReportDescriptor(
            parsing: hexBytes("05 84 75 08 95 01 85 07 09 30 b1 02 85 02 09 31 b1 02 95 02 85 07 09 32 b1 02"))
        #expect(descriptor.usesReportIDs)
        #expect(descriptor.reportIDs(of: .feature) == [2, 7])
        #expect(descriptor.byteCount(of: .feature, id: 7) == 4)
        #expect(descriptor.byteCount(of: .feature, id: 2) == 2)
        #expect(descriptor.byteCount(of: .input, id: 2) == nil)
        #expect(descriptor.fields(of: .feature, id: 7).map(\.bitOffset) == [0, 8, 16])
    }

    @Test func `without report IDs a report has the ID 0 and no byte for it`() throws {
        let descriptor = try ReportDescriptor(parsing: hexBytes("05 84 75 09 95 01 09 30 b1 02"))
        #expect(!descriptor.usesReportIDs)
        #expect(descriptor.byteCount(of: .feature, id: 0) == 2)
    }

    @Test func `a report count beyond the usages repeats the last one`() throws {
        let parsed = try fields("05 84 75 08 95 04 09 30 09 31 b1 02")
        #expect(parsed.map { $0.path?.last?.name } == ["Voltage", "Current", "Current", "Current"])
        #expect(parsed.map(\.repetition) == [0, 0, 1, 2])
        #expect(parsed.map(\.bitOffset) == [0, 8, 16, 24])
    }

    @Test func `usages beyond the report count are dropped`() throws {
        #expect(try names("05 84 75 08 95 01 09 30 09 31 b1 02 09 32 b1 02") == ["Voltage", "Frequency"])
    }

    @Test func `a main item without a usage is padding and takes its space`() throws {
        let parsed = try fields("05 84 75 03 95 02 81 01 95 01 09 30 81 02")
        #expect(parsed.map(\.isPadding) == [true, false])
        #expect(parsed.map(\.bitSize) == [6, 3])
        #expect(parsed.map(\.bitOffset) == [0, 6])
    }

    @Test func `a usage range gives each field its own usage`() throws {
        #expect(try names("05 84 75 08 95 03 19 30 29 32 b1 02") == ["Voltage", "Current", "Frequency"])
    }

    @Test func `a range that runs backwards or has no minimum gives no usage`() throws {
        #expect(try names("05 84 75 08 95 01 19 32 29 30 b1 02") == [nil])
        #expect(try names("05 84 75 08 95 01 29 30 b1 02") == [nil])
    }

    @Test func `a usage of 32 bits brings its own page`() throws {
        #expect(
            try names("05 84 75 08 95 01 0b 66 00 85 00 b1 02 0b 60 00 86 ff b1 02") == [
                "RemainingCapacity", "ff860060",
            ])
    }

    @Test func `a usage page of 16 bits names a maker's own usages`() throws {
        #expect(try names("06 86 ff 75 08 95 01 09 60 b1 02") == ["ff860060"])
    }

    @Test func `the page in force where a usage stands is the one that counts`() throws {
        #expect(try names("05 84 09 30 05 85 09 66 75 08 95 02 b1 02") == ["Voltage", "RemainingCapacity"])
    }

    @Test func `the first usage of a delimited set counts`() throws {
        #expect(try names("05 84 75 08 95 02 a9 01 09 30 09 31 a9 00 09 32 b1 02") == ["Voltage", "Frequency"])
    }

    @Test func `push and pop keep and restore all global items`() throws {
        let parsed = try fields(
            "05 84 75 08 95 01 15 05 25 0a a4 05 85 75 10 15 00 25 01 55 02 65 01 09 66 b1 02 b4 09 30 b1 02")
        #expect(parsed.map { $0.path?.description } == ["RemainingCapacity", "Voltage"])
        #expect(parsed[1].bitSize == 8)
        #expect(parsed[1].logicalMinimum == 5)
        #expect(parsed[1].logicalMaximum == 10)
        #expect(parsed[1].unitExponent == 0)
        #expect(parsed[1].unit == 0)
    }

    @Test func `a long item is passed over`() throws {
        #expect(try names("fe 03 a0 01 02 03 05 84 75 08 95 01 09 30 b1 02") == ["Voltage"])
    }

    @Test func `items with reserved tags are passed over`() throws {
        #expect(try names("0c 0f 01 02 03 04 f4 05 84 75 08 95 01 09 30 c8 b1 02") == ["Voltage"])
    }

    @Test func `a logical maximum below the minimum is read without its sign`() throws {
        let field = try #require(try fields("05 84 75 08 95 01 15 00 25 ff 09 30 b1 02").first)
        #expect(field.logicalMaximum == 255)
        #expect(field.isLogicalMaximumAssumed)
    }

    @Test func `the minimum in force at the main item decides how the maximum is read`() throws {
        let early = try #require(try fields("05 84 75 08 95 01 25 ff 15 00 09 30 b1 02").first)
        #expect(early.logicalMaximum == 255)
        let signed = try #require(try fields("05 84 75 08 95 01 15 80 25 ff 09 30 b1 02").first)
        #expect(signed.logicalMaximum == -1)
        #expect(!signed.isLogicalMaximumAssumed)
    }

    @Test func `numbers take the sign of their own size`() throws {
        let field = try #require(
            try fields("05 84 75 20 95 01 17 00 00 00 80 27 ff ff ff 7f 36 00 80 46 ff 7f 09 30 b1 02").first)
        #expect(field.logicalMinimum == Int(Int32.min))
        #expect(field.logicalMaximum == Int(Int32.max))
        #expect(field.physicalMinimum == -32768)
        #expect(field.physicalMaximum == 32767)
    }

    @Test(arguments: [("55 07", 7), ("55 0f", -1), ("55 08", -8), ("55 f9", -7), ("56 f9 ff", -7), ("54", 0)])
    func `a unit exponent is a signed nibble or a signed number`(item: String, exponent: Int) throws {
        let field = try #require(try fields("05 84 75 08 95 01 \(item) 09 30 b1 02").first)
        #expect(field.unitExponent == exponent)
    }

    @Test func `string indexes go with the fields of the next main item, alone or as a range`() throws {
        let parsed = try fields("05 84 75 08 95 03 19 fd 29 ff 89 04 99 06 b1 02 95 01 09 fe 79 02 b1 02 09 30 b1 02")
        #expect(parsed.map(\.stringIndex) == [4, 5, 6, 2, nil])
    }

    @Test func `flags of one and of two bytes are kept`() throws {
        let parsed = try fields("05 84 75 08 95 01 09 30 b1 a3 09 30 b2 02 01 09 30 81 02")
        #expect(parsed.map(\.flags.rawValue) == [0xa3, 0x102, 0x02])
        #expect(parsed.map(\.isWritable) == [false, true, false])
        #expect(parsed[1].flags.contains(.bufferedBytes))
    }

    @Test func `collections left open at the end are accepted and told`() throws {
        let bytes = hexBytes("05 84 09 04 a1 01 09 24 a1 00 75 08 95 01 09 30 b1 02")
        let descriptor = try ReportDescriptor(parsing: bytes)
        #expect(descriptor.fields.count == 1)
        #expect(descriptor.warnings == [.openCollections(2)])
    }

    @Test func `a last item cut short is left out and told`() throws {
        let descriptor = try ReportDescriptor(parsing: hexBytes("05 84 75 08 95 01 09 30 b1 02 27 ff ff"))
        #expect(descriptor.fields.count == 1)
        #expect(descriptor.warnings == [.truncatedItem(offset: 10)])
        #expect(try ReportDescriptor(parsing: [0xfe]).warnings == [.truncatedItem(offset: 0)])
        #expect(try ReportDescriptor(parsing: [0xfe, 4, 0, 1]).warnings == [.truncatedItem(offset: 0)])
    }

    @Test func `an end or a pop too many is passed over and told`() throws {
        let descriptor = try ReportDescriptor(parsing: hexBytes("c0 b4 05 84 75 08 95 01 09 30 b1 02"))
        #expect(descriptor.fields.count == 1)
        #expect(descriptor.warnings == [.strayEndCollection(offset: 0), .strayPop(offset: 1)])
    }

    @Test func `a field of no bits or a count of none makes nothing`() throws {
        #expect(try fields("05 84 75 00 95 05 09 30 b1 02").isEmpty)
        #expect(try fields("05 84 75 08 95 00 09 30 b1 02").isEmpty)
        #expect(try fields("05 84 09 30 b1 02").isEmpty)
    }

    @Test func `bit offsets go on beyond 255`() throws {
        let parsed = try fields("05 84 75 08 95 3f 81 01 95 01 09 30 81 02")
        #expect(parsed.last?.bitOffset == 504)
    }
}
