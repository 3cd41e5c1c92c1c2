extension ConfigurationReader {
    /// More clients than file descriptors are worth; a rack has dozens.
    static let mostClients = 65_536
    /// Users of one file; each is looked through at every login.
    static let mostUsers = 1024

    /// `server`: where to listen and who may log in.
    mutating func readServer(of file: inout ConfigurationSection) {
        guard var section = self.section("server", of: &file) else { return }
        let listen = self.readListen(of: &section)
        if let listen { self.configuration.server.listen = listen.map(\.value) }
        if let clients = self.whole("max-clients", of: &section, in: 1...Self.mostClients) {
            self.configuration.server.maximumClients = clients
        }
        if let idle = self.duration("idle-timeout", of: &section, in: .seconds(1)...(.seconds(86400))) {
            self.configuration.server.idleTimeout = idle
        }
        self.readTLS(of: &section)
        if let ranges = self.texts("allow", of: &section) {
            self.configuration.server.allow = self.ranges(ranges, "allow", of: section)
        }
        self.readAliases(of: &section)
        self.readUsers(of: &section)
        self.checkEncryption(listen ?? [], at: section.mark)
        self.finish(section)
    }

    /// The networks to take connections from; an empty list is an error.
    mutating func ranges(
        _ texts: [Marked<String>], _ key: String, of section: ConfigurationSection
    ) -> [NetworkRange] {
        if texts.isEmpty {
            self.fail(
                section.mark, "\(section.label(key)) names no network",
                remedy: "remove it, or write \(key): [127.0.0.1]")
        }
        return texts.compactMap { text in
            if let range = NetworkRange(parsing: text.value) { return range }
            self.fail(
                text.mark, "\(section.label(key)) is '\(text.value)'",
                remedy: "write an address or a network such as 192.0.2.0/24 or 2001:db8::/32")
            return nil
        }
    }

    /// `server.users`: each with a password and its rights.
    private mutating func readUsers(of server: inout ConfigurationSection) {
        guard let users = self.section("users", of: &server) else { return }
        for entry in users.entries.prefix(Self.mostUsers) {
            self.checkName(entry.key, "user", at: entry.mark)
            guard var section = self.section("user \(entry.key)", entry.value, at: entry.mark) else { continue }
            if let user = self.user(entry.key, of: &section) { self.configuration.server.users.append(user) }
        }
        for entry in users.entries.dropFirst(Self.mostUsers) {
            self.fail(entry.mark, "more than \(Self.mostUsers) users", remedy: "remove some")
            break
        }
    }

    /// One user.
    private mutating func user(_ name: String, of section: inout ConfigurationSection) -> Configuration.User? {
        let password = self.password(name, of: &section)
        let role = self.value("role", of: &section, Self.role)?.value
        let set = self.scope("set", of: &section) ?? .only([])
        let commands = self.scope("commands", of: &section) ?? .only([])
        let devices = self.devices(name, of: &section)
        self.finish(section)
        guard let password else { return nil }
        return Configuration.User(
            name: name, password: password, role: role, set: set, commands: commands, devices: devices)
    }

    /// `role`: what NUT's own users file calls `upsmon`.
    private static func role(_ text: String) throws(ConfigurationScalar.Refusal) -> Configuration.User.Role {
        guard let role = Configuration.User.Role(rawValue: text) else {
            throw ConfigurationScalar.Refusal(expected: "secondary or primary, or leave it out")
        }
        return role
    }

    /// Exactly one of `password`, `password-file` and `password-hash`.
    private mutating func password(
        _ name: String, of section: inout ConfigurationSection
    ) -> Configuration.User.Password? {
        let keys = ["password", "password-file", "password-hash"]
        let isMissing = !keys.contains { section.contains($0) }
        let found = keys.map { self.text($0, of: &section) }
        let given = zip(keys, found).compactMap { key, text in text.map { (key: key, text: $0) } }
        guard let first = given.first else {
            if isMissing {
                self.fail(section.mark, "\(section.name) has no password", remedy: "add password-file: /path")
            }
            return nil
        }
        if given.count > 1 {
            self.fail(
                given[1].text.mark, "\(section.name) has a \(first.key) and a \(given[1].key)", remedy: "keep one")
            return nil
        }
        if first.key == "password" {
            self.checkPassword(first.text, of: section)
            return .plain(first.text.value)
        }
        self.passwordMarks[name] = first.text.mark
        return first.key == "password-file" ? .file(first.text.value) : .hash(first.text.value)
    }

    /// Stock clients send passwords without quotes, so that these characters end or split the word (NUT 2.8,
    /// clients/upsclient.c), and upsd's own parser drops what is not ASCII.
    private mutating func checkPassword(_ password: Marked<String>, of section: ConfigurationSection) {
        let isSendable = password.value.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7f && !#"#"\="#.utf8.contains($0) }
        guard !isSendable else { return }
        self.warn(
            password.mark, "\(section.name): stock NUT clients cannot send this password",
            remedy: "use letters, digits and signs other than space, #, \", \\ and =")
    }

    /// `all`, or a list of names.
    private mutating func scope(_ key: String, of section: inout ConfigurationSection) -> Configuration.User.Scope? {
        guard let names = self.texts(key, of: &section) else { return nil }
        return self.isAll(names, key, of: section) ? .all : .only(Set(names.map(\.value)))
    }

    /// `devices`, whose names are looked up when all devices are known.
    private mutating func devices(
        _ user: String, of section: inout ConfigurationSection
    ) -> Configuration.User.Scope {
        guard let names = self.texts("devices", of: &section) else { return .all }
        guard !self.isAll(names, "devices", of: section) else { return .all }
        self.userDevices += names.map { (user, $0.value, $0.mark) }
        return .only(Set(names.map(\.value)))
    }

    /// Whether the list is the word `all`; beside other names it is an error.
    private mutating func isAll(_ names: [Marked<String>], _ key: String, of section: ConfigurationSection) -> Bool {
        guard let all = names.first(where: { $0.value == "all" }) else { return false }
        if names.count > 1 {
            self.fail(all.mark, "\(section.label(key)) has all beside other names", remedy: "write \(key): all")
        }
        return true
    }

    /// Everything that a client can ask for by its own name.
    var deviceNames: [String] {
        let rack = self.configuration.rack
        let devices = rack.upses.map(\.id.name) + rack.pdus.map(\.id.name)
        return devices + rack.consumers.filter(\.isHost).map(\.id.name) + [RackValidation.labName]
    }

    /// Says which devices of users do not exist.
    mutating func checkUserDevices() {
        let rack = self.configuration.rack
        let known = self.deviceNames
        for (user, device, mark) in self.userDevices where !known.contains(device) {
            let isLoad = rack.consumers.contains { $0.id.name == device }
            self.fail(
                mark, "user \(user): devices: \(isLoad ? "load '\(device)' is no device" : "no device '\(device)'")",
                remedy: isLoad ? "name a UPS, a PDU or a host" : Spelling.remedy(for: device, among: known))
        }
    }
}
