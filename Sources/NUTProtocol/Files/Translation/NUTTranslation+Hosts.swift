internal import PowerCore

extension NUTTranslation {
    /// More UPSes than this are refused by the reader of configurations.
    private static let mostUpstreams = 128
    /// The tier of a host that nobody has put into one.
    static let tier = "hosts"

    /// `upsmon.conf`: the host itself, where it is clear what it hangs on, and the UPSes of other servers, where there
    /// are none here.
    mutating func translatedHosts() -> [RackDocument.Entry] {
        self.noteMonitorSettings()
        var feeds: [NUTMonitor.Watch] = []
        // The names of all sections, of those too that are left out.
        let sections = Set(self.nut.directives.filter(\.isUPSSection).map { $0.name.lowercased() })
        for watch in self.nut.monitor.watches {
            if self.isOurs(watch.ups) {
                if self.noteLocal(watch, sections) { feeds.append(watch) }
            } else if !sections.isEmpty {
                self.note(
                    watch.place, .taken,
                    "upsmon goes on watching ups \(Self.shown(watch.ups)); to serve it too, add driver: nut-upstream"
                )
                self.document.remarks.append("This machine also watches ups \(Self.shown(watch.ups)).")
            } else {
                self.addUpstream(watch)
            }
        }
        return self.host(on: feeds)
    }

    /// An address as a report shows it.
    private static func shown(_ address: NUTUPSAddress) -> String {
        NUTDirectiveNames.printable("\(address)")
    }

    /// Says what becomes of a `MONITOR` line that is about a UPS of this server; whether the UPS feeds this host.
    private mutating func noteLocal(_ watch: NUTMonitor.Watch, _ sections: Set<String>) -> Bool {
        guard self.upses.contains(where: { $0.name.lowercased() == watch.ups.ups.lowercased() }) else {
            let isThere = sections.contains(watch.ups.ups.lowercased())
            self.note(
                watch.place, .mistake,
                isThere ? "the UPS it watches is left out of ups.conf" : "the UPS it watches does not stand in ups.conf"
            )
            return false
        }
        if let user = self.nut.users.first(where: { $0.name == watch.user }), user.password?.value != watch.password {
            self.note(watch.place, .mistake, "its password is not the one in upsd.users")
        } else if !self.nut.users.contains(where: { $0.name == watch.user }) {
            self.note(watch.place, .mistake, "its user does not stand in upsd.users, or is left out there")
        }
        guard watch.powerValue > 0 else {
            self.note(watch.place, .taken, "upsmon goes on watching it; it feeds nothing of this host")
            return false
        }
        guard watch.role == .primary else {
            self.note(watch.place, .taken, "upsmon goes on watching it, as a secondary")
            self.document.remarks.append(
                "This machine hangs on ups \(watch.ups.ups), by its MONITOR line as a secondary.")
            return false
        }
        return true
    }

    /// The UPS of another server, served here too: without it a machine that only watches has nothing to serve.
    private mutating func addUpstream(_ watch: NUTMonitor.Watch) {
        guard self.upses.count < Self.mostUpstreams else {
            self.note(watch.place, .notSupported, "more than \(Self.mostUpstreams) UPSes; upsmon goes on watching it")
            return
        }
        let taken = Set(self.upses.map { $0.name.lowercased() })
        let short = watch.ups.ups
        let name = taken.contains(short.lowercased()) ? "\(short)-\(watch.ups.host)" : short
        guard NUTName.refusal(of: name) == nil, !taken.contains(name.lowercased()), watch.ups.isConfigurable
        else {
            self.note(watch.place, .notSupported, "no name can be made for this UPS; upsmon goes on watching it")
            return
        }
        var ups = NUTTranslatedUPS(name: name, place: watch.place)
        ups.comments = [
            "A UPS of another server. A machine that only stops itself needs no server: its upsmon can stay as it is."
        ]
        ups.add("driver", "nut-upstream")
        ups.add("server", watch.ups.server)
        if short != name { ups.add("name", short) }
        if NUTName.isValue(watch.user), !watch.password.isEmpty {
            let path = "\(self.surroundings.secrets)/upstream-\(name)"
            ups.add("user", watch.user)
            ups.add("password-file", path)
            self.secrets.append(Secret(path: path, password: watch.password))
        }
        self.upses.append(ups)
        self.note(
            watch.place, .changed,
            "ups \(name) with `driver: nut-upstream`; a machine that only stops itself needs no server, and upsmon can stay as it is"
        )
    }

