extension ConfigurationReader {
    /// `driver: nut-upstream` with `server`, `name`, `user` and `password-file`; nil after an error.
    mutating func nutUpstream(
        of section: inout ConfigurationSection, called id: DeviceID
    ) -> Configuration.NUTUpstream? {
        let hasServer = section.contains("server")
        let server = self.value("server", of: &section, ConfigurationScalar.endpoint)
        let name = self.text("name", of: &section)
        let user = self.text("user", of: &section)
        let passwordFile = self.text("password-file", of: &section)
        let authorities = self.text("ca", of: &section)
        let encryption = self.value("tls", of: &section, Self.encryption)?.value
        if let name { self.checkName(name.value, "device of another server", at: name.mark) }
        if (user == nil) != (passwordFile == nil) {
            let mark = (user ?? passwordFile)?.mark ?? section.mark
            self.fail(
                mark, "\(section.name) has a user or a password-file, but not both",
                remedy: "give both, or neither to read only")
        }
        guard let server else {
            if !hasServer {
                self.fail(
                    section.mark, "\(section.name) has no server",
                    remedy: "add server: and host:port, such as nas.lan:3493")
            }
            return nil
        }
        return Configuration.NUTUpstream(
            server: server.value, name: name?.value ?? id.name, user: user?.value, passwordFile: passwordFile?.value,
            encryption: encryption ?? (authorities == nil ? .off : .require), authoritiesFile: authorities?.value)
    }

    /// `tls`: the same words as those of `pductl --tls`.
    private static func encryption(
        _ text: String
    ) throws(ConfigurationScalar.Refusal) -> Configuration.NUTUpstream.Encryption {
        guard let encryption = Configuration.NUTUpstream.Encryption(rawValue: text) else {
            throw ConfigurationScalar.Refusal(expected: "off, try or require")
        }
        return encryption
    }
}
