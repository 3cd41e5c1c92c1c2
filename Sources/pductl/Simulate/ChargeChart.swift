import PowerCore
import PowerLab

/// A small chart in plain text: the mains, the charges and the hosts from the beginning to the end of a simulation.
struct ChargeChart {
    private static let columns = 72

    private let plan: SimulationPlan
    private let result: SimulationResult

    /// Prepares the chart of what came of `plan`.
    init(_ plan: SimulationPlan, _ result: SimulationResult) {
        self.plan = plan
        self.result = result
    }

    /// The lines: a ruler, a row for each UPS's mains and charge, and one for each host.
    var lines: [String] {
        let names = self.plan.rack.upses.map(\.id.name) + self.plan.rack.consumers.filter(\.isHost).map(\.id.name)
        let width = max(6, names.map(\.count).max() ?? 0) + 2
        let ruler = "CHART".padded(to: width) + Timeline.time(.zero)
        let end = Timeline.time(self.result.length)
        let head = ruler.padded(to: width + Self.columns - end.count) + end
        let upses = self.plan.rack.upses.map { ups in
            ups.id.name.padded(to: width) + self.row(of: self.marks(ofUPS: ups.id))
        }
        let hosts = self.plan.rack.consumers.filter(\.isHost).map { host in
            host.id.name.padded(to: width) + self.row(of: self.marks(ofHost: host.id))
        }
        let legend = "".padded(to: width) + "UPS: = mains, 0-9 tenths of its charge on battery, x no output"
        let more = "".padded(to: width) + "host: # runs, v goes down, . off, ^ boots"
        return [head] + upses + hosts + [legend, more]
    }

    private typealias Mark = (at: Duration, sign: Character)

    /// One sign a column: the last that was set until the column's end.
    private func row(of marks: [Mark]) -> String {
        var row = ""
        var sign: Character = " "
        var next = 0
        let step = self.result.length / Self.columns
        for column in 1...Self.columns {
            while next < marks.count, marks[next].at <= step * column {
                sign = marks[next].sign
                next += 1
            }
            row.append(sign)
        }
        return row
    }

    private func marks(ofUPS ups: DeviceID) -> [Mark] {
        var marks: [Mark] = []
        var (hasMains, isLive, charge) = (true, true, self.plan.charges[ups]?.value ?? 100)
        func mark(_ at: Duration) {
            let tenth = Character("\(min(9, Int(charge / 10)))")
            marks.append((at, !isLive ? "x" : hasMains ? "=" : tenth))
        }
        mark(.zero)
        for event in self.result.events {
            switch event.kind {
            case .mains(ups, let isOn): hasMains = isOn
            case .output(ups, let live): isLive = live
            case .charge(ups, let percent): charge = percent.value
            default: continue
            }
            mark(event.at)
        }
        return marks
    }

    private func marks(ofHost host: HostID) -> [Mark] {
        [(.zero, "#")]
            + self.result.events.compactMap { event in
                guard case .machine(host, let deed) = event.kind else { return nil }
                return (event.at, deed.sign)
            }
    }
}

extension SimulationEvent.Deed {
    /// The sign for what a host is from then on.
    fileprivate var sign: Character {
        switch self {
        case .goesDown, .obeys, .hangs, .losesPatience: "v"
        case .isOff, .losesPower, .refusesToBoot: "."
        case .boots: "^"
        case .isUp: "#"
        }
    }
}
