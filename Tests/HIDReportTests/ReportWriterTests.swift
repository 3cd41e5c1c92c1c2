import HIDReport
import Testing

private func descriptor(_ hex: String) throws -> ReportDescriptor {
    try ReportDescriptor(parsing: hexBytes(hex))
}

struct ReportWriterTests {
    private let two = "85 09 05 84 25 7f 75 03 95 01 09 30 b1 02 75 07 09 31 b1 02 75 06 09 32 b1 02"

    @Test func `a field is written among the others, which keep what they were`() throws {
        let descriptor = try descriptor(two)
        let field = descriptor.fields(of: .feature, id: 9)[1]
        var writer = try #require(ReportWriter(descriptor, .feature, id: 9, over: [9, 0xff, 0xff]))
        writer.set(logical: 0, at: field)
        #expect(writer.bytes == [9, 0b0000_0111, 0b1111_1100])
        writer.set(logical: 0b101_0101, at: field)
        #expect(writer.bytes == [9, 0b1010_1111, 0b1111_1110])
    }

    @Test func `what was there is brought to the length of the report and given its ID`() throws {
        let descriptor = try descriptor(two)
        #expect(ReportWriter(descriptor, .feature, id: 9)?.bytes == [9, 0, 0])
        #expect(ReportWriter(descriptor, .feature, id: 9, over: [9, 1])?.bytes == [9, 1, 0])
        #expect(ReportWriter(descriptor, .feature, id: 9, over: [9, 1, 2, 3])?.bytes == [9, 1, 2])
        #expect(ReportWriter(descriptor, .feature, id: 8) == nil)
        #expect(ReportWriter(descriptor, .input, id: 9) == nil)
    }

    @Test func `a device without report IDs has no byte for them`() throws {
        let descriptor = try descriptor("05 84 75 08 95 02 09 30 09 31 b1 02")
        var writer = try #require(ReportWriter(descriptor, .feature, id: 0, over: [1, 2]))
        writer.set(logical: 7, at: descriptor.fields[1])
        #expect(writer.bytes == [1, 7])
    }

    @Test func `a number is brought within the logical range`() throws {
        let descriptor = try descriptor("05 84 75 08 95 01 15 0a 25 64 09 30 b1 02")
        var writer = try #require(ReportWriter(descriptor, .feature, id: 0))
        writer.set(logical: 3, at: descriptor.fields[0])
        #expect(writer.bytes == [10])
        writer.set(physical: 1000, at: descriptor.fields[0])
        #expect(writer.bytes == [100])
    }

    @Test(arguments: [Double.nan, .infinity, -.infinity, 1e300])
    func `what is no number is not written`(physical: Double) throws {
        let descriptor = try descriptor("05 84 75 08 95 01 15 0a 25 64 09 30 b1 02")
        var writer = try #require(ReportWriter(descriptor, .feature, id: 0, over: [50]))
        let isTaken1 = writer.set(physical: physical, at: descriptor.fields[0])
        #expect(!isTaken1)
        #expect(writer.bytes == [50])
    }

    @Test func `a field of another report, padding and a place before the report are refused`() throws {
        let descriptor = try descriptor(two)
        var writer = try #require(ReportWriter(descriptor, .feature, id: 9))
        var field = descriptor.fields[0]
        field.reportID = 8
        let isTaken2 = writer.set(logical: 1, at: field)
        #expect(!isTaken2)
        field = descriptor.fields[0]
        field.type = .input
        let isTaken3 = writer.set(logical: 1, at: field)
        #expect(!isTaken3)
        field = descriptor.fields[0]
        field.bitOffset = -1
        let isTaken4 = writer.set(logical: 1, at: field)
        #expect(!isTaken4)
        field = descriptor.fields[0]
        field.path = nil
        let isTaken5 = writer.set(logical: 1, at: field)
        #expect(!isTaken5)
        #expect(writer.bytes == [9, 0, 0])
    }

    @Test func `a physical scale of no height cannot be written`() throws {
        let descriptor = try descriptor("05 84 75 08 95 01 15 00 25 64 35 05 45 05 09 30 b1 02")
        var writer = try #require(ReportWriter(descriptor, .feature, id: 0))
        let isTaken6 = writer.set(physical: 5, at: descriptor.fields[0])
        #expect(!isTaken6)
    }

    @Test func `what is written is read again, whatever the place, the size and the sign`() throws {
        var random = RepeatableRandom(seed: 7)
        for _ in 0..<400 {
            let gap = random.next(0...20)
            let size = random.next(1...32)
            let isSigned = random.next(0...1) == 1
            let (low, high) = isSigned ? (-(1 << (size - 1)), (1 << (size - 1)) - 1) : (0, (1 << size) - 1)
            var builder = ReportDescriptorBuilder()
            builder.reportID(3)
            builder.padding([.feature], bits: gap)
            builder.logicalMinimum(low)
            builder.logicalMaximum(high, width: 4)
            builder.field("Voltage", [.feature], [.variable], size: size)
            builder.padding([.feature], bits: 5)
            let descriptor = try ReportDescriptor(parsing: builder.bytes)
            let field = try #require(descriptor.fields.first { !$0.isPadding })
            let number = random.next(low...max(low, high))
            let noise = (0..<9).map { _ in UInt8(random.next(0...255)) }
            var writer = try #require(ReportWriter(descriptor, .feature, id: 3, over: noise))
            let before = writer.bytes
            writer.set(logical: number, at: field)
            let read = ReportReader(descriptor).read(writer.bytes, as: .feature)
            #expect(read.map(\.logical) == [field.clamped(number)], "size \(size) at \(field.bitOffset)")
            var cleared = try #require(ReportWriter(descriptor, .feature, id: 3, over: writer.bytes))
            var original = try #require(ReportWriter(descriptor, .feature, id: 3, over: before))
            cleared.set(logical: low, at: field)
            original.set(logical: low, at: field)
            #expect(cleared.bytes == original.bytes)
        }
    }
}
