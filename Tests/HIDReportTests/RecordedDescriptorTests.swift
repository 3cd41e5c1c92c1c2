import Foundation
import HIDReport
import Testing

@Suite(.enabled(if: Recordings.isPresent, Comment(rawValue: Recordings.absence)))
struct RecordedDescriptorTests {
    /// What NUT's table and ours both say of a field.
    private struct Row: Hashable, CustomStringConvertible {
        var columns: [String]
        var description: String { self.columns.joined(separator: " ") }

        init(nut columns: [String]) {
            self.columns = Array(columns[0..<7]) + Array(columns[9..<12])
        }

        init(_ field: ReportField) {
            let type =
                switch field.type {
                case .input: "Input"
                case .output: "Output"
                case .feature: "Feature"
                }
            self.columns = [
                type, "0x" + hex(Int(field.reportID), 2), "\(field.path?.description ?? "")", "\(field.bitOffset)",
                "\(field.bitSize)", "\(field.logicalMinimum)", "\(field.logicalMaximum)",
                "0x" + hex(Int(field.unit), 8), "\(field.unitExponent)", "0x" + hex(Int(field.flags.rawValue), 2),
            ]
        }
    }

    @Test(arguments: Recordings.descriptors)
    func `the fields are those that NUT's parser sees`(stem: URL) throws {
        let descriptor = try Recordings.descriptor(stem)
        // NUT does not list the repeats of an array.
        let ours = descriptor.fields.filter { !$0.isPadding && $0.repetition == 0 }.map(Row.init)
        let theirs = try Recordings.rows(stem, "nutview.tsv").map(Row.init(nut:))
        #expect(!theirs.isEmpty)
        #expect(ours.count == theirs.count)
        for (our, their) in zip(ours, theirs) { #expect(our == their) }
    }

    @Test(arguments: Recordings.descriptors.filter { Recordings.has($0, "decoded.tsv") })
    func `the recorded reports decode to the recorded values`(stem: URL) throws {
        let reader = ReportReader(try Recordings.descriptor(stem))
        var ours: [String: ReportReader.Value] = [:]
        for report in try Recordings.reports(stem) {
            for type in [ReportType.input, .feature] {
                for value in reader.read(report, as: type) where value.isComplete && value.field.repetition == 0 {
                    let row = Row(value.field).columns
                    ours[[row[1], row[0], row[2], row[3]].joined(separator: " ")] = value
                }
            }
        }
        let theirs = try Recordings.rows(stem, "decoded.tsv")
        #expect(!theirs.isEmpty)
        for row in theirs {
            let found = ours.removeValue(forKey: row[0..<4].joined(separator: " "))
            let value = try #require(found, "\(row)")
            // The table shows numbers outside the logical range as they came: CP1500PFCLCD, report 0x12.
            let recorded = try #require(Int(row[5]))
            #expect(value.logical == value.field.clamped(recorded), "\(row)")
            guard value.logical == recorded else { continue }
            #expect(abs(value.physical - (Double(row[6]) ?? .nan)) < 1e-9, "\(row) \(value.physical)")
        }
        #expect(ours.isEmpty, "\(ours.keys.sorted())")
    }

    @Test func `the fields of the River 3 Plus lie where the table of its items says`() throws {
        let stem = Recordings.folder.appending(path: "ecoflow/river3plus-rdesc-403-reconstructed")
        let descriptor = try Recordings.descriptor(stem)
        let table = try Recordings.rows(Recordings.folder.appending(path: "ecoflow/river3plus-fields"), "tsv")
        let named = table.filter { !$0[2].isEmpty }
        let ours = descriptor.fields.filter { !$0.isPadding }
        #expect(ours.count >= 56)
        for (field, row) in zip(ours, named) {
            #expect(field.path?.description == row[2])
            #expect(field.bitOffset == Int(row[3]))
            #expect(field.bitSize == Int(row[4]))
            #expect(field.stringIndex.map { "\($0)" } ?? "" == row[12])
        }
        #expect(descriptor.warnings.isEmpty)
    }

    @Test func `the River 3 Plus's own shorter descriptor lacks three fields and its ends`() throws {
        let folder = Recordings.folder.appending(path: "ecoflow")
        let short = try Recordings.descriptor(folder.appending(path: "river3plus-rdesc-376"))
        let whole = try Recordings.descriptor(folder.appending(path: "river3plus-rdesc-403-reconstructed"))
        #expect(short.warnings == [.openCollections(3)])
        #expect(Array(whole.fields.prefix(short.fields.count)) == short.fields)
        #expect(whole.byteCount(of: .feature, id: 0x09) == 3)
        #expect(short.byteCount(of: .feature, id: 0x07) == 3)
    }
}

/// `number` in hexadecimal with at least `digits` digits.
func hex(_ number: Int, _ digits: Int) -> String {
    let text = String(number, radix: 16)
    return String(repeating: "0", count: max(0, digits - text.count)) + text
}
