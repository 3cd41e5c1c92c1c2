internal import PowerCore

extension NUTConfigurationReader {
    /// `upsd.users`: a section for each user.
    ///
    /// Whose the rights in a second section of one user are could be understood in two ways. A user that stands twice is
    /// left out, and nobody gets anything.
    mutating func readUsers(_ directives: [NUTDirective]) {
        let sections = NUTFileSections(directives)
        self.failBroken(sections)
        for directive in sections.front {
            self.fail(directive, "it stands before the first section; NUT ignores it")
        }
        let repeated = sections.repeated { $0 }
        for section in self.bounded(sections) {
            if let places = repeated[section.header.name] {
                self.leaveOut(section, Self.repeatedText(section, places))
            } else {
                self.configuration.users.append(self.user(section))
            }
        }
    }

    /// Why a user that stands twice is not taken.
    private static func repeatedText(_ section: NUTFileSections.Section, _ places: [NUTFilePlace]) -> String {
        let others = NUTFileSections.others(places, besides: section.header.place)
        return
            "[\(section.header.name)] stands also at \(others); which of them is meant is not clear: join them. It is "
            + "left out"
    }

    /// One section.
    private mutating func user(_ section: NUTFileSections.Section) -> NUTFileUser {
        var user = NUTFileUser(
            name: section.header.name, place: section.header.place, actions: [], commands: .only([]))
        var passwords: [NUTDirective] = []
        for setting in section.settings {
            guard self.hasValues(setting) else { continue }
            switch setting.name {
            case "password": passwords.append(setting)
            case "actions": self.readActions(setting, of: &user)
            case "instcmds": Self.addCommands(setting.values, to: &user)
            case "upsmon": self.readRole(setting, of: &user)
            case "allowfrom": break
            default: break
            }
        }
        self.readPassword(passwords, of: &user)
        return user
    }

    /// Whether it is `name = value`; `upsmon role` needs no `=`.
    private mutating func hasValues(_ setting: NUTDirective) -> Bool {
        if setting.values.isEmpty {
            self.fail(setting, "it has no value; NUT ignores it")
            return false
        }
        guard setting.shape == .words, setting.name != "upsmon" else { return true }
        self.fail(setting, "expected 'name = value'; NUT ignores it")
        return false
    }

    /// The one password; with two of them nobody knows which is meant, and the user has none.
    private mutating func readPassword(_ settings: [NUTDirective], of user: inout NUTFileUser) {
        guard settings.count < 2 else {
            for setting in settings { self.fail(setting, "the user has several passwords; keep one") }
            return
        }
        guard let setting = settings.first else { return }
        guard setting.values.count == 1, let password = setting.value else {
            self.fail(
                setting, "the password has several words; put quotes around them, or keep the one that clients send")
            return
        }
        user.password = NUTPlaced(password, at: setting.place)
    }

    /// `actions = SET FSD`, compared without case.
    private mutating func readActions(_ setting: NUTDirective, of user: inout NUTFileUser) {
        for word in setting.values {
            let name = word.uppercased() == "MASTER" ? "PRIMARY" : word.uppercased()
            guard let action = NUTFileUser.Action(rawValue: name) else {
                self.fail(setting, "an action is none of SET and FSD; nothing on the line is taken")
                return
            }
            user.actions.insert(action)
        }
    }

    /// `upsmon primary`, or with NUT's older words.
    private mutating func readRole(_ setting: NUTDirective, of user: inout NUTFileUser) {
        switch setting.value?.lowercased() {
        case "primary", "master": user.actions.formUnion([.login, .primary, .forceShutdown])
        case "secondary", "slave": user.actions.insert(.login)
        default: self.fail(setting, "the role is neither primary nor secondary; NUT ignores it")
        }
    }

    /// `instcmds = ALL`, or names; several lines add up.
    private static func addCommands(_ words: [String], to user: inout NUTFileUser) {
        guard case .only(let names) = user.commands else { return }
        let isAll = words.contains { $0.uppercased() == "ALL" }
        user.commands = isAll ? .all : .only(names.union(words.map { $0.lowercased() }))
    }
}
