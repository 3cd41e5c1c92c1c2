import PowerCore

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
