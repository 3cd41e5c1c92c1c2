import ArgumentParser
import PowerCore

/// `pductl list`: what there is, a line each.
struct ListReport {
    /// What may be listed.
    enum Subject: String, CaseIterable, ExpressibleByArgument {
        case ups
        case pdus
        case outlets
        case hosts
    }

    /// What is reported on.
    let picture: ServerPicture

    /// The table of a subject, of all devices without one.
    func text(_ subject: Subject?, colour: Bool) -> String {
        let text =
            switch subject {
            case nil: self.devices(self.picture.devices).text(colour: colour)
            case .ups: self.devices(self.picture.devices(.ups)).text(colour: colour)
            case .pdus: self.devices(self.picture.devices(.pdu)).text(colour: colour)
            case .hosts: self.devices(self.picture.devices(.host)).text(colour: colour)
            case .outlets: self.picture.outlets.table.text(colour: colour)
            }
        return text.isEmpty ? "the server has no \(subject?.rawValue ?? "devices")\n" : text
    }

    /// The same as JSON.
    func json(_ subject: Subject?) -> JSONValue {
        switch subject {
        case nil: self.json(self.picture.devices)
        case .ups: self.json(self.picture.devices(.ups))
        case .pdus: self.json(self.picture.devices(.pdu))
        case .hosts: self.json(self.picture.devices(.host))
        case .outlets: .array(self.picture.outlets.map(\.json))
        }
    }

    private func devices(_ devices: [DevicePicture]) -> TextTable {
        var table = TextTable("DEVICE", "KIND", "DESCRIPTION")
        for device in devices {
            let kind = device.trouble == nil ? device.kind.rawValue : device.trouble
            table.add(.init(device.name), .init(kind, device.trouble == nil ? .plain : .bad), .init(device.description))
        }
        return table
    }

    private func json(_ devices: [DevicePicture]) -> JSONValue {
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
