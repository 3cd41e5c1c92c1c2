public import PowerCore

extension LabSnapshot {
    /// The lab as lines of text, one for each thing in it.
    public var text: String {
        let sources = self.sources.map { "mains \($0.id): \($0.isOn ? "on" : "off")" }
        let upses = self.upses.map { ups in
            let power = ups.isOutputLive ? (ups.hasMains ? "on mains" : "on battery") : "output ended"
            return "ups \(ups.id): \(power), \(ups.charge.value.short) %, \(ups.watts.value.short) W"
                + (ups.troubles.map { " (\($0))" } ?? "")
        }
        let outlets = self.outlets.map { outlet in
            let dead = outlet.position == .on && !outlet.isLive ? ", no power" : ""
            return "outlet \(outlet.id): \(outlet.position.rawValue)\(dead), \(outlet.watts.value.short) W"
        }
        let pdus = self.troubles.sorted { $0.key < $1.key }.map { "pdu \($0.key): \($0.value)" }
        let hosts = self.hosts.map { host in
            "host \(host.id): \(host.state.rawValue)\(host.isPowered ? "" : ", no power")"
                + "\(host.isHung ? ", hangs when it stops" : ""), \(host.watts.value.short) W"
                + (host.crashes > 0 ? ", lost its power \(host.crashes) times" : "")
        }
        let loads = self.loads.map { "load \($0.id): \($0.isPowered ? "on" : "no power"), \($0.watts.value.short) W" }
        let speed = ["batteries \(self.speed.short) times as fast as time"]
        return (sources + upses + pdus + outlets + hosts + loads + speed).joined(separator: "\n")
    }

    /// The lab as NUT variables of a device of its own, so that any client can read its true state.
    public var variables: [Variable] {
        let sources = self.sources.map { Variable("lab.mains.\($0.id)", $0.isOn ? "on" : "off") }
        let upses = self.upses.flatMap { ups in
            [
                Variable("lab.ups.\(ups.id).charge", ups.charge.value.short, kind: .number),
                Variable("lab.ups.\(ups.id).realpower", ups.watts.value.short, kind: .number),
                Variable("lab.ups.\(ups.id).mains", ups.hasMains ? "on" : "off"),
                Variable("lab.ups.\(ups.id).output", ups.isOutputLive ? "on" : "off"),
                Variable("lab.ups.\(ups.id).fault", ups.troubles ?? "none"),
            ]
        }
        let pdus = self.troubles.map { Variable("lab.pdu.\($0.key).fault", $0.value) }
        let hosts = self.hosts.flatMap { host in
            [
                Variable("lab.host.\(host.id).state", host.state.rawValue),
                Variable("lab.host.\(host.id).power", host.isPowered ? "on" : "off"),
                Variable("lab.host.\(host.id).crashes", "\(host.crashes)", kind: .number),
            ]
        }
        let loads = self.loads.map { Variable("lab.load.\($0.id).power", $0.isPowered ? "on" : "off") }
        let all = [Variable("lab.speed", self.speed.short, kind: .number)] + sources + upses + pdus + hosts + loads
        return all.sorted { $0.name < $1.name }
    }
}

extension Double {
    /// The number with one decimal at most, and none where it is whole.
    var short: String {
        guard self.isFinite, abs(self) < 1e12 else { return "\(self)" }
        let tenths = Int64((self * 10).rounded())
        return tenths % 10 == 0 ? "\(tenths / 10)" : "\(Double(tenths) / 10)"
    }
}