    /// The host with its tier, where it has a name and what it needs of its feeds can be said.
    private mutating func host(on watches: [NUTMonitor.Watch]) -> [RackDocument.Entry] {
        defer {
            if let supplies = self.nut.monitor.minimumSupplies {
                self.note(supplies.place, .taken, "upsmon goes on reading it")
            }
        }
        guard !watches.isEmpty else { return [] }
        let feeds = self.feeds(watches)
        guard self.nut.monitor.minimumSupplies?.value != 0 else {
            return self.suggest(feeds, watches, "with MINSUPPLIES 0 nothing stops it")
        }
        guard let requires = self.requires(watches) else {
            return self.suggest(feeds, watches, "how many of them it needs cannot be told from MINSUPPLIES")
        }
        guard let host = self.surroundings.host, NUTName.refusal(of: host) == nil else {
            return self.suggest(feeds, watches, "what it is called is not known; import with --host NAME")
        }
        let names = self.upses.map { $0.name.lowercased() } + ["mains"]
        guard !names.contains(host.lowercased()) else {
            return self.suggest(feeds, watches, "it is called like a UPS; import with --host NAME")
        }
        for watch in watches {
            self.note(
                watch.place, .changed,
                "host \(host) hangs on ups \(watch.ups.ups); for a stop in the order of a plan let its upsmon watch "
                    + "\(Self.short(host, at: watch.ups)) in place of the UPS")
        }
        if requires > 1, let supplies = self.nut.monitor.minimumSupplies {
            self.note(supplies.place, .taken, "`requires: \(min(requires, feeds.count))` of host \(host)")
        }
        return Self.entries(of: host, feeds, requires, from: watches.first?.place)
    }

    /// What a `MONITOR` line would name, the usual port left out.
    private static func short(_ host: String, at address: NUTUPSAddress) -> String {
        let server = address.port == NUTServerSettings.usualPort ? address.host : address.server
        return "\(host)@\(server)"
    }

    /// The UPSes watched, in our spelling, each once.
    private func feeds(_ watches: [NUTMonitor.Watch]) -> [String] {
        var feeds: [String] = []
        for watch in watches {
            let name = self.upses.first { $0.name.lowercased() == watch.ups.ups.lowercased() }?.name
            if let name, !feeds.contains(name) { feeds.append(name) }
        }
        return feeds
    }

    /// The sections for one host.
    private static func entries(
        of host: String, _ feeds: [String], _ requires: Int, from place: NUTFilePlace?
    ) -> [RackDocument.Entry] {
        var members = [
            RackDocument.Entry("tier", .text(Self.tier)), RackDocument.Entry("feeds", .list(feeds)),
        ]
        if requires > 1 { members.append(RackDocument.Entry("requires", .text("\(min(requires, feeds.count))"))) }
        let comments = [
            "This machine, by its MONITOR lines. With them its upsmon still stops it by itself when a UPS is low.",
            "To have it stopped in the order of a plan, let it watch \(host)@localhost in place of the UPS.",
        ]
        return [
            RackDocument.Entry("tiers", .list([Self.tier])),
            RackDocument.Entry(
                "hosts", .group([RackDocument.Entry(host, .group(members), comments: comments, from: place)])),
        ]
    }

    /// How many feeds must live, from `MINSUPPLIES` and the power values; nil where `requires` cannot say it.
    private func requires(_ watches: [NUTMonitor.Watch]) -> Int? {
        let supplies = self.nut.monitor.minimumSupplies?.value ?? 1
        let values = watches.map(\.powerValue)
        guard supplies > 0, let least = values.min(), let most = values.max() else { return nil }
        // Each UPS alone is enough.
        if least >= supplies { return 1 }
        // Every one counts the same.
        let needed = (supplies + most - 1) / most
        if least == most, needed <= values.count { return needed }
        // None may be missing.
        let sum = values.reduce(0, &+)
        return sum >= supplies && sum &- least < supplies ? values.count : nil
    }

    /// Puts into words, as a comment, what the host would be.
    private mutating func suggest(
        _ feeds: [String], _ watches: [NUTMonitor.Watch], _ reason: String
    ) -> [RackDocument.Entry] {
        for watch in watches { self.note(watch.place, .changed, "a suggestion for this host is a comment: \(reason)") }
        self.document.remarks += [
            "This machine hangs on the UPSes below, by its MONITOR lines; \(reason).",
            "  tiers: [\(Self.tier)]", "  hosts:",
            "    NAME: {tier: \(Self.tier), feeds: [\(feeds.joined(separator: ", "))]}",
        ]
        return []
    }

    /// What becomes of the other settings.
    private mutating func noteMonitorSettings() {
        for setting in self.nut.monitor.settings {
            guard let (verdict, text) = NUTMonitorNames.texts[setting.name] else { continue }
            let isDemanded = NUTMonitorNames.demandingEncryption.contains(setting.name) && setting.value != "0"
            if isDemanded, self.certificate == nil {
                self.note(
                    setting.place, .notSupported,
                    "without a certificate under `tls` connections are not encrypted, and upsmon refuses such a server; "
                        + "give it one, or set this to 0")
            } else {
                self.note(setting.place, verdict, text)
            }
        }
    }
}

extension NUTDirective {
    /// Whether it begins a UPS, be it one that can be used or not.
    fileprivate var isUPSSection: Bool {
        self.place.file == .ups && (self.shape == .section || self.shape == .brokenSection)
    }
}

extension NUTUPSAddress {
    /// Whether our configuration can name this server and this UPS.
    var isConfigurable: Bool {
        NUTName.refusal(of: self.ups) == nil && (try? ConfigurationScalar.endpoint(self.server)) != nil
    }
}
