/// Feeds arbitrary bytes to everything that reads NUT's lines, and says what does not hold afterwards.
///
/// The folder is a module of its own in `Fuzz/`, for libFuzzer, and a part of these tests, for a few thousand inputs
/// that are the same on every run.
public enum NUTFuzz {
    /// What an input showed to be untrue.
    public struct Violation: Error, Hashable, Sendable, CustomStringConvertible {
        /// What should hold, and what there was instead.
        public var description: String
    }

    /// The first byte of an input: who is fed the rest.
    public enum Part: UInt8, CaseIterable, Sendable {
        /// The server's end of a client's connection: ``LineParser`` and ``Session`` with all that they answer.
        case server = 0x73
        /// What a NUT driver says, and what clients are shown of it.
        case driver = 0x64
        /// What another server answers, and what is asked of it.
        case client = 0x63
        /// NUT's configuration files.
        case files = 0x66
        /// The files of `dummy-ups`.
        case dummy = 0x79
        /// Wrong passwords and orders with identifiers, over time.
        case tables = 0x74
    }

    /// The most bytes that are fed, repetitions written out: beyond what every part bears of one line or answer.
    static let mostBytes = 640 * 1024

    /// Feeds one input: its ``Part``, a byte of settings, a byte that says how the rest is cut, and the rest.
    ///
    /// Throws what the input shows to be untrue; an input that traps shows it by that.
    public static func feed(_ input: [UInt8]) throws(Violation) {
        guard input.count > 3 else { return }
        let part = Part(rawValue: input[0]) ?? Part.allCases[Int(input[0]) % Part.allCases.count]
        let (settings, cuts) = (input[1], Cuts(seed: input[2]))
        let bytes = Self.written(out: input[3...])
        switch part {
        case .server: try Self.feedServer(bytes, settings: settings, cuts)
        case .driver: try Self.feedDriver(bytes, cuts)
        case .client: try Self.feedClient(bytes, cuts)
        case .files: try Self.feedFiles(bytes, settings: settings)
        case .dummy: try Self.feedDummy(bytes, isLooping: settings & 1 == 1)
        case .tables: try Self.feedTables(bytes)
        }
    }

    /// What stands for many bytes: `FE`, a byte, and how often by 256. Without it no input reaches the limits.
    static let repetition: UInt8 = 0xFE

    private static func written(out input: ArraySlice<UInt8>) -> [UInt8] {
        var bytes: [UInt8] = []
        var rest = input
        while let byte = rest.popFirst(), bytes.count < Self.mostBytes {
            if byte == Self.repetition, let repeated = rest.popFirst(), let count = rest.popFirst() {
                bytes += [UInt8](repeating: repeated, count: 256 * (Int(count) + 1))
            } else {
                bytes.append(byte)
            }
        }
        return Array(bytes.prefix(Self.mostBytes))
    }

    /// Throws `what` where something does not hold.
    static func require(_ holds: Bool, _ what: @autoclosure () -> String) throws(Violation) {
        guard holds else { throw Violation(description: what()) }
    }
}

/// Lengths of the parts that bytes come in; the same ones for the same seed.
struct Cuts {
    private var state: UInt32

    init(seed: UInt8) {
        self.state = UInt32(seed) &* 2_654_435_761 &+ 1
    }

    /// The length of the next part: one byte often, a read's worth now and then.
    mutating func next() -> Int {
        self.state = self.state &* 1_664_525 &+ 1_013_904_223
        let random = Int(self.state >> 8)
        return random & 3 == 0 ? 1 + random >> 2 % 4_096 : 1 + random >> 2 % 24
    }

    /// `bytes` in parts.
    mutating func parts(of bytes: [UInt8]) -> [ArraySlice<UInt8>] {
        var parts: [ArraySlice<UInt8>] = []
        var index = 0
        while index < bytes.count {
            let end = min(bytes.count, index + self.next())
            parts.append(bytes[index..<end])
            index = end
        }
        return parts
    }
}
