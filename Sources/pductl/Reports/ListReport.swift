import PowerCore

/// `pductl list`: what there is, a line each.
struct ListReport {
    /// What is reported on.
    let picture: ServerPicture

    /// Everything of a kind, all devices without one.
    func report(_ kind: Kind?) -> Report {
        guard let kind else { return Self.report(of: self.picture.devices, "devices", wide: nil) }
        return self.report(of: self.picture.things(kind), kind)
    }

    /// Some things of a kind.
    func report(of things: [Thing], _ kind: Kind) -> Report {
        switch kind {
        case .outlet: return Self.report(of: things.flatMap(\.outlets))
        case .group: return Self.groups(things)
        case .pdu, .host, .ups:
            let devices = things.compactMap(\.device)
            let status = StatusReport(picture: ServerPicture(devices: devices)).report()
            return Self.report(of: devices, kind == .ups ? "ups" : kind.plural, wide: status.text)
        }
    }

    /// Outlets as a table of their own.
    static func report(of outlets: [OutletPicture]) -> Report {
        var seen: [OutletPicture] = []
        for outlet in outlets where !seen.contains(outlet) { seen.append(outlet) }
        let (plain, wide, json) = (seen.table, seen.wideTable, JSONValue.array(seen.map(\.json)))
        return Report(
            text: { Self.text(plain, "outlets", colour: $0) }, wide: { Self.text(wide, "outlets", colour: $0) },
            json: json)
    }

    private static func groups(_ things: [Thing]) -> Report {
        var table = TextTable("GROUP", "OUTLETS")
        var items: [JSONValue] = []
        for thing in things {
            let places = thing.outlets.map { "\($0.id)" }
            table.add(.init(thing.name), .init(places.joined(separator: " ")))
            items.append(
                .object([("name", .string(thing.name)), ("outlets", .array(places.map { .string($0) }))]))
        }
        return Report(text: { [table] in Self.text(table, "groups", colour: $0) }, wide: nil, json: .array(items))
    }

    private static func report(
        of devices: [DevicePicture], _ plural: String, wide: ((Bool) -> String)?
    ) -> Report {
        var table = TextTable("DEVICE", "KIND", "DESCRIPTION")
        for device in devices {
            let kind = device.trouble == nil ? device.kind.rawValue : device.trouble
            table.add(.init(device.name), .init(kind, device.trouble == nil ? .plain : .bad), .init(device.description))
        }
        return Report(
            text: { [table] in Self.text(table, plural, colour: $0) }, wide: devices.isEmpty ? nil : wide,
            json: Self.json(devices))
    }

    private static func text(_ table: TextTable, _ plural: String, colour: Bool) -> String {
        let text = table.text(colour: colour)
        return text.isEmpty ? "the server has no \(plural)\n" : text
    }

    private static func json(_ devices: [DevicePicture]) -> JSONValue {
        .array(
            devices.map { device in
                .object([
                    ("name", .string(device.name)),
                    ("kind", device.trouble == nil ? .string(device.kind.rawValue) : .null),
                    ("description", .string(orNull: device.description)), ("trouble", .string(orNull: device.trouble)),
                ])
            })
    }
}
