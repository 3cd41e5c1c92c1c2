import PowerCore

extension LabCommand {
    /// Every command as a person types it, a line each.
    public static var usage: String { LabVerb.allCases.map(\.usage).joined(separator: "\n") }

    /// Reads what a person typed behind `pductl lab`.
    public init(parsing words: [String]) throws(LabCommandError) {
        guard let verb = LabVerb.allCases.first(where: { words.starts(with: $0.words) }) else {
            let said = words.isEmpty ? "no command" : "unknown command \"\(words.joined(separator: " "))\""
            let possible = LabVerb.allCases.map(\.usage).joined(separator: ", ")
            throw LabCommandError("\(said); possible: \(possible)")
        }
        try self.init(verb, Array(words.dropFirst(verb.words.count)))
    }

    /// The words that ``init(parsing:)`` makes the same command of.
    public var words: [String] { self.verb.words + self.arguments }

    init(_ verb: LabVerb, _ arguments: [String]) throws(LabCommandError) {
        guard verb.argumentCount.contains(arguments.count), !arguments.contains("") else {
            throw LabCommandError("usage: \(verb.usage)")
        }
        let name = arguments.first ?? ""
        let number = arguments.dropFirst().first
        switch verb {
        case .mainsOff: self = .mainsOff(arguments.first.map { DeviceID($0) })
        case .mainsOn: self = .mainsOn(arguments.first.map { DeviceID($0) })
        case .unplug: self = .unplug(DeviceID(name))
        case .plug: self = .plug(DeviceID(name))
        case .stall: self = .stall(DeviceID(name), times: try Self.times(number))
        case .garbage: self = .garbage(DeviceID(name), times: try Self.times(number))
        case .short: self = .short(DeviceID(name), times: try Self.times(number))
        case .nak: self = .nak(DeviceID(name), times: try Self.times(number))
        case .absurd: self = .absurd(DeviceID(name), times: try Self.times(number))
        case .slow: self = .slow(DeviceID(name), try Self.delay(number ?? ""))
        case .heal: self = .heal(name)
        case .charge: self = .setCharge(DeviceID(name), try Self.percent(number ?? ""))
        case .limit: self = .setLimit(DeviceID(name), try Self.percent(number ?? ""))
        case .stick: self = .stick(try Self.outlet(name))
        case .lag: self = .lag(try Self.outlet(name), try Self.delay(number ?? ""))
        case .deny: self = .deny(try Self.outlet(name))
        case .lock: self = .lock(try Self.outlet(name))
        case .call: self = .call(try Self.outlet(name), number ?? "")
        case .restart: self = .restart(DeviceID(name))
        case .hang: self = .hang(HostID(name))
        case .speed: self = .setSpeed(try Self.speed(name))
        case .status: self = .status
        }
    }

    var verb: LabVerb {
        switch self {
        case .mainsOff: .mainsOff
        case .mainsOn: .mainsOn
        case .unplug: .unplug
        case .plug: .plug
        case .stall: .stall
        case .garbage: .garbage
        case .short: .short
        case .nak: .nak
        case .absurd: .absurd
        case .slow: .slow
        case .heal: .heal
        case .setCharge: .charge
        case .setLimit: .limit
        case .stick: .stick
        case .lag: .lag
        case .deny: .deny
        case .lock: .lock
        case .call: .call
        case .restart: .restart
        case .hang: .hang
        case .setSpeed: .speed
        case .status: .status
        }
    }

    var arguments: [String] {
        switch self {
        case .mainsOff(let id), .mainsOn(let id): id.map { [$0.name] } ?? []
        case .unplug(let id), .plug(let id): [id.name]
        case .stall(let id, let times), .garbage(let id, let times), .short(let id, let times),
            .nak(let id, let times), .absurd(let id, let times):
            [id.name] + (times.map { ["\($0)"] } ?? [])
        case .slow(let id, let delay): [id.name, delay.wholeMilliseconds]
        case .lag(let outlet, let delay): [outlet.description, delay.wholeMilliseconds]
        case .heal(let name): [name]
        case .setCharge(let id, let percent), .setLimit(let id, let percent): [id.name, percent.value.plain]
        case .stick(let outlet), .deny(let outlet), .lock(let outlet): [outlet.description]
        case .call(let outlet, let name): [outlet.description, name]
        case .restart(let id): [id.name]
        case .hang(let host): [host.name]
        case .setSpeed(let factor): [factor.plain]
        case .status: []
        }
    }

    private static func times(_ text: String?) throws(LabCommandError) -> Int? {
        guard let text else { return nil }
        if let times = Int(text), (1...Self.timesLimit).contains(times) { return times }
        throw LabCommandError("\"\(text)\" is no number of times; possible: 1 to \(Self.timesLimit)")
    }

    private static func delay(_ text: String) throws(LabCommandError) -> Duration {
        let limit = Int(Self.delayLimit / .milliseconds(1))
        if let delay = Int(text), (1...limit).contains(delay) { return .milliseconds(delay) }
        throw LabCommandError("\"\(text)\" is no delay; possible: 1 to \(limit) milliseconds")
    }

    private static func percent(_ text: String) throws(LabCommandError) -> Percent {
        if let percent = Double(text), (0...100).contains(percent) { return Percent(percent) }
        throw LabCommandError("\"\(text)\" is no percentage; possible: 0 to 100")
    }

    private static func speed(_ text: String) throws(LabCommandError) -> Double {
        if let factor = Double(text), Self.speedRange.contains(factor) { return factor }
        let (least, most) = (Self.speedRange.lowerBound.plain, Self.speedRange.upperBound.plain)
        throw LabCommandError("\"\(text)\" is no speed; possible: \(least) to \(most)")
    }

    private static func outlet(_ text: String) throws(LabCommandError) -> OutletID {
        if let outlet = OutletID(parsing: text) { return outlet }
        throw LabCommandError("\"\(text)\" is no outlet; possible: PDU/NUMBER, such as rack-a/4")
    }
}

extension Duration {
    /// The duration as the words of a command hold it.
    fileprivate var wholeMilliseconds: String { "\(Int((self / .milliseconds(1)).rounded()))" }
}

extension Double {
    /// The number as exactly as it can be read back, without a decimal point where it is whole.
    fileprivate var plain: String {
        let text = "\(self)"
        return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }
}
