import HIDReport

extension HIDState {
    /// What the device says of itself now, from all reports taken so far.
    public func reading() -> UPSReading {
        let conditions = self.conditions
        let status = UPSStatus(
            conditions: conditions, charge: self.shownCharge,
            isEmpty: self.mapping.emptyLooksWorn && self.isEmpty(conditions))
        var reading = UPSReading(
            variables: self.variables, flags: status.flags, alarms: status.alarms, commands: self.commandNames)
        reading.charge = self.shownCharge.map { Percent($0) }
        reading.runtime = self.trustedRuntime(isOnBattery: status.flags.contains(.onBattery))
        reading.dischargeLimit = self.dischargeLimit.map { Percent($0) }
        reading.load = self.load
        return reading
    }

    private var variables: [Variable] {
        let served = self.rules.compactMap(self.variable)
        return (self.identityVariables + served).sorted { $0.name < $1.name }
    }

    /// What NUT shows of every USB device, from its descriptors.
    ///
    /// NUT gives no type to what cannot be set, which its server calls NUMBER whatever the text.
    private var identityVariables: [Variable] {
        let product = self.mapping.productString.split(self.identity.product)
        let maker = self.identity.manufacturer.isEmpty ? self.mapping.defaultManufacturer : self.identity.manufacturer
        let model = product.model + self.modelNumber
        let texts: [(String, String?)] = [
            ("device.type", "ups"), ("device.mfr", maker), ("ups.mfr", maker), ("device.model", model),
            ("ups.model", model), ("device.serial", self.identity.serial), ("ups.serial", self.identity.serial),
            ("ups.firmware", product.firmware), ("ups.firmware.aux", product.auxiliaryFirmware),
            ("ups.vendorid", Self.digits(self.identity.vendorID)),
            ("ups.productid", Self.digits(self.identity.productID)),
        ]
        return texts.compactMap { name, text in
            guard let text, !text.isEmpty else { return nil }
            return Variable(name, text, kind: .number)
        }
    }

    private var modelNumber: String {
        guard let number = self.mapping.modelNumberPath.flatMap(self.number), number > 0 else { return "" }
        return " " + number.formatted(decimals: 0)
    }

    private func variable(_ rule: VariableRule) -> Variable? {
        guard let text = self.text(rule) else { return nil }
        guard let length = rule.writableLength, self.items[rule.paths[0]]?.writable != nil else {
            return Variable(rule.name, text, kind: .number)
        }
        return Variable(rule.name, text, kind: .string(maximumLength: length), isWritable: true)
    }

    private func text(_ rule: VariableRule) -> String? {
        guard let number = self.number(rule.paths[0]), let held = self.held[rule.paths[0]] else { return nil }
        switch rule.conversion {
        case .number(let decimals): return self.shown(number, rule).formatted(decimals: decimals)
        case .scaled(let factor, let decimals): return (number * factor).formatted(decimals: decimals)
        case .words(let words): return words[held.logical]
        case .date: return PackedDate(packed: held.logical)?.description ?? "not set"
        case .digitDate: return PackedDate(digits: held.logical)?.description ?? "not set"
        case .string: return UInt8(exactly: held.logical).flatMap { self.strings[$0] } ?? ""
        case .percentSign: return number.formatted(decimals: 0) + "%"
        case .celsius(let decimals): return self.celsius(number, rule.paths[0]).formatted(decimals: decimals)
        case .fixed(let text): return text
        case .product(let other, let factor):
            return self.number(other).map { ($0 * number * factor).formatted(decimals: 0) }
        }
    }

    private func shown(_ number: Double, _ rule: VariableRule) -> Double {
        guard rule.name == "battery.charge", let greatest = self.mapping.greatestCharge else { return number }
        return min(number, greatest)
    }

    /// Kelvins become degrees; a device that gives no unit gives degrees at once.
    private func celsius(_ number: Double, _ path: String) -> Double {
        let unit = self.items[path]?.readable?.unit
        return unit == HIDUnit.kelvin.rawValue ? number - 273.15 : number
    }

    /// The conditions that hold and those that do not; of several paths for one the latest report speaks.
    private var conditions: [ConditionRule.Condition: Bool] {
        var conditions: [ConditionRule.Condition: (holds: Bool, order: Int)] = [:]
        for rule in self.mapping.conditions {
            guard let held = self.held[rule.path], let holds = rule.holds(at: held.logical) else { continue }
            if let known = conditions[rule.condition], known.order > held.order { continue }
            conditions[rule.condition] = (holds, held.order)
        }
        return conditions.mapValues(\.holds)
    }

    /// Whether the battery is empty as far as this device can be: at its end or at the limit where it cuts its output.
    private func isEmpty(_ conditions: [ConditionRule.Condition: Bool]) -> Bool {
        if conditions[.depleted] == true { return true }
        guard let charge = self.shownCharge, let limit = self.dischargeLimit else { return false }
        // The output is cut at the limit + 1 % (EcoFlow River 3 Plus).
        return conditions[.online] == false && charge <= limit + 1
    }

    private var shownCharge: Double? {
        guard let rule = self.rule("battery.charge") else { return nil }
        return self.number(rule.paths[0]).map { self.shown($0, rule) }
    }

    private var dischargeLimit: Double? { self.mapping.dischargeLimitPath.flatMap(self.number) }

    private func trustedRuntime(isOnBattery: Bool) -> Duration? {
        guard let rule = self.rule("battery.runtime"), var seconds = self.number(rule.paths[0]) else { return nil }
        if case .scaled(let factor, _) = rule.conversion { seconds *= factor }
        guard seconds >= 0, seconds < Self.longestRuntime else { return nil }
        if case .onBattery(let sentinel) = self.mapping.runtime, !isOnBattery || seconds == sentinel { return nil }
        return .seconds(seconds)
    }

    /// A runtime of a year and more is a number that means "unknown" (`ff ff ff 7f` of many devices).
    private static var longestRuntime: Double { 365 * 86400 }

    /// The watts measured, or the share of the rated watts; nil where the device gives neither.
    private var load: Watts? {
        if let rule = self.rule("ups.realpower") {
            guard let watts = self.number(rule.paths[0]) else { return nil }
            guard case .product(let other, let factor) = rule.conversion else { return Watts(watts) }
            return self.number(other).map { Watts($0 * watts * factor) }
        }
        guard let share = self.rule("ups.load"), let rated = self.rule("ups.realpower.nominal") else { return nil }
        guard let percent = self.number(share.paths[0]), let watts = self.number(rated.paths[0]) else { return nil }
        return Watts(percent * watts / 100)
    }

    private func rule(_ name: String) -> VariableRule? { self.rules.first { $0.name == name } }

    /// A USB number as NUT shows it: four hexadecimal digits in lower case.
    private static func digits(_ number: UInt16) -> String {
        let text = String(number, radix: 16)
        return String(repeating: "0", count: 4 - text.utf8.count) + text
    }
}
