import PowerCore
import PowerLab

/// A simulation as text: what happened in order, a chart of it, and what came of it.
struct Timeline {
    /// The width that fits on a terminal and into a mail.
    static let width = 100
    private static let timeWidth = 9

    let rack: Rack
    let plan: SimulationPlan
    let result: SimulationResult

    /// Prepares the text of what came of `plan`.
    init(_ plan: SimulationPlan, _ result: SimulationResult) {
        self.rack = plan.rack
        self.plan = plan
        self.result = result
    }

    /// The whole text.
    var text: String {
        let lines = self.events + [""] + ChargeChart(self.plan, self.result).lines + [""] + self.summary
        return lines.map { $0 + "\n" }.joined()
    }

    // MARK: What happened

    private var events: [String] {
        var lines = [
            "    TIME  WHO".padded(to: Self.timeWidth + 2 + self.nameWidth)
                + "   WHAT   (> happens, ! warning, * alarm)"
        ]
        var refusals: [String: Int] = [:]
        var index = 0
        while index < self.result.events.count {
            let event = self.result.events[index]
            let together = self.result.events[index...].prefix { Self.isSameMains($0, event) }
            if together.count > 1 {
                let names = together.compactMap { if case .mains(let ups, _) = $0.kind { ups.name } else { nil } }
                lines += self.lines(event, "mains", ">", "\(Self.mains(event)) at \(names.joined(separator: ", "))")
            } else if Self.isWorthTelling(event, after: &refusals) {
                lines += self.lines(event)
            }
            index += max(1, together.count)
        }
        return lines
    }

    /// An outlet that does not obey is tried for hours: that is told until everybody has understood.
    private static let refusalsTold = 6

    /// Whether an event is not just one more failure of an outlet that has not moved since.
    private static func isWorthTelling(_ event: SimulationEvent, after refusals: inout [String: Int]) -> Bool {
        switch event.kind {
        case .moved(let outlet, _): refusals["\(outlet)"] = nil
        case .decided(let record):
            guard case .outletRefused = record.reason else { return true }
            refusals[record.subject, default: 0] += 1
            return refusals[record.subject, default: 0] <= Self.refusalsTold
        default: break
        }
        return true
    }

    /// Cuts of several UPSes at one moment are one event for people.
    private static func isSameMains(_ event: SimulationEvent, _ other: SimulationEvent) -> Bool {
        guard case .mains(_, let isOn) = event.kind, case .mains(_, let wasOn) = other.kind else { return false }
        return isOn == wasOn && event.at == other.at
    }

    private static func mains(_ event: SimulationEvent) -> String {
        if case .mains(_, true) = event.kind { "the mains are back" } else { "the mains fail" }
    }

    private func lines(_ event: SimulationEvent) -> [String] {
        guard let told = event.told else { return [] }
        return self.lines(event, told.who, told.mark, told.what)
    }

    private func lines(_ event: SimulationEvent, _ who: String, _ mark: String, _ what: String) -> [String] {
        let time = Self.time(event.at)
        let head = time.leftPadded(to: Self.timeWidth) + "  " + who.padded(to: self.nameWidth) + " \(mark) "
        let rest = String(repeating: " ", count: head.count)
        return what.wrapped(to: Self.width - head.count).enumerated().map { ($0 == 0 ? head : rest) + $1 }
    }

    private var nameWidth: Int {
        let names =
            self.rack.consumers.map(\.id.name) + self.rack.upses.map(\.id.name) + self.rack.pdus.map { "\($0.id)/00" }
        return max(6, names.map(\.count).max() ?? 0)
    }

    /// A time of the scenario: `2m05s`, `1h00m07s`, `3d 01h00m00s`; below a second to the tenth.
    static func time(_ time: Duration) -> String {
        let tenths = Int((abs(time.inSeconds) * 10).rounded())
        let sign = time < .zero ? "-" : ""
        let (days, hours, minutes, seconds) = (
            tenths / 864_000, tenths / 36_000 % 24, tenths / 600 % 60, tenths / 10 % 60
        )
        let tail = "\(two(seconds)).\(tenths % 10)s"
        if days > 0 { return "\(sign)\(days)d\(two(hours))h\(two(minutes))m" }
        if hours > 0 { return "\(sign)\(hours)h\(two(minutes))m\(two(seconds))s" }
        return minutes > 0 ? "\(sign)\(minutes)m\(tail)" : "\(sign)\(seconds).\(tenths % 10)s"
    }

    // MARK: What came of it

    private var summary: [String] {
        SimulationSummary(self.result.counts).lines
            + self.result.findings.map { "\($0.finding.subject) \($0.finding.sentence) (at \(Self.time($0.at)))" }
            .flatMap { $0.wrapped(to: Self.width - 4).enumerated().map { ($0 == 0 ? "  - " : "    ") + $1 } }
            + (self.result.isCutShort ? ["  - broken off: the engine does not come to rest"] : [])
    }
}

/// A number below a hundred with two digits.
private func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
