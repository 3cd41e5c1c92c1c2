import Foundation
import HIDReport
import Testing

/// Reads `bytes` as a descriptor and all its reports from bytes that fit, are too few, and are too many.
///
/// That it returns is what is tested; what it returns says nothing.
private func exercise(_ bytes: [UInt8]) {
    guard let descriptor = try? ReportDescriptor(parsing: bytes) else { return }
    let reader = ReportReader(descriptor)
    for type in ReportType.allCases {
        for id in descriptor.reportIDs(of: type) {
            let whole = [UInt8](repeating: 0xa5, count: min(300, descriptor.byteCount(of: type, id: id) ?? 0))
            for count in [0, whole.count / 2, whole.count] {
                _ = reader.read([id] + whole.prefix(count), as: type)
            }
            guard var writer = ReportWriter(descriptor, type, id: id, over: whole) else { continue }
            for field in descriptor.fields(of: type, id: id).prefix(6) {
                writer.set(physical: 12.5, at: field)
                writer.set(logical: .min, at: field)
            }
        }
    }
}

struct HostileInputTests {
    @Test(.enabled(if: Recordings.isPresent, Comment(rawValue: Recordings.absence)), arguments: Recordings.descriptors)
    func `no descriptor cut short anywhere traps`(stem: URL) throws {
        let bytes = try Recordings.bytes(stem)
        for count in bytes.indices { exercise(Array(bytes[..<count])) }
    }

    /// One changed byte at every place, in turn to one of the values that change most: one parse a byte.
    @Test(.enabled(if: Recordings.isPresent, Comment(rawValue: Recordings.absence)), arguments: Recordings.descriptors)
    func `no descriptor with one byte changed traps`(stem: URL) throws {
        let bytes = try Recordings.bytes(stem)
        for index in bytes.indices {
            var changed = bytes
            changed[index] = [0xff, bytes[index] ^ 0x80, bytes[index] | 0x03][index % 3]
            exercise(changed)
        }
    }

    @Test func `no bytes whatever trap`() {
        var random = RepeatableRandom(seed: 42)
        for _ in 0..<1000 {
            exercise((0..<random.next(0...120)).map { _ in UInt8(random.next(0...255)) })
        }
    }

    /// Real tags with senseless data, which get further than bytes without a rule.
    @Test func `no row of items trap`() {
        var random = RepeatableRandom(seed: 11)
        let tags: [UInt8] = [
            0x04, 0x08, 0x14, 0x18, 0x24, 0x28, 0x34, 0x44, 0x54, 0x64, 0x74, 0x78, 0x80, 0x84, 0x88, 0x90, 0x94, 0x98,
            0xa0, 0xa4, 0xa8, 0xb0, 0xb4, 0xc0,
        ]
        let data = [0, 1, 2, 7, 8, 31, 64, 65, 127, 128, 255, 256, 32768, 65535, 0x7fff_ffff, 0xffff_ffff, -1, -128]
        for _ in 0..<1000 {
            var builder = ReportDescriptorBuilder()
            for _ in 0..<random.next(1...60) {
                builder.item(
                    tags[random.next(0...(tags.count - 1))], data[random.next(0...(data.count - 1))],
                    width: [0, 1, 2, 4][random.next(0...3)])
            }
            exercise(builder.bytes)
        }
    }
}
