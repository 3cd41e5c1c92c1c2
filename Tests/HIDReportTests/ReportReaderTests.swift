import HIDReport
import Testing

private func reader(_ hex: String) throws -> ReportReader {
    ReportReader(try ReportDescriptor(parsing: hexBytes(hex)))
}

struct ReportReaderTests {
    @Test func `a field is signed where its minimum is negative`() throws {
        let signed = try reader("05 84 75 08 95 01 15 80 25 7f 09 30 b1 02").read([0xfe], as: .feature)
        #expect(signed.map(\.logical) == [-2])
        let unsigned = try reader("05 84 75 08 95 01 15 00 26 ff 00 09 30 b1 02").read([0xfe], as: .feature)
        #expect(unsigned.map(\.logical) == [254])
    }

    @Test func `fields are cut out bit by bit, least significant first`() throws {
        let values = try reader("05 84 25 7f 75 03 95 01 09 30 81 02 75 07 09 31 81 02 75 06 09 32 81 02")
            .read([0b1010_1101, 0b1111_0001], as: .input)
        #expect(values.map(\.logical) == [0b101, 0b01_10101, 0b111100])
    }

    @Test func `a number outside the logical range becomes the nearer end`() throws {
        let reader = try reader("05 84 75 10 95 01 16 78 00 26 64 05 09 30 b1 02")
        #expect(reader.read([0, 0], as: .feature).map(\.logical) == [120])
        #expect(reader.read([0xff, 0xff], as: .feature).map(\.logical) == [1380])
        #expect(reader.read([0x58, 0x02], as: .feature).map(\.logical) == [600])
    }

    @Test func `without a logical range nothing is cut`() throws {
        #expect(try reader("05 84 75 08 95 01 09 30 b1 02").read([200], as: .feature).map(\.logical) == [200])
    }

    @Test func `a field of 64 bits holds the greatest numbers`() throws {
        let unsigned = try reader("05 84 75 40 95 01 09 30 b1 02")
        #expect(unsigned.read(Array(repeating: 0xff, count: 8), as: .feature).map(\.logical) == [Int.max])
        let signed = try reader("05 84 75 40 95 01 15 ff 25 01 09 30 b1 02")
        #expect(signed.read(Array(repeating: 0xff, count: 8), as: .feature).map(\.logical) == [-1])
    }

    @Test func `a field wider than a number is left out`() throws {
        #expect(try reader("05 84 75 41 95 01 09 30 b1 02").read(Array(repeating: 1, count: 9), as: .feature).isEmpty)
    }

    @Test func `a short report reads as 0 where it ends and says so`() throws {
        let values = try reader("85 09 05 84 75 10 95 01 27 ff ff 00 00 09 30 b1 02 09 31 b1 02")
            .read([9, 0x34], as: .feature)
        #expect(values.map(\.logical) == [0x34, 0])
        #expect(values.map(\.isComplete) == [false, false])
        #expect(values.map(\.physical) == [0x34, 0])
    }

    @Test func `what a report has beyond the descriptor is ignored`() throws {
        let values = try reader("85 09 05 84 75 08 95 01 09 30 b1 02").read([9, 1, 2, 3], as: .feature)
        #expect(values.map(\.logical) == [1])
        #expect(values.map(\.isComplete) == [true])
    }

    @Test func `an unknown report, another type and no bytes give nothing`() throws {
        let reader = try reader("85 09 05 84 75 08 95 01 09 30 b1 02")
        #expect(reader.read([8, 1], as: .feature).isEmpty)
        #expect(reader.read([9, 1], as: .input).isEmpty)
        #expect(reader.read([], as: .feature).isEmpty)
    }

    /// Units of the Power Device Class: V and W in steps of 10^-7, the others as they are.
    @Test(arguments: [
        ("67 21 d1 f0 00 55 05", 1380, 13.8), ("67 21 d1 f0 00 55 07", 230, 230), ("67 21 d1 f0 00 55 06", 1234, 123.4),
        ("66 21 d1 55 07", 286, 286), ("66 01 10 55 00", 600, 600), ("67 01 00 10 00 55 0e", 250, 2.5),
        ("67 01 00 01 00 55 0f", 2981, 298.1), ("66 01 f0 55 0f", 500, 50), ("65 00 55 01", 12, 120),
    ])
    func `the power of ten goes by the unit`(items: String, logical: Int, physical: Double) throws {
        let reader = try reader("05 84 75 10 95 01 27 ff ff 00 00 \(items) 09 30 b1 02")
        let bytes = [UInt8(logical & 0xff), UInt8(logical >> 8)]
        let value = try #require(reader.read(bytes, as: .feature).first)
        #expect(value.physical == physical)
        #expect(value.field.logical(fromPhysical: physical) == logical)
    }

    @Test func `physical ends scale where both are given and not both 0`() throws {
        let scaled = "05 84 75 08 95 01 15 00 25 64 35 0a 46 d2 00 09 30 b1 02"
        #expect(try reader(scaled).read([50], as: .feature).map(\.physical) == [110])
        let zeros = "05 84 75 08 95 01 15 00 25 64 35 00 45 00 09 30 b1 02"
        #expect(try reader(zeros).read([50], as: .feature).map(\.physical) == [50])
        let half = "05 84 75 08 95 01 15 00 25 64 46 d2 00 09 30 b1 02"
        #expect(try reader(half).read([50], as: .feature).map(\.physical) == [50])
    }

    @Test func `senseless exponents stay finite`() throws {
        for exponent in ["57 ff ff ff 7f", "57 00 00 00 80"] {
            let values = try reader("05 84 75 08 95 01 \(exponent) 09 30 b1 02").read([1], as: .feature)
            #expect(values.allSatisfy { $0.physical.isFinite })
        }
    }
}
