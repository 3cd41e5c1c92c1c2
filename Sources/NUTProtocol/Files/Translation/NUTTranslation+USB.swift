internal import PowerCore

extension NUTTranslation {
    /// Our keys for what `usbhid-ups` recognises a device by.
    private static let matchKeys = [
        "vendorid": "vendor", "productid": "product", "vendor": "manufacturer", "product": "name", "serial": "serial",
        "bus": "bus",
    ]

    /// `driver = usbhid-ups`: our own driver reads the device. Nil where it is left out.
    mutating func usbHID(_ ups: NUTUPS) -> NUTTranslatedUPS? {
        guard let match = self.match(of: ups) else { return nil }
        var translated = self.begin(ups, driver: "usb-hid")
        translated.add("match", match)
        translated.match = match
        self.note(ups.driver.place, .changed, "`driver: usb-hid`, which reads the device itself; stop NUT's driver")
        self.note(
            ups.port.place, .notNeeded,
            match.isEmpty
                ? "the first known UPS on USB is taken; `match` would say which" : "`match` says which device it is")
        self.addLow(of: ups, to: &translated)
        self.addTimes(of: ups, to: &translated)
        translated.add("override", self.overrides(of: ups))
        for option in ups.options { self.noteRest(option) }
        return translated
    }

    /// What the device is recognised by. With a criterion that cannot be used another device might be taken for it,
    /// so that the UPS is left out: nil.
    private mutating func match(of ups: NUTUPS) -> [RackDocument.Entry]? {
        var match: [RackDocument.Entry] = []
        guard !self.hasLostCriterion(ups) else {
            self.leaveOut(ups, "what its device is recognised by cannot be used; it is left out")
            return nil
        }
        for option in ups.options {
            guard let key = Self.matchKeys[option.name.lowercased()] else { continue }
            guard let text = option.value, let value = Self.pattern(text, isNumber: option.name.hasSuffix("id")) else {
                self.note(option.place, .mistake, "this is no POSIX regular expression of at most 200 characters")
                self.leaveOut(ups, "what its device is recognised by cannot be used; it is left out")
                return nil
            }
            match.append(RackDocument.Entry(key, .text(value), from: option.place))
            self.note(option.place, .taken, "`match: {\(key): \(value)}`")
        }
        return match.sorted { $0.key < $1.key }
    }

    /// Whether a line of the section is about what the device is recognised by, and could not be read.
    private func hasLostCriterion(_ ups: NUTUPS) -> Bool {
        self.nut.settings(below: ups.place).contains { setting in
            Self.matchKeys[setting.name.lowercased()] != nil && ups.option(setting.name) == nil
        }
    }

    /// The expression where our own matching takes it; nil otherwise.
    private static func pattern(_ text: String, isNumber: Bool) -> String? {
        guard NUTName.isValue(text), text.utf8.count <= 200, (try? Regex(text)) != nil else { return nil }
        guard !text.contains("\\d"), !text.contains("(?") else { return nil }
        let digits = text.lowercased().hasPrefix("0x") ? text.dropFirst(2) : text[...]
        guard isNumber, digits.allSatisfy({ $0.isASCII && $0.isHexDigit }) else { return text }
        return (1...4).contains(digits.count) ? text.lowercased() : nil
    }

    /// `ignorelb` with `override.battery.charge.low`: the charge at which the battery counts as low.
    ///
    /// NUT compares with the charge itself; our margin is counted from the charge at which the device ends its output.
    /// The same number is never later.
    mutating func addLow(of ups: NUTUPS, to translated: inout NUTTranslatedUPS) {
        guard let ignore = ups.option("ignorelb") else { return }
        let limit = ups.option("override.battery.charge.low")
        let charge = limit?.value.flatMap(NUTNumber.signed)
        self.note(
            ignore.place, .changed,
            "the battery is low when it is `low` (5 % without more words) above the charge at which the device ends its "
                + "output, and also when the device says so")
        guard let limit, let charge, charge > 0 else { return }
        let low = min(50, charge)
        translated.add("low", "\(low)%", from: limit.place)
        let comparison =
            charge > low
            ? ", the most there is; add the trigger `charge: \(min(100, charge))%`"
            : ", so that it is not later than NUT's"
        self.note(
            limit.place, .changed,
            "`low: \(low)%`, counted from the charge at which the device ends its output\(comparison); `override` shows "
                + "clients the number")
    }

