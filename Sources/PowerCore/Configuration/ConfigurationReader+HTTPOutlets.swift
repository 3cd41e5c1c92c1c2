extension ConfigurationReader {
    /// How long one request may take. Below a quarter of a second nothing on Wi-Fi answers; above half a minute nobody
    /// waits for an outlet any more.
    static let httpTimeouts = Duration.milliseconds(250)...Duration.seconds(30)

    /// `driver: http` with `profile`, `url` and who we are there; nil after an error.
    mutating func httpOutlets(
        of section: inout ConfigurationSection, called id: DeviceID
    ) -> Configuration.HTTPOutlets? {
        let profile = self.httpProfile(of: &section)
        let url = self.httpAddress(of: &section)
        let user = self.text("user", of: &section)
        let password = self.text("password-file", of: &section)
        let token = self.text("token-file", of: &section)
        let fingerprint = self.value("fingerprint", of: &section, ConfigurationScalar.fingerprint)
        let authorities = self.text("ca", of: &section)
        let device = self.text("device", of: &section)
        let site = self.text("site", of: &section)
        let timeout = self.duration("timeout", of: &section, in: Self.httpTimeouts)
        guard let profile, let url else { return nil }
        var options = Configuration.HTTPOutlets(profile: profile.value, url: url.value)
        options.user = user?.value
        options.passwordFile = password?.value
        options.tokenFile = token?.value
        options.fingerprint = fingerprint?.value
        options.authoritiesFile = authorities?.value
        if let timeout { options.timeout = timeout }
        self.checkWho(options, section, user: user, token: token, url: url)
        self.checkTrust(options, section, fingerprint: fingerprint?.mark, authorities: authorities?.mark)
        self.readDevice(of: &options, section, device: device, site: site)
        return options
    }

    /// `profile`: one of the names that are known.
    private mutating func httpProfile(
        of section: inout ConfigurationSection
    ) -> Marked<Configuration.HTTPOutlets.Profile>? {
        let known = Configuration.HTTPOutlets.Profile.allCases.map(\.rawValue).joined(separator: ", ")
        guard section.contains("profile") else {
            self.fail(section.mark, "\(section.name) has no profile", remedy: "add profile: and one of \(known)")
            return nil
        }
        return self.value("profile", of: &section) { text throws(ConfigurationScalar.Refusal) in
            guard let profile = Configuration.HTTPOutlets.Profile(rawValue: text) else {
                throw ConfigurationScalar.Refusal(expected: "one of \(known)")
            }
            return profile
        }
    }

    /// `url`: where it answers.
    private mutating func httpAddress(
        of section: inout ConfigurationSection
    ) -> Marked<Configuration.HTTPOutlets.Address>? {
        guard section.contains("url") else {
            self.fail(section.mark, "\(section.name) has no url", remedy: "add url: such as https://192.0.2.10")
            return nil
        }
        return self.value("url", of: &section, ConfigurationScalar.httpAddress)
    }

    /// A user has a password, a token takes the place of both, and neither travels in the clear without a word.
    private mutating func checkWho(
        _ options: Configuration.HTTPOutlets, _ section: ConfigurationSection, user: Marked<String>?,
        token: Marked<String>?, url: Marked<Configuration.HTTPOutlets.Address>
    ) {
        if let user, options.passwordFile == nil {
            self.fail(
                user.mark, "\(section.name) has a user but no password-file", remedy: "add it, or remove the user")
        }
        if options.passwordFile != nil, user == nil, options.profile.usualUser == nil {
            self.fail(section.mark, "\(section.name) has a password-file but no user", remedy: "add user:")
        }
        if let token, !options.profile.takesToken {
            self.fail(
                token.mark, "\(section.name): \(options.profile.rawValue) knows no token",
                remedy: "write user and password-file")
        }
        if let token, options.passwordFile != nil {
            self.fail(token.mark, "\(section.name) has a token-file and a password-file", remedy: "keep one of them")
        }
        let isReadable = options.tokenFile != nil || (options.passwordFile != nil && options.profile.sendsPassword)
        if isReadable, options.profile.canEncrypt, !url.value.isEncrypted {
            self.warn(
                url.mark, "\(section.name): everybody on the way can read the password or token",
                remedy: "write https:// where the device can do that")
        }
    }

    /// What a certificate is held against needs encryption, and is one thing and not two.
    private mutating func checkTrust(
        _ options: Configuration.HTTPOutlets, _ section: ConfigurationSection, fingerprint: ConfigurationMark?,
        authorities: ConfigurationMark?
    ) {
        guard let mark = fingerprint ?? authorities else { return }
        if fingerprint != nil, authorities != nil {
            self.fail(mark, "\(section.name) has a fingerprint and a ca", remedy: "keep one of them")
        }
        if !options.url.isEncrypted {
            self.fail(
                mark, "\(section.name) has a \(fingerprint == nil ? "ca" : "fingerprint"), but its url is not https",
                remedy: "write https://, or remove it")
        }
    }

    /// `device` and `site`, where the profile has them.
    private mutating func readDevice(
        of options: inout Configuration.HTTPOutlets, _ section: ConfigurationSection, device: Marked<String>?,
        site: Marked<String>?
    ) {
        if let extra = options.profile.takesDevice ? nil : device {
            self.fail(extra.mark, "\(section.name): \(options.profile.rawValue) has no device", remedy: "remove it")
        }
        if let extra = options.profile == .unifi ? nil : site {
            self.fail(extra.mark, "\(section.name): \(options.profile.rawValue) has no site", remedy: "remove it")
        }
        if options.profile == .unifi { self.checkUniFi(&options, section, device: device, site: site) }
        if options.profile == .redfish { options.device = self.segment(device, "device", section) }
    }

    /// A controller has many devices, and tells nobody anything who is not known.
    private mutating func checkUniFi(
        _ options: inout Configuration.HTTPOutlets, _ section: ConfigurationSection, device: Marked<String>?,
        site: Marked<String>?
    ) {
        if options.tokenFile == nil, options.passwordFile == nil {
            self.fail(
                section.mark, "\(section.name) has neither token-file nor password-file",
                remedy: "add token-file: with an API key of the controller")
        }
        if let site = self.segment(site, "site", section) { options.site = site }
        let remedy = "write its MAC, such as \"aa:bb:cc:dd:ee:ff\""
        guard let device else {
            self.fail(section.mark, "\(section.name) has no device", remedy: "add device: and the PDU's MAC")
            return
        }
        guard let bytes = try? ConfigurationScalar.hardwareAddress(device.value) else {
            self.fail(device.mark, "\(section.name): device is '\(device.value)'", remedy: remedy)
            return
        }
        options.device = bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined(separator: ":")
    }

    /// A text that becomes a part of a path; nil where it is missing or after an error.
    private mutating func segment(
        _ text: Marked<String>?, _ key: String, _ section: ConfigurationSection
    ) -> String? {
        guard let text else { return nil }
        let isPlain = text.value.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-_.~".contains($0)) }
        if isPlain, !text.value.isEmpty, !text.value.allSatisfy({ $0 == "." }) { return text.value }
        self.fail(
            text.mark, "\(section.name): \(key) is '\(text.value)'", remedy: "write letters, digits, - and _ alone")
        return nil
    }
}
