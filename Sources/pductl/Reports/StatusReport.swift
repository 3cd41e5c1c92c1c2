import PowerCore

/// `pductl status`: the UPSes, PDUs and hosts of a server in three small tables.
struct StatusReport {
    /// What is reported on.
    let picture: ServerPicture

    /// Everything, an empty line between the tables.
    func report() -> Report {
        Report(text: { self.text(colour: $0) }, wide: { self.text(colour: $0, withOutlets: true) }, json: self.json)
    }

    /// What selectors mean, each kind in its own table; where several may be meant, all of them.
    func report(of things: [Thing]) -> Report {
        let items = things.map(\.statusJSON)
        let json = items.count == 1 ? items[0] : .array(items)
        if things.allSatisfy({ $0.kind == .outlet }) {
            var report = ListReport.report(of: things.flatMap(\.outlets))
            report.json = json
            return report
        }
        return Report(
            text: { Self.text(of: things, colour: $0, isWide: false) },
            wide: { Self.text(of: things, colour: $0, isWide: true) }, json: json)
    }

    /// One device and what belongs to it, also where it is silent.
    func report(of device: DevicePicture) -> Report {
        Report(
            text: { Self.text(of: device, colour: $0, isWide: false) },
            wide: { Self.text(of: device, colour: $0, isWide: true) }, json: device.json)
    }

    private func text(colour: Bool, withOutlets: Bool = false) -> String {
        var tables = [self.upses, self.pdus, self.hosts]
        if withOutlets { tables.append(self.picture.outlets.wideTable) }
        let texts = tables.map { $0.text(colour: colour) }.filter { !$0.isEmpty }
        return texts.isEmpty ? "the server has no devices\n" : texts.joined(separator: "\n")
    }

    private var json: JSONValue {
        .object([
            ("ups", .array(self.picture.devices(.ups).map(\.upsJSON))),
            ("pdu", .array(self.picture.devices(.pdu).map(\.pduJSON))),
            ("hosts", .array(self.picture.devices(.host).map(\.hostJSON))),
        ])
    }

    private static func text(of things: [Thing], colour: Bool, isWide: Bool) -> String {
        let loose = things.filter { $0.device == nil }.flatMap(\.outlets)
        let blocks = things.compactMap { $0.device }.map { Self.text(of: $0, colour: colour, isWide: isWide) }
        let rest = (isWide ? loose.wideTable : loose.table).text(colour: colour)
        return (blocks + [rest]).filter { !$0.isEmpty }.joined(separator: "\n")
    }

    /// The rows of a device and what belongs to it.
    static func text(of device: DevicePicture, colour: Bool, isWide: Bool) -> String {
        let alone = StatusReport(picture: ServerPicture(devices: [device]))
        let outlets = isWide ? device.outlets.wideTable : device.outlets.table
        let parts = [alone.text(colour: colour), outlets.text(colour: colour), device.explanationText]
        return parts.filter { !$0.isEmpty }.joined(separator: "\n")
    }

    private var upses: TextTable {
        var table = TextTable("UPS", "STATUS", ">CHARGE", ">RUNTIME", ">LOAD", "DESCRIPTION")
        for ups in self.picture.devices(.ups) {
            table.add(
                .init(ups.name), ups.statusCell, .init(ups["battery.charge"].flatMap { PlainText.number($0, "%") }),
                .init(ups["battery.runtime"].flatMap(PlainText.time)), .init(ups.loadText), .init(ups.description))
        }
        return table
    }

    private var pdus: TextTable {
        var table = TextTable("PDU", "STATUS", "OUTLETS ON", ">POWER", "DESCRIPTION")
        for pdu in self.picture.devices(.pdu) {
            let outlets = pdu.outlets
            let count = outlets.isEmpty ? nil : "\(outlets.count { $0.status == "on" }) of \(outlets.count)"
            table.add(
                .init(pdu.name), pdu.trouble.map { .init($0, .bad) } ?? .init("ok", .good), .init(count),
                .init(pdu.outletWatts), .init(pdu.description))
        }
        return table
    }

    private var hosts: TextTable {
        var table = TextTable("HOST", "PHASE", "STATUS", ">LEFT", "TIER", "FEEDS")
        for host in self.picture.devices(.host) {
            table.add(
                .init(host.name), host.phaseCell, host.statusCell,
                .init(host["battery.runtime"].flatMap(PlainText.time)), .init(host["host.tier"]),
                .init(host["host.feeds"]))
        }
        return table
    }
}

extension DevicePicture {
    /// The word for the phase of a host, coloured by what it means.
    var phaseCell: TextTable.Cell {
        let phase = self["host.phase"]
        let isDown = ["off", "failed", "stopped"].contains(phase)
        return .init(phase, phase == "running" ? .good : isDown ? .bad : .doubtful)
    }

    /// The status words, coloured by what they mean.
    fileprivate var statusCell: TextTable.Cell {
        if let trouble = self.trouble { return .init(trouble, .bad) }
        let words = Set((self["ups.status"] ?? "").split(separator: " "))
        if !words.isDisjoint(with: ["LB", "FSD", "ALARM", "OFF", "OVER", "RB"]) {
            return .init(self["ups.status"], .bad)
        }
        return .init(self["ups.status"], words.contains("OB") ? .doubtful : .good)
    }

    /// The load in watts where it is measured, else in percent.
    fileprivate var loadText: String? {
        self["ups.realpower"].flatMap { PlainText.number($0, "W") }
            ?? self["ups.load"].flatMap { PlainText.number($0, "%") }
    }

    /// The sum of what the outlets draw; nil where no outlet is measured.
    fileprivate var outletWatts: String? {
        let watts = self.outlets.compactMap { $0.watts.flatMap { Double($0) } }
        return watts.isEmpty ? nil : PlainText.number("\(watts.reduce(0, +))", "W")
    }
}

extension Thing {
    /// The thing as JSON, in the shape of its kind.
    fileprivate var statusJSON: JSONValue {
        switch self {
        case .outlet(let outlet): outlet.json
        case .pdu(let device), .ups(let device): device.json
        case .group(let name, let outlets):
            .object([("name", .string(name)), ("outlets", .array(outlets.map(\.json)))])
        case .consumer(let name, let device, let feeds):
            device?.json ?? .object([("name", .string(name)), ("outlets", .array(feeds.map(\.json)))])
        }
    }
}
