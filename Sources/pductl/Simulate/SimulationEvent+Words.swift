import PowerCore
import PowerLab

extension SimulationEvent {
    /// The event for people: who, a mark for what kind of news it is, and what; nil for what only the chart shows.
    var told: (who: String, mark: String, what: String)? {
        switch self.kind {
        case .mains(let ups, let isOn): (ups.name, ">", isOn ? "its mains are back" : "its mains fail")
        case .output(let ups, let isLive): (ups.name, ">", isLive ? "gives power again" : "its output ends")
        case .charge: nil
        case .machine(let host, let deed): deed.sentence.map { (host.name, ">", $0) }
        case .moved(let outlet, let position): ("\(outlet)", ">", "turns \(position.rawValue)")
        case .decided(let record):
            // A sentence about a device names it itself.
            (record.subject, record.level.mark, record.reason.sentence.without(prefix: record.subject + " "))
        case .daemon(let isUp): ("daemon", ">", isUp ? "is there again" : "is gone")
        case .fault(let fault, let isOver):
            fault.isSeen ? nil : (fault.subject, ">", isOver ? "no more: \(fault.sentence)" : fault.sentence)
        case .found(let finding): (finding.subject, "*", finding.sentence)
        }
    }

    /// The event as one line of JSON.
    var json: JSONValue {
        var fields: [(String, JSONValue)] = [("time", .number("\((self.at.inSeconds * 1000).rounded() / 1000)"))]
        fields.append(("event", .string(self.word)))
        switch self.kind {
        case .charge(let ups, let charge):
            fields += [("subject", .string(ups.name)), ("charge", .number("\(Int(charge.value))"))]
        case .decided(let record):
            fields += [("subject", .string(record.subject)), ("level", .string(record.level.rawValue))]
        case .machine(let host, let deed):
            fields += [("subject", .string(host.name)), ("deed", .string(deed.rawValue))]
        case .moved(let outlet, let position):
            fields += [("subject", .string("\(outlet)")), ("position", .string(position.rawValue))]
        case .mains(let ups, let isOn): fields += [("subject", .string(ups.name)), ("on", .boolean(isOn))]
        case .output(let ups, let isLive): fields += [("subject", .string(ups.name)), ("on", .boolean(isLive))]
        case .daemon(let isUp): fields += [("subject", .string("daemon")), ("on", .boolean(isUp))]
        case .fault(let fault, let isOver):
            fields += [("subject", .string(fault.subject)), ("over", .boolean(isOver))]
        case .found(let finding): fields.append(("subject", .string(finding.subject)))
        }
        if let told { fields.append(("text", .string(told.what))) }
        return .object(fields)
    }

    private var word: String {
        switch self.kind {
        case .mains: "mains"
        case .output: "output"
        case .charge: "charge"
        case .machine: "machine"
        case .moved: "outlet"
        case .decided: "decision"
        case .daemon: "daemon"
        case .fault: "fault"
        case .found: "finding"
        }
    }
}

extension SimulationFault {
    /// Whether what it does is told by events of its own.
    fileprivate var isSeen: Bool {
        switch self.kind {
        case .daemonCrash, .mainsFlicker: true
        default: false
        }
    }
}

extension PolicyRecord.Level {
    /// The sign in front of a line.
    fileprivate var mark: String {
        switch self {
        case .notice: " "
        case .warning: "!"
        case .alarm: "*"
        }
    }
}

extension SimulationEvent.Deed {
    /// The deed as a sentence without a full stop; nil for what the engine's own words tell at the same moment.
    fileprivate var sentence: String? {
        switch self {
        case .goesDown: nil
        case .obeys: "has been told, and goes down"
        case .hangs: "hangs on its way down"
        case .isOff: "is off"
        case .losesPower: "its power ends"
        case .boots: "boots"
        case .refusesToBoot: "has power and does not boot"
        case .isUp: "runs"
        case .losesPatience: "goes down by itself: nothing is heard of the daemon, and it is on battery"
        }
    }
}
