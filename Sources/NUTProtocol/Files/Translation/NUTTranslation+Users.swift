internal import PowerCore

extension NUTTranslation {
    /// More users than this are refused by the reader of configurations.
    private static let mostUsers = 1024

    /// `upsd.users`: each user with a password file and its rights.
    mutating func translatedUsers() -> [RackDocument.Entry] {
        var entries: [RackDocument.Entry] = []
        for user in self.nut.users {
            if let refusal = self.refusal(of: user) ?? (entries.count < Self.mostUsers ? nil : "there are too many") {
                self.leaveOut(user, "\(refusal); it is left out")
                continue
            }
            guard let password = user.password else { continue }
            let path = "\(self.surroundings.secrets)/\(user.name)"
            self.secrets.append(Secret(path: path, password: password.value))
            self.note(user.place, .taken, "a user of this name")
            self.note(password.place, .changed, "`password-file: \(path)`\(Self.warning(of: password.value))")
            entries.append(RackDocument.Entry(user.name, .group(self.members(of: user, path)), from: user.place))
            self.noteRights(of: user)
        }
        return entries
    }

    /// Why nobody could log in as this user.
    private func refusal(of user: NUTFileUser) -> String? {
        if let refusal = NUTName.refusal(ofUser: user.name) { return refusal }
        guard let password = user.password else {
            return "it has no password that is known, so that nobody can log in as it"
        }
        return password.value.isEmpty ? "its password is empty, which is none here" : nil
    }

    /// What stock clients make of the password: they send it without quotes.
    private static func warning(of password: String) -> String {
        let isSendable = password.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7f && !#"#"\="#.utf8.contains($0) }
        return isSendable ? "" : "; stock clients cannot send a password with space, #, \", \\ or ="
    }

    /// The keys of a user.
    private func members(of user: NUTFileUser, _ path: String) -> [RackDocument.Entry] {
        var members = [RackDocument.Entry("password-file", .text(path), from: user.password?.place)]
        if let role = user.role { members.append(RackDocument.Entry("role", .text(role.rawValue))) }
        if user.actions.contains(.set) { members.append(RackDocument.Entry("set", .text("all"))) }
        switch user.commands {
        case .all: members.append(RackDocument.Entry("commands", .text("all")))
        case .only(let names) where !names.isEmpty:
            members.append(RackDocument.Entry("commands", .list(names.sorted())))
        case .only: break
        }
        return members
    }

    /// What becomes of the lines of a user's section.
    private mutating func noteRights(of user: NUTFileUser) {
        for setting in self.nut.settings(below: user.place) {
            switch setting.name {
            case "actions": self.noteActions(setting, of: user)
            case "instcmds":
                let isAll = setting.values.contains { $0.uppercased() == "ALL" }
                let names = setting.values.map(NUTDirectiveNames.printable).joined(separator: ", ").lowercased()
                self.note(setting.place, .taken, isAll ? "`commands: all`" : "`commands: [\(names)]`")
            case "upsmon": self.note(setting.place, .taken, "`role: \(user.role?.rawValue ?? "none")`")
            case "allowfrom":
                self.note(setting.place, .notNeeded, "NUT ignores it too; `listen` says from where it can be reached")
            default: break
            }
        }
    }

    /// `actions`: `SET` has an equal, and what makes a primary has one together.
    private mutating func noteActions(_ setting: NUTDirective, of user: NUTFileUser) {
        let words = Set(setting.values.map { $0.uppercased() })
        var texts = words.contains("SET") ? ["`set: all`"] : []
        let others = words.subtracting(["SET"])
        let isHeld = others.isEmpty || user.role == .primary || (others == ["LOGIN"] && user.role == .secondary)
        if isHeld {
            if !others.isEmpty, let role = user.role { texts.append("`role: \(role.rawValue)` holds the rest") }
            self.note(setting.place, .taken, texts.joined(separator: "; "))
        } else {
            texts.append("FSD comes only with `role: primary`, which also lets it log in; it is not given")
            self.note(setting.place, .notSupported, texts.joined(separator: "; "))
        }
    }

    private mutating func leaveOut(_ user: NUTFileUser, _ text: String) {
        self.overrule(user.place, .mistake, text)
        for setting in self.nut.settings(below: user.place) {
            self.note(setting.place, .mistake, "[\(NUTDirectiveNames.printable(user.name))] is left out")
        }
    }
}
