extension ConfigurationReader {
    /// The longest path of a Unix socket: `sun_path` has 108 bytes with the zero at its end.
    static let longestSocketPath = 107

    /// `driver: nut-driver` with `socket`, or `program` and `name`, and `state-path`; nil after an error.
    mutating func nutDriver(of section: inout ConfigurationSection, called id: DeviceID) -> Configuration.NUTDriver? {
        let socket = self.text("socket", of: &section)
        let program = self.text("program", of: &section)
        let name = self.text("name", of: &section)
        let statePath = self.text("state-path", of: &section)
        if let statePath, !statePath.value.hasPrefix("/") {
            self.fail(
                statePath.mark, "\(section.label("state-path")) is '\(statePath.value)'",
                remedy: "write the whole path, such as \(Configuration.NUTDriver.usualStatePath)")
        }
        guard let file = self.socketFile(socket, program, name, of: section, called: id) else { return nil }
        let driver = Configuration.NUTDriver(
            statePath: statePath?.value ?? Configuration.NUTDriver.usualStatePath, socket: file.value)
        guard driver.path.utf8.count <= Self.longestSocketPath else {
            self.fail(
                file.mark, "\(section.name): the path of the socket has \(driver.path.utf8.count) bytes",
                remedy: "use one of at most \(Self.longestSocketPath)")
            return nil
        }
        return driver
    }

    /// The name of the socket: as it stands, or as NUT makes it, `PROGRAM-NAME`.
    private mutating func socketFile(
        _ socket: Marked<String>?, _ program: Marked<String>?, _ name: Marked<String>?,
        of section: ConfigurationSection, called id: DeviceID
    ) -> Marked<String>? {
        if let other = program ?? name, socket != nil {
            self.fail(other.mark, "\(section.name) has a socket and a program or name", remedy: "keep the socket")
        }
        if let socket { return socket }
        guard let program else {
            self.fail(
                section.mark, "\(section.name) has no socket",
                remedy: "add socket: usbhid-ups-NAME, or program: usbhid-ups")
            return nil
        }
        if program.value.contains("/") {
            self.fail(program.mark, "\(section.label("program")) is a path", remedy: "write its name alone")
        }
        return Marked(value: "\(program.value)-\(name?.value ?? id.name)", mark: program.mark)
    }
}
