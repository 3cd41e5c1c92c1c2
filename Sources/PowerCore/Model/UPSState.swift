/// What is known of one UPS: its last reading, how old that is, and what clients and the policy are told of it.
public struct UPSState: Equatable, Sendable {
    /// The UPS in the power graph.
    public internal(set) var rack: RackUPS
    /// After how long without fresh data the variables are stale.
    public internal(set) var staleAfter: Duration
    /// Values that replace what the device says, by variable name.
    public internal(set) var overrides: [String: String]
    /// What it said last, nil until it says something.
    public private(set) var reading: UPSReading?
    /// When it said that.
    public private(set) var lastFresh: Moment?
    /// How trustworthy the variables are.
    public private(set) var availability = Availability.notConnected

    /// Makes the state of a UPS that has said nothing yet.
    public init(rack: RackUPS, staleAfter: Duration, overrides: [String: String] = [:]) {
        self.rack = rack
        self.staleAfter = staleAfter
        self.overrides = overrides
    }

    /// Takes a reading in; returns whether it changes anything but its age.
    public mutating func take(_ reading: UPSReading, at now: Moment) -> Bool {
        defer { (self.reading, self.lastFresh, self.availability) = (reading, now, .fresh) }
        return self.reading != reading || self.availability != .fresh
    }

    /// Takes note that the data is not good, whatever its age; returns whether it was fresh until now.
    public mutating func lose(_ availability: Availability) -> Bool {
        defer { self.availability = availability }
        return self.availability == .fresh
    }

    /// Takes note of the time; returns whether the data has just become stale.
    public mutating func age(at now: Moment) -> Bool {
        guard self.availability == .fresh, let staleAt, now >= staleAt else { return false }
        self.availability = .stale
        return true
    }

    /// When the data becomes stale unless something fresh comes; nil where it is stale already.
    public var staleAt: Moment? {
        self.availability == .fresh ? self.lastFresh.map { $0 + self.staleAfter } : nil
    }

    /// What the policy is told.
    public var condition: UPSCondition? {
        self.reading.map { reading in
            let cutOff = reading.dischargeLimit.map { Percent($0.value + BatteryEstimate.cutAboveLimit) }
            return UPSCondition(
                supply: self.supply(reading, cutOff: cutOff), charge: reading.charge, runtime: reading.runtime,
                cutOff: cutOff, load: reading.load, saysLow: reading.flags.contains(.lowBattery))
        }
    }

    /// Where the power at the output comes from. A battery at its cut-off means that the output is cut: an EcoFlow says
    /// nothing else of it (River 3 Plus: status 40 02 at the discharge limit).
    private func supply(_ reading: UPSReading, cutOff: Percent?) -> UPSCondition.Supply {
        if reading.flags.contains(.off) { return .off }
        if reading.flags.contains(.online) { return .mains }
        guard reading.flags.contains(.onBattery) else { return .unknown }
        let isDepleted = !reading.flags.contains(.discharging)
        guard let charge = reading.charge, let cutOff, charge <= cutOff, isDepleted else { return .battery }
        return .off
    }

    /// The words of `ups.status` in NUT's order, `isLow` being our own verdict on the battery.
    public func status(isLow: Bool, isForced: Bool) -> String {
        guard let reading else { return "WAIT" }
        if let own = reading.ownStatus { return Self.status(own, isLow: isLow, isForced: isForced) }
        var words: [String] = isForced ? ["FSD"] : []
        if !reading.alarms.isEmpty { words.append("ALARM") }
        for (flag, word) in Self.words where reading.flags.contains(flag) { words.append(word) }
        if isLow, !words.contains("LB") { words.append("LB") }
        return words.joined(separator: " ")
    }

    /// A device's own words as they are, with what it does not say itself added. Without any it is `WAIT`, as with NUT.
    private static func status(_ own: String, isLow: Bool, isForced: Bool) -> String {
        let words = own.split(separator: " ")
        let isAdding = (isForced && !words.contains("FSD"), isLow && !words.contains("LB"))
        let text = words.isEmpty ? "WAIT" : own
        return (isAdding.0 ? "FSD " : "") + text + (isAdding.1 ? " LB" : "")
    }

    /// In the order in which NUT's usbhid-ups 2.8.5 puts them.
    private static let words: [(UPSReading.Flags, String)] = [
        (.online, "OL"), (.onBattery, "OB"), (.calibrating, "CAL"), (.discharging, "DISCHRG"), (.charging, "CHRG"),
        (.lowBattery, "LB"), (.overload, "OVER"), (.replaceBattery, "RB"), (.trim, "TRIM"), (.boost, "BOOST"),
        (.bypass, "BYPASS"), (.off, "OFF"),
    ]

    /// All variables of the device, overrides applied.
    public func variables(isLow: Bool, isForced: Bool) -> [Variable] {
        guard let reading else { return [] }
        if let own = self.ownVariables(of: reading, isLow: isLow, isForced: isForced) { return own }
        var byName = Dictionary(reading.variables.map { ($0.name, $0) }, uniquingKeysWith: { _, last in last })
        byName["ups.status", default: Variable("ups.status", "")].value = self.status(isLow: isLow, isForced: isForced)
        if !reading.alarms.isEmpty {
            byName["ups.alarm"] = Variable("ups.alarm", reading.alarms.joined(separator: " "))
        }
        for (name, value) in self.overrides { byName[name] = Variable(name, value) }
        return Array(byName.values)
    }

    /// The variables of a device that says everything itself, each name once: its very own but for the status, and most
    /// often that as well. Nil for any other device.
    private func ownVariables(of reading: UPSReading, isLow: Bool, isForced: Bool) -> [Variable]? {
        guard reading.ownStatus != nil, reading.alarms.isEmpty, self.overrides.isEmpty,
            let index = reading.variables.firstIndex(where: { $0.name == "ups.status" })
        else { return nil }
        let status = self.status(isLow: isLow, isForced: isForced)
        guard status != reading.variables[index].value else { return reading.variables }
        var variables = reading.variables
        variables[index].value = status
        return variables
    }
}
