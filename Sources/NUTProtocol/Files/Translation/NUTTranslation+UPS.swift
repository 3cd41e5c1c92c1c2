internal import PowerCore

extension NUTTranslation {
    /// `ups.conf`: every section as a UPS of ours.
    mutating func translateUPSes() {
        for ups in self.nut.upses {
            if let refusal = NUTName.refusal(of: ups.name) {
                self.leaveOut(ups, "\(refusal); rename it here and at its clients. It is left out")
            } else if let translated = self.translated(ups) {
                self.upses.append(translated)
                self.note(ups.place, .taken, "a UPS of this name")
            }
        }
        self.leaveOutTwins()
        for option in self.nut.options { self.noteGlobal(option) }
    }

    /// The section `ups` of the configuration.
    func translatedUPSEntries() -> [RackDocument.Entry] {
        guard !self.upses.isEmpty else { return [] }
        // The circuit that a UPS hangs on without more words must not have the name of a UPS.
        let names = Set(self.upses.map { $0.name.lowercased() })
        let circuit = ["mains", "grid", "utility", "street"].first { !names.contains($0) } ?? "mains"
        let upses = self.upses.map { ups in
            var ups = ups
            if circuit != "mains" { ups.add("source", circuit) }
            return ups.entry
        }
        return [RackDocument.Entry("ups", .group(upses))]
    }

    /// One section; nil where it is left out.
    private mutating func translated(_ ups: NUTUPS) -> NUTTranslatedUPS? {
        guard !self.isNUTs(ups) else { return self.nutDriver(ups) }
        switch ups.driver.value {
        case "usbhid-ups": return self.usbHID(ups)
        case "dummy-ups": return self.dummyUPS(ups)
        default: return self.nutDriver(ups)
        }
    }

    /// Whether NUT's own driver stays in charge of the device.
    private func isNUTs(_ ups: NUTUPS) -> Bool {
        !["usbhid-ups", "dummy-ups"].contains(ups.driver.value)
    }

    /// Whether NUT's own driver stays in charge of any device.
    var keepsNUTDrivers: Bool { self.nut.upses.contains { self.isNUTs($0) } }

    /// A UPS with its driver and description.
    mutating func begin(_ ups: NUTUPS, driver: String) -> NUTTranslatedUPS {
        var translated = NUTTranslatedUPS(name: ups.name, place: ups.place)
        translated.places =
            [ups.driver.place, ups.port.place] + [ups.description?.place].compactMap { $0 } + ups.options.map(\.place)
        translated.add("driver", driver, from: ups.driver.place)
        guard let description = ups.description else { return translated }
        // The longest that fits a reply line beside a name.
        let text = String(description.value.prefix(200))
        guard NUTName.isValue(text) else {
            self.note(description.place, .notNeeded, "it says nothing")
            return translated
        }
        translated.add("description", text, from: description.place)
        let isCut = text.utf8.count < description.value.utf8.count
        self.note(
            description.place, isCut ? .changed : .taken,
            isCut ? "`description`, cut to 200 characters" : "`description`")
        return translated
    }

    /// Any other driver of NUT's: its program goes on running, and goes on reading its section.
    private mutating func nutDriver(_ ups: NUTUPS) -> NUTTranslatedUPS? {
        let program = ups.driver.value
        guard NUTName.refusal(ofUser: program) == nil else {
            self.leaveOut(ups, "the driver is no name of a program; it is left out")
            return nil
        }
        var translated = self.begin(ups, driver: "nut-driver")
        translated.add("program", program, from: ups.driver.place)
        if let path = self.nut.statePath, path.hasPrefix("/"), NUTName.isValue(path) {
            translated.add("state-path", path)
        }
        self.addStaleAfter(to: &translated, poll: nil)
        // What a PDU is plugged into stands in none of NUT's files.
        if Self.looksLikePDU(ups) {
            translated.comments = [
                "This may be a PDU: to have its outlets switched, move it to `pdu` and add its feed."
            ]
        }
        self.note(ups.driver.place, .changed, "`driver: nut-driver`; \(program) stays, and is started as before")
        self.note(ups.port.place, .taken, "\(program) goes on reading it here")
        for option in ups.options { self.note(option.place, .taken, "\(program) goes on reading it here") }
        return translated
    }

