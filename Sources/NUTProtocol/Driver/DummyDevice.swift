public import PowerCore

/// A made-up device that plays a ``DummyFile``, without clock and file.
public struct DummyDevice: Sendable {
    /// The least time that one round of a sequence takes: one without `TIMER` would never rest.
    public static let shortestRound = Duration.seconds(1)

    private let steps: [DummyFile.Step]
    private let isLooping: Bool
    private var values: [String: String] = [:]
    private var alarm = ""
    private var isOff = false
    private var next = 0
    private var resumes: Moment
    private var roundBegan: Moment

    /// Makes a device that begins to play at `now`; a looping one begins again when it has come to the end.
    public init(_ file: DummyFile, isLooping: Bool, at now: Moment) {
        self.steps = file.steps
        self.isLooping = isLooping
        self.resumes = now
        self.roundBegan = now
    }

    /// Plays what is due at `now`; returns when there is more to play, nil where there is not.
    public mutating func play(at now: Moment) -> Moment? {
        guard !self.steps.isEmpty else { return nil }
        while self.resumes <= now {
            if self.next == self.steps.count {
                guard self.isLooping else { return nil }
                self.next = 0
                self.resumes = max(self.resumes, self.roundBegan + Self.shortestRound)
                self.roundBegan = self.resumes
                continue
            }
            self.take(self.steps[self.next], at: now)
            self.next += 1
        }
        return self.resumes
    }

    private mutating func take(_ step: DummyFile.Step, at now: Moment) {
        switch step {
        case .set(let name, let value): self.values[name] = value.isEmpty ? nil : value
        case .alarm(let text): self.alarm = text
        // Counted from now: a machine that slept does not play a night within a moment.
        case .wait(let time): self.resumes = now + time
        }
    }

    /// What the device says of itself.
    ///
    /// Every variable may be set, as with `dummy-ups`, so that a test can drive the device with `upsrw`.
    public var state: SourcedState {
        var values = self.values
        if !self.alarm.isEmpty { values["ups.alarm"] = self.alarm }
        values["ups.status"] = self.status
        return SourcedState(
            variables: values.sorted { $0.key < $1.key }.map { name, value in
                let isNumber = Double(value)?.isFinite == true
                return Variable(name, value, kind: isNumber ? .number : .string(maximumLength: 255), isWritable: true)
            }, commands: Self.commands)
    }

    private var status: String? {
        var words = (self.values["ups.status"] ?? "").split(separator: " ").map(String.init)
        if !self.alarm.isEmpty, !words.contains("ALARM") { words.insert("ALARM", at: 0) }
        if self.isOff, !words.contains("OFF") { words.append("OFF") }
        return words.isEmpty ? nil : words.joined(separator: " ")
    }

    // MARK: Orders

    private static let commands = ["load.off", "load.on"]

    /// Sets a variable until the file says otherwise; an empty value takes it away.
    public mutating func set(_ name: String, to value: String) {
        self.values[name.lowercased()] = value.isEmpty ? nil : value
    }

    /// Runs a command; false where the device has none of this name.
    public mutating func run(_ command: String) -> Bool {
        guard Self.commands.contains(command.lowercased()) else { return false }
        self.isOff = command.lowercased() == "load.off"
        return true
    }
}
