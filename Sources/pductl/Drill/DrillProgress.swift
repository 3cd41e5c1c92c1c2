import PowerCore

/// How far a drill has come, from what is seen of its hosts now and then.
struct DrillProgress {
    /// What is seen of one host or load.
    struct Sight: Equatable {
        /// The word for its phase.
        var phase: String
        /// The server's sentence on it, where it was asked for.
        var sentence: String?
    }

    /// When one host or load went through what it has to, counted from the beginning of the drill.
    struct Times: Equatable {
        /// When it was told to stop.
        var told: Duration?
        /// When it was first seen down.
        var down: Duration?
        /// When its start was first seen.
        var starting: Duration?
        /// When it was up again.
        var up: Duration?

        /// How long it took to stop, from being told.
        var stop: Duration? { self.down.map { $0 - (self.told ?? .zero) } }

        /// How long it took to start, from the beginning of its start.
        var start: Duration? {
            guard let up, let begin = self.starting ?? self.down else { return nil }
            return up - begin
        }
    }

    /// How it stands.
    enum State: Equatable {
        case underWay
        /// All are up again.
        case done
        /// A host did not come up.
        case failed(HostID)
    }

    /// The host of the drill.
    let host: HostID
    /// Everything that stops, in order.
    let names: [HostID]
    /// The times of each.
    private(set) var times: [HostID: Times] = [:]
    /// The phases last seen.
    private(set) var phases: [HostID: String] = [:]
    /// Those of which nothing proved that they were down when their time had run out.
    private(set) var unproved: [HostID] = []

    /// Makes the progress of a drill that begins.
    init(_ plan: DrillPlan) {
        self.host = plan.host
        self.names = plan.names
    }

    /// How it stands.
    var state: State {
        if let failed = self.names.first(where: { self.phases[$0] == "failed" }) { return .failed(failed) }
        // Before it has stopped, a running host says nothing.
        let hasTurned = self.times[self.host]?.up != nil
        return hasTurned && self.names.allSatisfy { self.phases[$0] == "running" } ? .done : .underWay
    }

    /// Takes in what is seen, and returns a line for each change.
    mutating func take(_ sights: [HostID: Sight], at now: Duration) -> [String] {
        var lines: [String] = []
        for name in self.names {
            guard let sight = sights[name] else { continue }
            let last = self.phases.updateValue(sight.phase, forKey: name) ?? "running"
            guard sight.phase != last else { continue }
            self.note(sight, of: name, at: now)
            lines.append(Self.line(sight, of: name, at: now))
        }
        return lines
    }

    private mutating func note(_ sight: Sight, of name: HostID, at now: Duration) {
        var times = self.times[name] ?? Times()
        switch sight.phase {
        case "asked": times.told = times.told ?? now
        case "stopping": times.told = times.told ?? now
        case "stopped", "off": times.down = times.down ?? now
        case "starting":
            times.down = times.down ?? now
            times.starting = times.starting ?? now
        case "running": times.up = now
        default: break
        }
        self.times[name] = times
        if sight.sentence?.contains(StopWitness.timeout.sentence) == true { self.unproved.append(name) }
    }

    private static func line(_ sight: Sight, of name: HostID, at now: Duration) -> String {
        let words =
            switch sight.phase {
            case "waiting": "\(name) is to stop when its turn comes"
            case "asked": "\(name) is told to stop"
            case "stopping": "\(name) is going down"
            case "stopped": sight.sentence ?? "\(name) is down"
            case "off": "\(name) is off"
            case "starting": "\(name) is being started"
            case "running": "\(name) is up again"
            case "failed": "\(name) did not come up"
            default: "\(name): \(sight.phase)"
            }
        let time = now.inShort
        let gap = String(repeating: " ", count: max(0, 7 - time.count))
        return PlainText.printable("\(gap)\(time)  \(words)")
    }
}
