import PowerCore

/// What a server said of one device, read once.
struct DevicePicture: Equatable {
    /// What kind of thing a device is, as far as its variables tell.
    enum Kind: String, CaseIterable {
        case ups
        case pdu
        case host
        case lab
    }

    /// The NUT name.
    var name: String
    /// The server's description.
    var description = ""
    /// Why there are no variables (`stale`), nil where there are.
    var trouble: String?
    /// The variables by name, in the server's order.
    var variables: [(name: String, value: String)] = []
    /// The names of the instant commands; read only where an outlet may be among them.
    var commands: [String] = []

    /// The value of a variable; nil where the device has none, or an empty one.
    subscript(variable: String) -> String? {
        let value = self.variables.first { $0.name.lowercased() == variable }?.value
        return value?.isEmpty == true ? nil : value
    }

    /// What it is: our server's hosts have a phase; a PDU says so, or has outlets and no battery.
    var kind: Kind {
        if self["host.phase"] != nil { return .host }
        if self["device.type"] == "pdu" { return .pdu }
        if self["device.type"] == "lab" { return .lab }
        let hasBattery = self.variables.contains { $0.name.hasPrefix("battery.") }
        return !self.outletNumbers.isEmpty && !hasBattery ? .pdu : .ups
    }

    /// The numbers of the outlets that have variables. `outlet.0` is NUT's word for all of them together.
    var outletNumbers: [Int] {
        Set(self.variables.compactMap { Self.outletNumber($0.name) }).sorted()
    }

    private static func outletNumber(_ variable: String) -> Int? {
        let parts = variable.lowercased().split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count >= 3, parts[0] == "outlet", let number = Int(parts[1]), number > 0 else { return nil }
        return number
    }

    static func == (lhs: DevicePicture, rhs: DevicePicture) -> Bool {
        lhs.name == rhs.name && lhs.description == rhs.description && lhs.trouble == rhs.trouble
            && lhs.commands == rhs.commands && lhs.variables.map(\.name) == rhs.variables.map(\.name)
            && lhs.variables.map(\.value) == rhs.variables.map(\.value)
    }
}
