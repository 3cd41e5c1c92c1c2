extension ConfigurationReader {
    /// How long an agent may be waited for; with most retries that is three minutes.
    static let snmpTimeouts = Duration.milliseconds(100)...Duration.seconds(30)
    /// How often a request may be sent again.
    static let snmpRetries = 0...5
    /// More files with families than anybody has kinds of devices.
    static let mostFamilyFiles = 16

    /// The keys that only SNMPv1 and v2c have.
    private static let communityKeys = ["community", "community-file", "write-community-file"]
    /// The keys that only SNMPv3 has.
    private static let userKeys = ["user", "auth", "auth-password-file", "privacy", "privacy-password-file", "context"]

    /// `driver: snmp` with `address` and how to speak to it; nil after an error.
    mutating func snmp(of section: inout ConfigurationSection, called id: DeviceID) -> Configuration.SNMPAgent? {
        let address = self.snmpAddress(of: &section)
        let access = self.snmpAccess(of: &section)
        let timeout = self.duration("timeout", of: &section, in: Self.snmpTimeouts)
        let retries = self.whole("retries", of: &section, in: Self.snmpRetries)
        let family = self.text("family", of: &section)?.value
        let families = self.familyFiles(of: &section)
        guard let address, let access else { return nil }
        var agent = Configuration.SNMPAgent(address: address, access: access, family: family, families: families)
        if let timeout { agent.timeout = timeout }
        if let retries { agent.retries = retries }
        return agent
    }

    /// `address`: a host with or without a port; nil after an error.
    mutating func address(of section: inout ConfigurationSection, example: String) -> Configuration.Endpoint? {
        guard section.contains("address") else {
            self.fail(section.mark, "\(section.name) has no address", remedy: "add address: such as \(example)")
            return nil
        }
        return self.value("address", of: &section, ConfigurationScalar.endpoint)?.value
    }

    /// `address`: a host, UDP port 161 unless it says another; nil after an error.
    private mutating func snmpAddress(of section: inout ConfigurationSection) -> Configuration.Endpoint? {
        guard section.contains("address") else {
            self.fail(section.mark, "\(section.name) has no address", remedy: "add address: such as 192.0.2.10")
            return nil
        }
        return self.value("address", of: &section, ConfigurationScalar.agent)?.value
    }

    /// `version` and what belongs to it; nil after an error.
    private mutating func snmpAccess(of section: inout ConfigurationSection) -> Configuration.SNMPAgent.Access? {
        let hasVersion = section.contains("version")
        let isUser = section.contains("user")
        let version = self.value("version", of: &section, Self.version)
        if hasVersion, version == nil {
            // What belongs to it cannot be told.
            for key in Self.communityKeys + Self.userKeys { _ = section.take(key) }
            return nil
        }
        switch version?.value ?? (isUser ? .v3 : .v2c) {
        case .v1:
            self.refuse(Self.userKeys, of: &section, remedy: "remove it, or write version: 3")
            return self.communities(of: &section).map { .v1(read: $0, write: $1) }
        case .v2c:
            self.refuse(Self.userKeys, of: &section, remedy: "remove it, or write version: 3 and a user")
            return self.communities(of: &section).map { .v2c(read: $0, write: $1) }
        case .v3:
            self.refuse(Self.communityKeys, of: &section, remedy: "remove it, or write version: 2c and no user")
            return self.snmpUser(of: &section).map { .v3($0) }
        }
    }

    /// Names every key that belongs to another version.
    private mutating func refuse(_ keys: [String], of section: inout ConfigurationSection, remedy: String) {
        for key in keys {
            guard let entry = section.takeUnlisted(key) else { continue }
            self.fail(entry.mark, "\(section.label(key)) is of another version of SNMP", remedy: remedy)
        }
    }

    /// The communities for reading and for orders; nil after an error.
    private mutating func communities(
        of section: inout ConfigurationSection
    ) -> (Configuration.SNMPAgent.Community, Configuration.SNMPAgent.Community?)? {
        let text = self.text("community", of: &section)
        let file = self.text("community-file", of: &section)
        let write = self.text("write-community-file", of: &section).map {
            Configuration.SNMPAgent.Community.file($0.value)
        }
        if text != nil, let file {
            self.fail(
                file.mark, "\(section.name) has a community and a community-file", remedy: "keep the community-file")
            return nil
        }
        if let file { return (.file(file.value), write) }
        return (.text(text?.value ?? Configuration.SNMPAgent.usualCommunity), write)
    }

    /// The user of SNMPv3; nil after an error.
    private mutating func snmpUser(of section: inout ConfigurationSection) -> Configuration.SNMPAgent.User? {
        let isNamed = section.contains("user")
        let name = self.text("user", of: &section)
        let digest = self.secured("auth", of: &section, example: "sha", Configuration.SNMPAgent.User.Digest.self)
        let cipher = self.secured("privacy", of: &section, example: "aes128", Configuration.SNMPAgent.User.Cipher.self)
        let context = self.text("context", of: &section)?.value ?? ""
        if let cipher, digest == nil {
            self.fail(
                cipher.mark, "\(section.name) has privacy, but no auth",
                remedy: "add auth: and auth-password-file, which SNMPv3 needs for it")
        }
        guard let name else {
            if !isNamed {
                self.fail(section.mark, "\(section.name) has no user", remedy: "add user: and the name SNMPv3 knows")
            }
            return nil
        }
        return Configuration.SNMPAgent.User(
            name: name.value, authentication: digest.map { .init(digest: $0.word, passwordFile: $0.file) },
            privacy: cipher.map { .init(cipher: $0.word, passwordFile: $0.file) }, context: context)
    }

    /// `key` and `key-password-file`, which need each other; nil where both are missing or after an error.
    private mutating func secured<Word: RawRepresentable & CaseIterable>(
        _ key: String, of section: inout ConfigurationSection, example: String, _ type: Word.Type
    ) -> (word: Word, file: String, mark: ConfigurationMark)? where Word.RawValue == String {
        let hasWord = section.contains(key)
        let word = self.value(key, of: &section) { text throws(ConfigurationScalar.Refusal) in
            guard let word = Word(rawValue: text) else {
                let all = Word.allCases.map(\.rawValue)
                throw .init(expected: "\(all.dropLast().joined(separator: ", ")) or \(all.last ?? "")")
            }
            return word
        }
        let file = self.text("\(key)-password-file", of: &section)
        if let word, let file { return (word.value, file.value, word.mark) }
        if let word {
            self.fail(
                word.mark, "\(section.name) has \(key), but no \(key)-password-file",
                remedy: "add \(key)-password-file: and a file whose first line is the password")
        } else if let file, !hasWord {
            self.fail(
                file.mark, "\(section.name) has \(key)-password-file, but no \(key)",
                remedy: "add \(key): as it is set in the device, such as \(example)")
        }
        return nil
    }

    /// `families`: files that describe families of devices.
    private mutating func familyFiles(of section: inout ConfigurationSection) -> [String] {
        let files = self.texts("families", of: &section) ?? []
        if files.count > Self.mostFamilyFiles {
            self.fail(
                files[Self.mostFamilyFiles].mark, "\(section.label("families")) has more than \(Self.mostFamilyFiles)",
                remedy: "put some of them into one file")
        }
        return files.prefix(Self.mostFamilyFiles).map(\.value)
    }
}

extension ConfigurationReader {
    private enum Version: String {
        case v1 = "1"
        case v2c = "2c"
        case v3 = "3"
    }

    private static func version(_ text: String) throws(ConfigurationScalar.Refusal) -> Version {
        guard let version = Version(rawValue: text) else { throw .init(expected: "1, 2c or 3") }
        return version
    }
}

extension ConfigurationScalar {
    /// Reads the address of an SNMP agent: `192.0.2.10`, `pdu.lan:1161`, `fe80::1%eth0`, `[::1]:161`.
    static func agent(_ text: String) throws(Refusal) -> Configuration.Endpoint {
        let refusal = Refusal(expected: "an address such as 192.0.2.10 or 192.0.2.10:1161")
        if let place = try? Self.endpoint(text) {
            guard place.port > 0 else { throw refusal }
            return place
        }
        let bare = text.hasPrefix("[") && text.hasSuffix("]") ? String(text.dropFirst().dropLast()) : text
        guard let host = try? Self.host(bare) else { throw refusal }
        return Configuration.Endpoint(host: host, port: Configuration.SNMPAgent.usualPort)
    }
}
