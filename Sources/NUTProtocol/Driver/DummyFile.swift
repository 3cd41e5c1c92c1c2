internal import PowerCore

/// What is wrong with a `.dev` or `.seq` file, and where.
public struct DummyFileError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The line, counted from 1; 0 where it is about the file as a whole.
    public var line: Int
    /// What is wrong, and what to write.
    public var reason: String

    /// `line 3: TIMER needs a number of seconds`.
    public var description: String { self.line == 0 ? self.reason : "line \(self.line): \(self.reason)" }
}

/// A `.dev` or `.seq` file of NUT's `dummy-ups`: what a made-up device says, and when.
///
/// A line is `name: value`, `TIMER seconds`, or `ALARM text`; `ALARM` alone ends the alarm. The rules of quoting are
/// NUT's own. `driver.` variables are passed over, as `dummy-ups` does: they are in every listing made with `upsc`.
public struct DummyFile: Hashable, Sendable {
    /// One thing that happens.
    public enum Step: Hashable, Sendable {
        /// A variable gets a value; an empty one takes it away.
        case set(String, String)
        /// `ups.alarm` gets this text, and `ups.status` the word `ALARM`; an empty text ends both.
        case alarm(String)
        /// Nothing happens for so long.
        case wait(Duration)
    }

    /// The bytes of a file; a listing of the largest device is a tenth of it.
    public static let maximumBytes = 1_048_576

    /// The longest `TIMER`.
    public static let longestWait = Duration.seconds(86_400)

    /// What happens, in order.
    public let steps: [Step]

    /// Reads the bytes of a file; what is wrong is said with its line, the first such line only.
    public init(parsing bytes: [UInt8]) throws(DummyFileError) {
        guard bytes.count <= Self.maximumBytes else {
            throw DummyFileError(line: 0, reason: "the file is larger than \(Self.maximumBytes) bytes")
        }
        var parser = LineParser()
        var steps: [Step] = []
        var names: Set<String> = []
        // A file whose last line has no end is as good as any.
        for (number, line) in bytes.split(separator: ASCII.lineFeed, omittingEmptySubsequences: false).enumerated() {
            let words = try Self.words(of: line, number + 1, &parser)
            guard let step = try Self.step(words, number + 1) else { continue }
            if case .set(let name, _) = step { names.insert(name) }
            guard names.count <= DriverLimits.variables else {
                throw DummyFileError(
                    line: number + 1, reason: "there are more than \(DriverLimits.variables) variables")
            }
            steps.append(step)
        }
        self.steps = steps
    }

    /// The words of a line; none where it is continued in the next one.
    private static func words(
        of line: ArraySlice<UInt8>, _ number: Int, _ parser: inout LineParser
    ) throws(DummyFileError) -> [String] {
        var event = LineParser.Event.incomplete
        for byte in line + [ASCII.lineFeed] { event = parser.take(byte) }
        switch event {
        case .line: return parser.line.texts
        case .incomplete: return []
        case .unreadable: throw DummyFileError(line: number, reason: "a # inside quotes; write \\# there")
        case .endless: throw DummyFileError(line: number, reason: "the line has no end; a quote may be missing")
        }
    }

    private static func step(_ words: [String], _ number: Int) throws(DummyFileError) -> Step? {
        guard let first = words.first else { return nil }
        let rest = words.dropFirst().joined(separator: " ")
        switch first {
        case "TIMER": return .wait(try Self.seconds(words, number))
        case "ALARM": return .alarm(rest)
        default:
            let name = String(first.prefix { $0 != ":" }).lowercased()
            guard Self.isName(name) else {
                throw DummyFileError(
                    line: number,
                    reason: "'\(first)' is no name of a variable; write ups.status: OL, TIMER 5 or ALARM text")
            }
            return name.hasPrefix("driver.") ? nil : .set(name, rest)
        }
    }

    private static func seconds(_ words: [String], _ number: Int) throws(DummyFileError) -> Duration {
        guard words.count == 2, let seconds = Double(words[1]),
            (0...Self.longestWait.inSeconds).contains(seconds)
        else {
            throw DummyFileError(line: number, reason: "TIMER needs a number of seconds, at most a day")
        }
        return .milliseconds(Int64((seconds * 1000).rounded()))
    }

    /// Names like `battery.charge.low`: what is written otherwise is a slip.
    private static func isName(_ name: String) -> Bool {
        (1...DriverLimits.nameBytes).contains(name.utf8.count)
            && name.utf8.allSatisfy {
                (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || [0x2D, 0x2E, 0x5F].contains($0)
            }
    }
}
