/// One instruction of a configuration file: a `[section]`, a `name = value`, or words.
public struct NUTDirective: Hashable, Sendable {
    /// How it is written.
    public enum Shape: Hashable, Sendable {
        /// `[name]`.
        case section
        /// `name = value …`.
        case assignment
        /// `NAME word …`, or a flag alone.
        case words
        /// Begins like a section and is none (`[my ups]` without quotes).
        case brokenSection
        /// Nothing that can be read.
        case unreadable
    }

    /// Where it begins.
    public var place: NUTFilePlace
    /// How it is written.
    public var shape: Shape
    /// The name: the section's without brackets, otherwise the first word or what stands before the `=`.
    public var name: String
    /// The words behind the name, or behind the `=`.
    public var values: [String]
    /// What the grammar has dropped.
    public var faults: [NUTFileLine.Fault]

    /// The first value; nil where there is none.
    public var value: String? { self.values.first }

    /// Understands a line of `file`.
    init(_ line: NUTFileLine, of file: NUTFile) {
        self.place = NUTFilePlace(file, line.mark)
        self.faults = line.faults
        let words = line.words.map(\.text)
        let first = words.first ?? ""
        self.name = first
        self.values = Array(words.dropFirst())
        self.shape = .words
        if line.isUnreadable {
            self.shape = .unreadable
        } else if file.hasSections, first.hasPrefix("[") {
            self.shape = first.hasSuffix("]") && first.utf8.count > 1 ? .section : .brokenSection
            self.name = String(first.dropFirst().dropLast(self.shape == .section ? 1 : 0))
        } else if file != .upsd, file != .upsmon, file != .upssched {
            self.readAssignment(words)
        }
    }

    /// `name = value`, or `"name=value"` where quotes or a backslash have made one word of it.
    private mutating func readAssignment(_ words: [String]) {
        if let equals = self.name.firstIndex(of: "="), self.name != "=" {
            self.shape = .assignment
            self.values = [String(self.name[self.name.index(after: equals)...])]
            self.name = String(self.name[..<equals])
        } else if words.count > 1, words[1] == "=" {
            self.shape = .assignment
            self.values = Array(words.dropFirst(2))
        }
    }
}
