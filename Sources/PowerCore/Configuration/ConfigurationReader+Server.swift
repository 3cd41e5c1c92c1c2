extension ConfigurationReader {
    /// More clients than file descriptors are worth; a rack has dozens.
    static let mostClients = 65_536
    /// Users of one file; each is looked through at every login.
    static let mostUsers = 1024

    /// `server`: where to listen and who may log in.
    mutating func readServer(of file: inout ConfigurationSection) {
        guard var section = self.section("server", of: &file) else { return }
        if let endpoints = self.texts("listen", of: &section) {
            self.configuration.server.listen = self.endpoints(endpoints, of: section)
        }
        if let clients = self.whole("max-clients", of: &section, in: 1...Self.mostClients) {
            self.configuration.server.maximumClients = clients
        }
        if let idle = self.duration("idle-timeout", of: &section, in: .seconds(1)...(.seconds(86400))) {
            self.configuration.server.idleTimeout = idle
        }
        self.readTLS(of: &section)
        self.readUsers(of: &section)
        self.finish(section)
    }

    /// `server.tls`: the files of the certificate and its key.
    private mutating func readTLS(of server: inout ConfigurationSection) {
        guard var section = self.section("tls", of: &server) else { return }
        let certificate = self.text("certificate", of: &section)
        let key = self.text("key", of: &section)
        let isRequired = self.value("require", of: &section, ConfigurationScalar.boolean)?.value ?? false
        self.finish(section)
        guard let certificate, let key else {
            for (name, value) in [("certificate", certificate), ("key", key)] where value == nil {
                self.fail(section.mark, "\(section.name) names no \(name)", remedy: "add \(name): /path/to/file.pem")
            }
            return
        }
        self.tlsMarks = TLSMarks(certificate: certificate.mark, key: key.mark)
        self.configuration.server.tls = Configuration.TLS(
            certificate: certificate.value, key: key.value, isRequired: isRequired)
    }

    /// The places to listen at; an empty list is an error.
    private mutating func endpoints(
        _ texts: [Marked<String>], of section: ConfigurationSection
    ) -> [Configuration.Endpoint] {
        if texts.isEmpty {
            self.fail(section.mark, "server: listen names no address", remedy: "write listen: [\"127.0.0.1:3493\"]")
        }
        var endpoints: [Configuration.Endpoint] = []
        for text in texts {
            do {
                endpoints.append(try ConfigurationScalar.endpoint(text.value))
            } catch {
                self.fail(text.mark, "server: listen is '\(text.value)'", remedy: "write \(error.expected)")
            }
        }
        return endpoints
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

    /// Exactly one of `password` and `password-file`.
    private mutating func password(
        _ name: String, of section: inout ConfigurationSection
    ) -> Configuration.User.Password? {
        let hasPassword = section.contains("password") || section.contains("password-file")
        let plain = self.text("password", of: &section)
        let file = self.text("password-file", of: &section)
        let hash = section.takeUnlisted("password-hash")
        if let hash {
            self.fail(
                hash.mark, "\(section.name): this version knows no password-hash", remedy: "use password-file")
        }
        switch (plain, file) {
        case (let plain?, nil):
            self.checkPassword(plain, of: section)
            return .plain(plain.value)
        case (nil, let file?):
            self.passwordMarks[name] = file.mark
            return .file(file.value)
        case (.some, let file?):
            self.fail(file.mark, "\(section.name) has a password and a password-file", remedy: "keep one")
        case (nil, nil):
            if hash == nil, !hasPassword {
                self.fail(section.mark, "\(section.name) has no password", remedy: "add password-file: /path")
            }
        }
        return nil
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

    /// Says which devices of users do not exist.
    mutating func checkUserDevices() {
        let rack = self.configuration.rack
        let devices = rack.upses.map(\.id.name) + rack.pdus.map(\.id.name)
        let hosts = rack.consumers.filter(\.isHost).map(\.id.name)
        let known = devices + hosts + [RackValidation.labName]
        for (user, device, mark) in self.userDevices where !known.contains(device) {
            let isLoad = rack.consumers.contains { $0.id.name == device }
            self.fail(
                mark, "user \(user): devices: \(isLoad ? "load '\(device)' is no device" : "no device '\(device)'")",
                remedy: isLoad ? "name a UPS, a PDU or a host" : Spelling.remedy(for: device, among: known))
        }
    }
}
