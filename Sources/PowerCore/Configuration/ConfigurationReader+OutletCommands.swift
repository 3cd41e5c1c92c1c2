extension ConfigurationReader {
    /// `driver: command` with the programs and `timeout`; nil after an error.
    mutating func outletCommands(
        of section: inout ConfigurationSection, called id: DeviceID
    ) -> Configuration.OutletCommands? {
        let hasRead = section.contains("read")
        let commands = ["read", "on", "off", "cycle", "rename"].map { self.program($0, of: &section) }
        let timeout = self.duration("timeout", of: &section, in: Self.callLimits)
        guard hasRead else {
            self.fail(
                section.mark, "\(section.name) has no read",
                remedy: "add read: and the program that lists its outlets, as [/path/to/program, argument]")
            return nil
        }
        if commands[1].isEmpty != commands[2].isEmpty {
            self.warn(
                section.mark, "\(section.name) has a program for one of on and off alone",
                remedy: "give both, or neither to read only")
        }
        return Configuration.OutletCommands(
            read: commands[0], on: commands[1], off: commands[2], cycle: commands[3], rename: commands[4],
            timeout: timeout ?? Configuration.OutletCommands.usualTimeout)
    }

    /// A program with its whole path and its arguments; empty where it is missing or after an error.
    private mutating func program(_ key: String, of section: inout ConfigurationSection) -> [String] {
        guard let entry = section.take(key) else { return [] }
        return self.programWords(entry.value, section.label(key))?.words ?? []
    }
}
