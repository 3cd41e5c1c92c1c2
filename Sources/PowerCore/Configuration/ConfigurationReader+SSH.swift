extension ConfigurationReader {
    /// `ssh` of a host: `USER@HOST`, or a group of keys where more is to be said; nil where it is missing or after an error.
    mutating func ssh(of host: HostID, from section: inout ConfigurationSection) -> Configuration.HostAccess.SSH? {
        guard let entry = section.take("ssh") else { return nil }
        guard case .mapping = entry.value.content else {
            var alone = ConfigurationSection(section.name, at: entry.mark, [entry])
            return self.value("ssh", of: &alone, Self.destination)?.value
        }
        guard var fields = self.section(section.label("ssh"), entry.value, at: entry.mark) else { return nil }
        if !fields.contains("host") {
            self.fail(fields.mark, "\(fields.name) has no host", remedy: "add host: with its address")
        }
        let address = self.value("host", of: &fields, ConfigurationScalar.host)
        var ssh = Configuration.HostAccess.SSH(host: address?.value ?? "")
        ssh.user = self.value("user", of: &fields, Self.user)?.value
        ssh.port = self.whole("port", of: &fields, in: 1...65535)
        ssh.identity = self.identity(of: host, from: &fields)
        if let command = self.value("command", of: &fields, Self.remoteCommand) { ssh.command = command.value }
        self.finish(fields)
        return address == nil ? nil : ssh
    }

    /// `USER@HOST` or `HOST`.
    private static func destination(
        _ text: String
    ) throws(ConfigurationScalar.Refusal) -> Configuration.HostAccess.SSH {
        let refusal = ConfigurationScalar.Refusal(expected: "USER@HOST such as root@192.0.2.11")
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count <= 2, let host = try? ConfigurationScalar.host(String(parts[parts.count - 1])) else {
            throw refusal
        }
        guard parts.count == 2 else { return Configuration.HostAccess.SSH(host: host) }
        guard let user = try? Self.user(String(parts[0])) else { throw refusal }
        return Configuration.HostAccess.SSH(user: user, host: host)
    }

    /// A name that ssh takes for nothing else: no option, no second word, no part of an address.
    private static func user(_ text: String) throws(ConfigurationScalar.Refusal) -> String {
        let isName = text.utf8.allSatisfy { (0x21...0x7e).contains($0) && $0 != UInt8(ascii: "@") }
        guard isName, !text.isEmpty, !text.hasPrefix("-") else {
            throw ConfigurationScalar.Refusal(expected: "the name of a user such as root")
        }
        return text
    }

    /// One line for the shell over there. ssh reads options behind the host as well.
    private static func remoteCommand(_ text: String) throws(ConfigurationScalar.Refusal) -> String {
        guard text.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7f }), !text.hasPrefix("-") else {
            throw ConfigurationScalar.Refusal(expected: "one line such as poweroff, which does not begin with -")
        }
        return text
    }

    /// `identity`: the file with the private key.
    private mutating func identity(of host: HostID, from fields: inout ConfigurationSection) -> String? {
        guard let path = self.text("identity", of: &fields) else { return nil }
        guard self.isFile(path.value) else {
            self.fail(
                path.mark, "\(fields.label("identity")) is '\(path.value)'",
                remedy: "write the whole path of the key's file: the daemon has a home of its own")
            return nil
        }
        self.hostFiles.append(
            HostFile(host: host, label: fields.label("identity"), path: path.value, use: .key, mark: path.mark))
        return path.value
    }
}
