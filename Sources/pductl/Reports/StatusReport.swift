import PowerCore

/// `pductl status`: the UPSes, PDUs and hosts of a server in three small tables.
struct StatusReport {
    /// What is reported on.
    let picture: ServerPicture

    /// The tables, an empty line between them.
    func text(colour: Bool) -> String {
        let tables = [self.upses, self.pdus, self.hosts].map { $0.text(colour: colour) }.filter { !$0.isEmpty }
        return tables.isEmpty ? "the server has no devices\n" : tables.joined(separator: "\n")
    }

    /// The same as JSON.
    var json: JSONValue {
        .object([
            ("ups", .array(self.picture.devices(.ups).map(\.upsJSON))),
            ("pdu", .array(self.picture.devices(.pdu).map(\.pduJSON))),
            ("hosts", .array(self.picture.devices(.host).map(\.hostJSON))),
        ])
    }

    /// The report on one device, host or outlet; a failure where the name is none of them.
    func text(of target: String, colour: Bool, json: Bool) throws(Outcome) -> String {
        if let device = self.picture.device(target) {
            return json ? device.json.text + "\n" : Self.text(of: device, in: self.picture, colour: colour)
        }
        switch OutletTarget(target, in: self.picture) {
        case .found(let outlet):
            return json ? outlet.json.text + "\n" : [outlet].table.text(colour: colour)
        case .ambiguous(let outlets):
            return json ? JSONValue.array(outlets.map(\.json)).text + "\n" : outlets.table.text(colour: colour)
        case .unknown(let near):
            let devices = Spelling.nearest(to: target, among: self.picture.devices.map(\.name))
            let names = devices + near.filter { !devices.contains($0) }
            throw .failure(
                .usage, "nothing is called '\(target)'" + (names.isEmpty ? "" : ". Did you mean:"),
                details: names.map { "pductl status \($0)" }, json: json)
        }
    }

    private static func text(of device: DevicePicture, in picture: ServerPicture, colour: Bool) -> String {
        let alone = StatusReport(picture: ServerPicture(devices: [device]))
        let parts = [alone.text(colour: colour), device.outlets.table.text(colour: colour), device.explanationText]
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
