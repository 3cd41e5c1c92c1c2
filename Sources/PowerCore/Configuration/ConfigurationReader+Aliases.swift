extension ConfigurationReader {
    /// Aliases of one file; each is looked through at every change of a device.
    static let mostAliases = 256

    /// `server.aliases`: other names for devices, for clients that can ask for one fixed name only.
    mutating func readAliases(of server: inout ConfigurationSection) {
        for item in self.items("aliases", of: &server) ?? [] {
            guard self.configuration.server.aliases.count < Self.mostAliases else {
                self.fail(item.mark, "more than \(Self.mostAliases) aliases", remedy: "remove some")
                return
            }
            guard var section = self.section("server: aliases", item, at: item.mark) else { continue }
            let alias = self.alias(&section)
            self.finish(section)
            guard let alias else { continue }
            self.configuration.server.aliases.append(alias.value)
            self.aliasMarks.append((alias.mark, alias.device))
        }
    }

    private mutating func alias(
        _ section: inout ConfigurationSection
    ) -> (value: Configuration.Alias, mark: ConfigurationMark, device: ConfigurationMark)? {
        let missing = ["name", "device"].filter { !section.contains($0) }
        let name = self.text("name", of: &section)
        let device = self.text("device", of: &section)
        let from = self.texts("from", of: &section).map { self.ranges($0, "from", of: section) }
        for key in missing {
            self.fail(section.mark, "\(section.name): no \(key)", remedy: "write {name: ups, device: nas}")
        }
        guard let name, let device else { return nil }
        self.checkName(name.value, "alias", at: name.mark)
        let alias = Configuration.Alias(name: name.value, device: DeviceID(device.value), from: from)
        return (alias, name.mark, device.mark)
    }

    /// Says which aliases mean nothing, or hide something, when all devices are known.
    mutating func checkAliases() {
        let known = self.deviceNames
        let taken = self.configuration.rack.consumers.map(\.id.name) + known
        var everybody: Set<String> = []
        for (alias, marks) in zip(self.configuration.server.aliases, self.aliasMarks) {
            let name = alias.name.lowercased()
            if !known.contains(alias.device.name) {
                self.fail(
                    marks.device, "server: aliases: no device '\(alias.device)'",
                    remedy: Spelling.remedy(for: alias.device.name, among: known))
            }
            if everybody.contains(name) {
                self.fail(
                    marks.name, "server: aliases: '\(alias.name)' is never reached: one above holds for everybody",
                    remedy: "put it above that, or remove it")
            }
            if alias.from == nil {
                everybody.insert(name)
                if taken.contains(where: { $0.lowercased() == name }) {
                    self.fail(
                        marks.name, "server: aliases: '\(alias.name)' would hide what has this name",
                        remedy: "say for which clients it holds, from: 192.0.2.20")
                }
            }
        }
    }
}
