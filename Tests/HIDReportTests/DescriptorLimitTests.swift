import HIDReport
import Testing

private func parse(_ build: (inout ReportDescriptorBuilder) -> Void) throws(ReportDescriptorError) -> ReportDescriptor {
    var builder = ReportDescriptorBuilder()
    build(&builder)
    return try ReportDescriptor(parsing: builder.bytes)
}

struct DescriptorLimitTests {
    @Test func `a descriptor of the greatest length is read and one byte more is refused`() throws {
        let longest = [UInt8](repeating: 0x04, count: ReportDescriptor.maximumLength)
        #expect(try ReportDescriptor(parsing: longest).fields.isEmpty)
        #expect(throws: ReportDescriptorError.tooLong(count: longest.count + 1)) {
            try ReportDescriptor(parsing: longest + [0x04])
        }
    }

    @Test func `collections nest to the greatest depth and no deeper`() throws {
        let deepest = [[UInt8]](repeating: [0xa1, 0x00], count: ReportDescriptor.maximumDepth).flatMap(\.self)
        #expect(try ReportDescriptor(parsing: deepest).warnings == [.openCollections(ReportDescriptor.maximumDepth)])
        #expect(throws: ReportDescriptorError.nestedTooDeep(offset: deepest.count)) {
            try ReportDescriptor(parsing: deepest + [0xa1, 0x00])
        }
    }

    @Test func `pushes go to the greatest number and no further`() throws {
        let most = [UInt8](repeating: 0xa4, count: ReportDescriptor.maximumPushes)
        #expect(try ReportDescriptor(parsing: most).warnings.isEmpty)
        #expect(throws: ReportDescriptorError.pushedTooDeep(offset: most.count)) {
            try ReportDescriptor(parsing: most + [0xa4])
        }
    }

    @Test func `fields come to the greatest number and no further`() throws {
        func build(_ builder: inout ReportDescriptorBuilder, count: Int) {
            builder.reportSize(1)
            builder.reportCount(count)
            builder.item(0x18, 0x84_0000, width: 4)
            builder.item(0x28, 0x84_ffff, width: 4)
            builder.main(.feature, [.variable])
        }
        let most = try parse { build(&$0, count: ReportDescriptor.maximumFields) }
        #expect(most.fields.count == ReportDescriptor.maximumFields)
        #expect(throws: ReportDescriptorError.tooManyFields(offset: 15)) {
            try parse { build(&$0, count: ReportDescriptor.maximumFields + 1) }
        }
    }

    @Test func `a long array has so many fields and then padding of its full length`() throws {
        func build(_ builder: inout ReportDescriptorBuilder, count: Int) {
            builder.reportSize(8)
            builder.reportCount(count)
            builder.usage("Voltage")
            builder.main(.feature, [.variable])
        }
        let most = try parse { build(&$0, count: 1 + ReportDescriptor.maximumRepetitions) }
        #expect(most.fields.count == 1 + ReportDescriptor.maximumRepetitions)
        #expect(most.warnings.isEmpty)
        let long = try parse { build(&$0, count: 60000) }
        #expect(long.fields.count == 2 + ReportDescriptor.maximumRepetitions)
        #expect(long.fields.last?.isPadding == true)
        #expect(long.byteCount(of: .feature, id: 0) == 60000)
        #expect(long.warnings == [.longArray(offset: 9)])
    }

    @Test func `a report comes to the greatest length and no further`() throws {
        let longest = hexBytes("76 ff ff 95 08 b1 01")
        let whole = try ReportDescriptor(parsing: hexBytes("76 fe ff 95 08 b1 01"))
        #expect(whole.byteCount(of: .feature, id: 0) == ReportDescriptor.maximumReportBits / 8)
        #expect(throws: ReportDescriptorError.reportTooLong(offset: 5)) { try ReportDescriptor(parsing: longest) }
        let added = hexBytes("76 fe ff 95 08 b1 01 75 01 95 01 b1 01")
        #expect(throws: ReportDescriptorError.reportTooLong(offset: 11)) { try ReportDescriptor(parsing: added) }
    }

    @Test(arguments: ["75 01 97 ff ff ff ff", "77 ff ff ff ff 97 ff ff ff ff", "77 ff ff ff ff 95 01"])
    func `counts and sizes of four thousand million cost nothing`(globals: String) throws {
        let bytes = hexBytes("05 84 09 30 \(globals) b1 02")
        #expect(throws: ReportDescriptorError.reportTooLong(offset: bytes.count - 2)) {
            try ReportDescriptor(parsing: bytes)
        }
    }

    @Test func `a count without a size and a range of all usages cost nothing`() throws {
        let descriptor = try ReportDescriptor(
            parsing: hexBytes("97 ff ff ff ff 1b 00 00 00 00 2b ff ff ff ff b1 02 75 01 95 01 b1 02"))
        #expect(descriptor.fields.count == 1)
    }

    @Test func `a report ID that fits no byte is refused`() throws {
        #expect(throws: ReportDescriptorError.reportIDOutOfRange(offset: 0)) {
            try ReportDescriptor(parsing: [0x86, 0x00, 0x01])
        }
        #expect(try ReportDescriptor(parsing: [0x85, 0xff]).usesReportIDs)
        #expect(try !ReportDescriptor(parsing: [0x85, 0x00]).usesReportIDs)
    }
}
