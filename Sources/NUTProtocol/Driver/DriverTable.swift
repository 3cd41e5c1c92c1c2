internal import PowerCore

/// The variables and commands that a driver has told so far, names compared without case.
struct DriverTable: Sendable {
    private struct Entry: Sendable {
        var value = ""
        var flags: Set<String> = []
        var length: Int?
        var choices: [String] = []
        var ranges: [ClosedRange<Int>] = []
    }

    private var entries: [String: Entry] = [:]
    private var commands: [String: String] = [:]
    /// Values and ranges of all entries, against ``DriverLimits/choices``.
    private var choices = 0

    /// Takes a line in; returns whether it changes anything that is shown.
    mutating func take(_ line: DriverLine) throws(DriverFault) -> Bool {
        switch line {
        case .setInfo(let name, let value): return try self.set(name, value)
        case .deleteInfo(let name): return self.delete(name)
        case .addCommand(let name): return try self.add(command: name)
        case .deleteCommand(let name): return self.commands.removeValue(forKey: ASCII.folded(name)) != nil
        case .addChoice, .deleteChoice, .addRange, .deleteRange, .setLength, .setFlags: return try self.shape(line)
        case .quality, .dumpDone, .pong, .tracking, .other: return false
        }
    }

    private mutating func set(_ name: String, _ value: String) throws(DriverFault) -> Bool {
        let key = ASCII.folded(name)
        if let known = self.entries[key] {
            guard known.value != value else { return false }
        } else {
            guard self.entries.count < DriverLimits.variables else { throw .tooManyVariables }
        }
        self.entries[key, default: Entry()].value = value
        return true
    }

    private mutating func delete(_ name: String) -> Bool {
        guard let entry = self.entries.removeValue(forKey: ASCII.folded(name)) else { return false }
        self.choices -= entry.choices.count + entry.ranges.count
        return true
    }

    private mutating func add(command name: String) throws(DriverFault) -> Bool {
        let key = ASCII.folded(name)
        guard self.commands[key] == nil else { return false }
        guard self.commands.count < DriverLimits.commands else { throw .tooManyCommands }
        self.commands[key] = name
        return true
    }

    /// What a variable may be. A driver that speaks of one that it has not told means nothing by it.
    private mutating func shape(_ line: DriverLine) throws(DriverFault) -> Bool {
        switch line {
        case .addChoice(let name, let text):
            try self.change(name) { if !$0.choices.contains(text) { $0.choices += [text] } }
        case .deleteChoice(let name, let text): try self.change(name) { $0.choices.removeAll { $0 == text } }
        case .addRange(let name, let range):
            try self.change(name) { if !$0.ranges.contains(range) { $0.ranges += [range] } }
        case .deleteRange(let name, let range): try self.change(name) { $0.ranges.removeAll { $0 == range } }
        case .setLength(let name, let length): try self.change(name) { $0.length = length }
        case .setFlags(let name, let flags): try self.change(name) { $0.flags = flags }
        default: false
        }
    }

    private mutating func change(_ name: String, _ edit: (inout Entry) -> Void) throws(DriverFault) -> Bool {
        let key = ASCII.folded(name)
        guard var entry = self.entries[key] else { return false }
        let before = entry.choices.count + entry.ranges.count
        edit(&entry)
        let count = self.choices - before + entry.choices.count + entry.ranges.count
        guard count <= DriverLimits.choices else { throw .tooManyChoices }
        self.choices = count
        self.entries[key] = entry
        return true
    }

    /// All of it, sorted by name.
    var state: SourcedState {
        SourcedState(
            variables: self.entries.sorted { $0.key < $1.key }.map { Self.variable($0.key, $0.value) },
            commands: self.commands.sorted { $0.key < $1.key }.map(\.value))
    }

    private static func variable(_ name: String, _ entry: Entry) -> Variable {
        Variable(name, entry.value, kind: Self.kind(entry), isWritable: entry.flags.contains("RW"))
    }

    /// A server shows a single range, so that several become the one that holds them all; the driver knows better.
    private static func kind(_ entry: Entry) -> Variable.Kind {
        if let low = entry.ranges.map(\.lowerBound).min(), let high = entry.ranges.map(\.upperBound).max(), low <= high
        {
            return .range(low...high)
        }
        if !entry.choices.isEmpty { return .enumeration(entry.choices) }
        if entry.flags.contains("STRING") { return .string(maximumLength: entry.length ?? 0) }
        // NUT calls whatever has no kind a number, and lets it be set to any text. Here a number must be one.
        let isText = entry.flags.contains("RW") && !entry.flags.contains("NUMBER") && Double(entry.value) == nil
        return isText ? .string(maximumLength: Self.textLength) : .number
    }

    /// Bytes of a value, as far as NUT keeps one.
    private static let textLength = 255
}
