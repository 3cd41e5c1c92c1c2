import Foundation
import HIDReport
import Testing

@testable import PowerLab

/// What a recording says of the River 3 Plus; nil where the recordings are not at hand.
private let recorded: [UInt8]? = {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
    let file = root.appendingPathComponent("../shared/data/hid/ecoflow/river3plus-rdesc-403-reconstructed.hex")
    guard let text = try? String(contentsOf: file, encoding: .utf8) else { return nil }
    return text.split(whereSeparator: \.isWhitespace).compactMap { UInt8($0, radix: 16) }
}()

@Test(.enabled(if: recorded != nil, "no recordings beside the repository"))
func `the descriptor built from the field table is the recorded one`() {
    #expect(EcoFlowDescriptor.bytes == recorded)
}

@Test func `every report is as long as the descriptor says, the manufacturing date apart`() throws {
    let descriptor = try ReportDescriptor(parsing: EcoFlowDescriptor.bytes)
    for traits in EmulatedUPSModel.allCases.map({ $0.traits() }) {
        let ups = EmulatedUPS(traits, serial: "R631Z00000000001")
        for type in [ReportType.input, .feature] {
            for id in descriptor.reportIDs(of: type) {
                let reply = try #require(ups.report(type, id: id))
                #expect(reply.first == id)
                #expect(reply.count == (id == 0x09 ? 2 : descriptor.byteCount(of: type, id: id)))
            }
        }
    }
}

@Test func `the device knows exactly the reports of its descriptor`() throws {
    let descriptor = try ReportDescriptor(parsing: EcoFlowDescriptor.bytes)
    let ups = EmulatedUPS(.river3Plus(.current), serial: "R631Z00000000001")
    for type in ReportType.allCases {
        let known = (0...255).map { UInt8($0) }.filter { ups.report(type, id: $0) != nil }
        #expect(known == descriptor.reportIDs(of: type).sorted())
    }
}

@Test func `every value lies within the range that the descriptor gives it`() throws {
    let reader = ReportReader(try ReportDescriptor(parsing: EcoFlowDescriptor.bytes))
    let ups = EmulatedUPS(.delta3Plus(.december2024), serial: "P351Z00000000001")
    for id in reader.descriptor.reportIDs(of: .feature) {
        let bytes = try #require(ups.report(.feature, id: id))
        for value in reader.read(bytes, as: .feature) {
            #expect((value.field.logicalMinimum...value.field.logicalMaximum).contains(value.logical))
        }
    }
}

@Test func `the absurd descriptor is refused`() {
    #expect(throws: ReportDescriptorError.self) { try ReportDescriptor(parsing: EcoFlowDescriptor.absurd) }
}