    /// `pollinterval` and `pollfreq`, and what follows from them for `stale-after`.
    private mutating func addTimes(of ups: NUTUPS, to translated: inout NUTTranslatedUPS) {
        let own = self.seconds(of: ups.option("pollinterval"), "the default of 2 s holds")
        let common = self.nut.option("pollinterval")
        let source = own == nil ? common : ups.option("pollinterval")
        let asked = own ?? common?.value.flatMap(NUTNumber.whole)
        let poll = Self.poll(asked ?? 2)
        if asked != nil { translated.add("poll", Self.duration(poll), from: source?.place) }
        if let option = ups.option("pollinterval"), own != nil { self.notePoll(option, poll, isSame: asked == poll) }
        let full = self.seconds(of: ups.option("pollfreq"), "the default of 30 s holds")
        let most = min(3600, max(poll, full ?? 30))
        if full != nil || most != 30 {
            translated.add("full-poll", Self.duration(most), from: ups.option("pollfreq")?.place)
        }
        if let option = ups.option("pollfreq"), let full {
            let text = "`full-poll: \(Self.duration(most))`"
            let why = full < most ? ", as it cannot be more often than poll" : ", the longest there is"
            self.note(option.place, full == most ? .taken : .changed, full == most ? text : text + why)
        }
        self.addStaleAfter(to: &translated, poll: poll)
    }

    private mutating func notePoll(_ option: NUTUPS.Option, _ poll: Int, isSame: Bool) {
        let text = "`poll: \(Self.duration(poll))`"
        guard poll < self.staleAfter else {
            self.note(
                option.place, .changed,
                "\(text), and `stale-after: \(Self.duration(poll * 3))`, as it must be longer")
            return
        }
        self.note(option.place, isSame ? .taken : .changed, isSame ? text : "\(text), the nearest there is")
    }

    /// The seconds of an option; nil where it is not set, or after a mistake.
    private mutating func seconds(of option: NUTUPS.Option?, _ otherwise: String) -> Int? {
        guard let option else { return nil }
        guard let seconds = option.value.flatMap(NUTNumber.whole) else {
            self.note(option.place, .mistake, "it is no whole number of seconds; \(otherwise)")
            return nil
        }
        return seconds
    }

    /// `override.VARIABLE`, in the order of the file.
    mutating func overrides(of ups: NUTUPS) -> [RackDocument.Entry] {
        var entries: [RackDocument.Entry] = []
        for option in ups.options where option.name.lowercased().hasPrefix("override.") {
            let variable = option.name.lowercased().dropFirst("override.".count)
            guard !["ups.status", "ups.alarm"].contains(variable) else {
                self.note(option.place, .notSupported, "hosts are stopped by it, so that it is always the device's own")
                continue
            }
            guard let value = option.value, NUTName.isValue(value), value.utf8.count <= 255,
                NUTName.refusal(ofUser: String(variable)) == nil
            else {
                self.note(option.place, .mistake, "this is no variable with a value that clients can be sent")
                continue
            }
            entries.append(RackDocument.Entry(String(variable), .text(value), from: option.place))
            self.noteOverride(option, String(variable), hasOwnLow: ups.option("ignorelb") != nil)
        }
        return entries
    }

    private mutating func noteOverride(_ option: NUTUPS.Option, _ variable: String, hasOwnLow: Bool) {
        switch (variable, hasOwnLow) {
        case ("battery.runtime.low", true):
            self.note(
                option.place, .changed,
                "`override`, which clients are shown; the time left makes no low battery: see the trigger `runtime`")
        case ("battery.charge.low", false), ("battery.runtime.low", false):
            self.note(option.place, .taken, "`override`; as with NUT it moves nothing without ignorelb")
        default: self.note(option.place, .taken, "`override: {\(variable): ...}`")
        }
    }

    /// `default.VARIABLE`.
    mutating func noteDefault(_ option: NUTUPS.Option) {
        self.note(
            option.place, .notSupported,
            "a value that holds until the device gives one has no equal; `override` would hold for ever")
    }

    /// What our own driver does not take.
    private mutating func noteRest(_ option: NUTUPS.Option) {
        let name = option.name.lowercased()
        if name.hasPrefix("default.") {
            self.noteDefault(option)
        } else if let (verdict, text) = NUTDriverOptions.texts[name] {
            self.note(option.place, verdict, text)
        } else {
            let names =
                NUTDriverOptions.texts.keys.sorted() + Self.matchKeys.keys.sorted() + ["pollinterval", "pollfreq"]
            let near = Spelling.nearest(to: name, among: names, atMost: 1).first
            self.note(
                option.place, .mistake,
                "usbhid-ups has no such option\(near.map { "; did you mean \($0)?" } ?? ", as far as is known here")")
        }
    }
}