    /// Whether the program or the tables it uses are those of PDUs (`powerman-pdu`, `mibs = apc_pdu`).
    private static func looksLikePDU(_ ups: NUTUPS) -> Bool {
        [ups.driver.value, ups.option("mibs")?.value ?? ""].contains { $0.lowercased().contains("pdu") }
    }

    /// `MAXAGE`, where it is not what a UPS has anyway; longer than `poll`, without which every value would be stale.
    mutating func addStaleAfter(to ups: inout NUTTranslatedUPS, poll: Int?) {
        let asked = self.staleAfter
        let needed = poll.map { $0 < asked ? asked : min(Self.longestPoll, $0) * 3 } ?? asked
        guard needed != Self.usualStaleAfter else { return }
        ups.add("stale-after", Self.duration(needed), from: self.nut.server.maximumAge?.place)
    }

    /// The seconds of `MAXAGE` within our bounds.
    var staleAfter: Int { min(3600, max(1, self.nut.server.maximumAge?.value ?? Self.usualStaleAfter)) }

    /// What a UPS of ours and NUT's server have without more words.
    static let usualStaleAfter = 15
    /// Three of them are the hour that `stale-after` may have at most.
    static let longestPoll = 1200

    /// Seconds as our format writes them.
    static func duration(_ seconds: Int) -> String { ConfigurationScalar.text(.seconds(seconds)) }

    /// Takes note of a UPS that is not translated, with all that stands in its section.
    mutating func leaveOut(_ ups: NUTUPS, _ text: String, verdict: NUTFileNote.Verdict = .mistake) {
        self.overrule(ups.place, verdict, text)
        let places = [ups.driver.place, ups.port.place, ups.description?.place].compactMap { $0 }
        for place in places + ups.options.map(\.place) {
            self.note(place, verdict, "[\(ups.name)] is left out")
        }
    }

    /// Leaves out UPSes that would be one device under several names: which is which, nobody can say from here.
    private mutating func leaveOutTwins() {
        let groups = Dictionary(grouping: self.upses.filter { $0.match != nil }) { ups in
            (ups.match ?? []).map { RackDocument.Entry($0.key, $0.value) }
        }
        for twins in groups.values where twins.count > 1 {
            for ups in twins {
                let others = twins.filter { $0.name != ups.name }.prefix(3).map { "[\($0.name)]" }
                    .joined(separator: " and ")
                self.overrule(
                    ups.place, .mistake,
                    "it matches the same device as \(others); add the serial that `upsd-swift --list` shows to each. "
                        + "It is left out")
                for place in ups.places { self.overrule(place, .mistake, "[\(ups.name)] is left out") }
            }
            self.upses.removeAll { twins.contains($0) }
        }
    }

    /// An option for all UPSes.
    private mutating func noteGlobal(_ option: NUTUPS.Option) {
        let name = option.name.lowercased()
        let drivers = self.keepsNUTDrivers
        switch name {
        case "pollinterval":
            let isUsed = self.nut.upses.contains {
                $0.driver.value == "usbhid-ups" && !self.isNUTs($0) && $0.option(name) == nil
            }
            self.noteGlobalPoll(option, isUsed: isUsed)
        case "statepath":
            let text = drivers ? "`state-path` of the UPSes with a driver of NUT's" : "no driver of NUT's is left"
            self.note(option.place, drivers ? .taken : .notNeeded, text)
        case _ where NUTDriverOptions.programs.contains(name):
            let text = drivers ? "NUT's drivers go on reading it here" : "it is about starting NUT's drivers"
            self.note(option.place, drivers ? .taken : .notNeeded, text)
        default: break
        }
    }

    private mutating func noteGlobalPoll(_ option: NUTUPS.Option, isUsed: Bool) {
        guard let seconds = option.value.flatMap(NUTNumber.whole) else {
            self.note(option.place, .mistake, "it is no whole number of seconds; the default of 2 s holds")
            return
        }
        guard isUsed else {
            self.note(option.place, .taken, "NUT's drivers go on reading it here")
            return
        }
        let poll = Self.poll(seconds)
        let text = "`poll: \(Self.duration(poll))` of the UPSes that have none of their own"
        self.note(option.place, poll == seconds ? .taken : .changed, text)
    }

    /// Seconds of `pollinterval` within our bounds.
    static func poll(_ seconds: Int) -> Int { min(Self.longestPoll, max(1, seconds)) }
}
