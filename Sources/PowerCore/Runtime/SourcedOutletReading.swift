extension PDUReading {
    /// The largest number an outlet may have; what is beyond it is shown as a plain variable.
    static let mostOutlets = 512

    /// Makes sense of the ready-made variables of a PDU: `outlet.4.status`, `.name`, `.realpower` and the like, and those of
    /// another server of ours for which NUT has no name (`experimental.outlet.4.locked`).
    ///
    /// An outlet can be switched where there is a way to, whatever `switchable` says.
    public init(sourced state: SourcedState) {
        var outlets: [Int: OutletReading] = [:]
        var others: [Variable] = []
        let ways = OutletWays(state)
        for variable in state.variables {
            guard let (number, property) = Self.outlet(variable.name) else {
                others.append(variable)
                continue
            }
            let isSwitchable = ways.way(of: number) != nil
            var outlet = outlets[number] ?? OutletReading(number: number, isSwitchable: isSwitchable)
            if !outlet.take(property, variable.value) { others.append(variable) }
            outlets[number] = outlet
        }
        self.init(variables: others, outlets: outlets.values.sorted { $0.number < $1.number })
    }

    /// The number of an outlet and what is said of it: `outlet.4.status` is 4 and `status`. Outlet 0 stands for all.
    private static func outlet(_ name: String) -> (Int, Substring)? {
        let own = "experimental."
        let isOwn = name.hasPrefix("\(own)outlet.")
        let parts = name.dropFirst(isOwn ? own.count : 0)
            .split(separator: ".", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0] == "outlet", let number = Int(parts[1]),
            (1...Self.mostOutlets).contains(number)
        else { return nil }
        return (number, parts[2])
    }
}

extension OutletReading {
    /// How our own server begins the description of what hangs on an outlet, which is no name of it.
    static let feedsWord = "feeds "

    /// Takes one variable of the outlet in; false where it says something that a reading has no place for.
    fileprivate mutating func take(_ property: Substring, _ value: String) -> Bool {
        switch property {
        case "status": self.position = OutletPosition(rawValue: value.lowercased())
        case "pending": self.pending = OutletPosition(rawValue: value.lowercased())
        case "realpower": self.power = Self.figure(value).map { Watts($0) }
        case "power": self.apparentPower = Self.figure(value)
        case "current": self.current = Self.figure(value)
        case "voltage": self.voltage = Self.figure(value)
        case "energy": self.energy = Self.figure(value).map { WattHours($0) }
        case "groupid": self.group = value.isEmpty ? nil : value
        // Whoever has locked it there: from here it cannot be switched.
        case "locked": self.isLocked = !value.isEmpty && value != "no"
        default: return self.takeName(property, value)
        }
        return true
    }

    private mutating func takeName(_ property: Substring, _ value: String) -> Bool {
        switch property {
        // What people call it; the name is what is printed beside it (Eaton ePDU G3: A1).
        case "desc" where !value.hasPrefix(Self.feedsWord): self.name = value.isEmpty ? self.name : value
        case "name": self.name = self.name ?? (value.isEmpty ? nil : value)
        // Said anew by whoever shows the reading, for the rack as it knows it.
        case "desc", "id", "switchable", "group", "protected": break
        default: return false
        }
        return true
    }

    /// More than any outlet gives of anything, in whatever unit: what is beyond it is a sensor's fault.
    private static let mostOfAnything = 1e9

    private static func figure(_ text: String) -> Double? {
        Double(text).flatMap { (0...Self.mostOfAnything).contains($0) ? $0 : nil }
    }
}
