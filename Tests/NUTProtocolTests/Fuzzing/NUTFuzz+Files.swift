import NUTProtocol
import PowerCore

extension NUTFuzz {
    /// What parts the files in an input: no text has it.
    private static let fileEnd: UInt8 = 0xFF

    /// NUT's configuration files: each directive gets one note, and no note says more than a line.
    static func feedFiles(_ bytes: [UInt8], settings: UInt8) throws(Violation) {
        let texts = bytes.split(separator: Self.fileEnd, omittingEmptySubsequences: false).map { Array($0) }
        let files = Dictionary(zip(NUTFile.allCases, texts), uniquingKeysWith: { first, _ in first })
        let nut = NUTConfiguration(files)
        for file in NUTFile.allCases {
            let count = nut.directives.count { $0.place.file == file }
            try Self.require(count <= NUTFileLimits.directives, "\(count) directives in \(file)")
        }
        let host = settings & 1 == 0 ? nil : "node1"
        let surroundings = NUTTranslation.Surroundings(host: host)
        let translation = NUTTranslation(nut, in: surroundings)
        try Self.require(
            translation.notes.map(\.place) == nut.directives.map(\.place), "a directive without a note, or with two")
        for note in translation.notes {
            try Self.require(note.line.utf8.allSatisfy { $0 >= 0x20 }, "a raw byte in a note: \(note.line)")
        }
        for secret in translation.secrets {
            let name = secret.path.split(separator: "/").last ?? ""
            try Self.require(name != ".." && name != "." && !name.isEmpty, "a password file called \(secret.path)")
        }
        _ = translation.reading
    }

    /// A file of `dummy-ups`, played for a while.
    static func feedDummy(_ bytes: [UInt8], isLooping: Bool) throws(Violation) {
        let read: DummyFile
        do throws(DummyFileError) {
            read = try DummyFile(parsing: bytes)
        } catch {
            return try Self.require(error.description.utf8.allSatisfy { $0 >= 0x20 }, "a raw byte in: \(error)")
        }
        var now = Moment.origin
        var device = DummyDevice(read, isLooping: isLooping, at: now)
        for _ in 0..<16 {
            let next = device.play(at: now)
            let state = device.state
            try Self.require(state.variables.count <= DriverLimits.variables + 2, "too many variables")
            guard let next else { break }
            try Self.require(next > now, "it never rests")
            now = next
        }
    }

    /// Wrong passwords and orders, two bytes each: what is remembered must stay within its bounds.
    static func feedTables(_ bytes: [UInt8]) throws(Violation) {
        var backOff = PasswordBackOff()
        var tracking = TrackingTable()
        var now = Moment.origin
        for index in stride(from: 0, to: min(bytes.count, 16_384) - 1, by: 2) {
            let subject = "\(bytes[index + 1] & 7).\(index & 0x7FF)"
            switch bytes[index] & 7 {
            case 0, 1:
                let wait = backOff.failed(subject, at: now) ?? .zero
                try Self.require(wait <= PasswordBackOff.longest, "a wait of \(wait)")
            case 2: backOff.ended(subject)
            case 3, 4: tracking.begin(subject, at: now)
            case 5: tracking.finish(subject, .done, at: now)
            case 6: tracking.forget(subject)
            default: now = now + .seconds(Int(bytes[index + 1]) * 8)
            }
            _ = tracking.state(of: subject, at: now)
        }
        try Self.require(backOff.count <= PasswordBackOff.addresses, "\(backOff.count) addresses")
        try Self.require(tracking.count <= TrackingTable.maximumEntries, "\(tracking.count) orders")
    }
}
