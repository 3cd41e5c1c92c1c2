import PowerCore

extension DevicePicture {
    /// The outlets in ascending order of their numbers.
    var outlets: [OutletPicture] {
        let commands = Set(self.commands.map { $0.lowercased() })
        return self.outletNumbers.map { number in
            let prefix = "outlet.\(number)."
            let ours = "experimental." + prefix
            var outlet = OutletPicture(id: OutletID(DeviceID(self.name), number))
            outlet.name = self[prefix + "name"]
            outlet.description = self[prefix + "desc"]
            outlet.status = (self[prefix + "status"] ?? self[prefix + "switch"])?.lowercased()
            outlet.watts = self[prefix + "realpower"]
            outlet.isSwitchable = self[prefix + "switchable"].map(Self.isYes)
            outlet.commands = commands.filter { $0.hasPrefix(prefix) }
            outlet.fed = Self.fed(outlet.description)
            outlet.groups = Self.parts(self[ours + "group"] ?? "")
            outlet.isProtected = self[ours + "protected"].map(Self.isYes) ?? false
            (outlet.lock, outlet.pending) = (self[ours + "locked"], self[ours + "pending"])
            outlet.values = self.values(behind: [ours, prefix])
            return outlet
        }
    }

    /// The values of variables that begin so, by the rest of their names; of two the one behind the later prefix counts.
    private func values(behind prefixes: [String]) -> [String: String] {
        var values: [String: String] = [:]
        for prefix in prefixes {
            for variable in self.variables where variable.name.lowercased().hasPrefix(prefix) && !variable.value.isEmpty
            {
                values[String(variable.name.lowercased().dropFirst(prefix.count))] = variable.value
            }
        }
        return values
    }

    private static func isYes(_ value: String) -> Bool {
        ["yes", "true", "1"].contains(value.lowercased())
    }

    /// Our server describes an outlet as `feeds pve1, switch`; other servers' descriptions name nothing we know.
    private static func fed(_ description: String?) -> [String] {
        guard let description, description.hasPrefix("feeds ") else { return [] }
        return Self.parts(String(description.dropFirst("feeds ".count)))
    }

    private static func parts(_ text: String) -> [String] {
        text.split(separator: ",").map { part in String(part.drop { $0 == " " }) }
    }
}
