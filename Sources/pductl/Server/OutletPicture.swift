import PowerCore

/// What a person may ask of an outlet; the raw values are the last words of NUT's commands.
enum OutletAction: String, CaseIterable {
    case on
    case off
    case cycle

    /// What has happened when it is done.
    var done: String {
        switch self {
        case .on: "switched on"
        case .off: "switched off"
        case .cycle: "switched off and on"
        }
    }
}

/// What a server said of one outlet of a device.
struct OutletPicture: Equatable {
    /// The device and the number.
    var id: OutletID
    /// The name stored in the device or the configuration.
    var name: String?
    /// The server's words for what hangs on it (`feeds pve1`).
    var description: String?
    /// `on`, `off`, or what else the server says.
    var status: String?
    /// The power drawn, as NUT writes it.
    var watts: String?
    /// Whether the server says that it can be switched; nil where it says nothing.
    var isSwitchable: Bool?
    /// What can be asked of it.
    var actions: [OutletAction] = []
    /// The hosts and loads it feeds, as far as the server tells.
    var fed: [String] = []

    /// The name of the instant command.
    func command(_ action: OutletAction) -> String {
        "outlet.\(self.id.number).load.\(action.rawValue)"
    }

    /// The outlet with what hangs on it: `rack-a/4 (storage)`.
    var title: String {
        let names = self.fed.isEmpty ? [self.name].compactMap { $0 } : self.fed
        return names.isEmpty ? "\(self.id)" : "\(self.id) (\(names.joined(separator: ", ")))"
    }
}

extension DevicePicture {
    /// The outlets in ascending order of their numbers.
    var outlets: [OutletPicture] {
        let commands = Set(self.commands.map { $0.lowercased() })
        return self.outletNumbers.map { number in
            let prefix = "outlet.\(number)."
            var outlet = OutletPicture(id: OutletID(DeviceID(self.name), number))
            outlet.name = self[prefix + "name"]
            outlet.description = self[prefix + "desc"]
            outlet.status = (self[prefix + "status"] ?? self[prefix + "switch"])?.lowercased()
            outlet.watts = self[prefix + "realpower"]
            outlet.isSwitchable = self[prefix + "switchable"].map { ["yes", "true", "1"].contains($0.lowercased()) }
            outlet.actions = OutletAction.allCases.filter { commands.contains(outlet.command($0)) }
            outlet.fed = Self.fed(outlet.description)
            return outlet
        }
    }

    /// Our server describes an outlet as `feeds pve1, switch`; other servers' descriptions name nothing we know.
    private static func fed(_ description: String?) -> [String] {
        guard let description, description.hasPrefix("feeds ") else { return [] }
        return description.dropFirst("feeds ".count).split(separator: ",").map { part in
            String(part.drop { $0 == " " })
        }
    }
}
