internal import PowerCore

extension NUTTranslation {
    /// What `dummy-ups` does.
    private enum DummyMode {
        /// It plays a file to its end, and again when the file changes.
        case once
        /// It plays a file again and again.
        case loop
        /// It asks another server.
        case repeater

        /// The value of `mode`; nil for one that NUT does not know.
        init?(_ text: String?) {
            switch text?.lowercased() {
            case "dummy-once": self = .once
            case "dummy-loop", "dummy": self = .loop
            case "repeater": self = .repeater
            default: return nil
            }
        }
    }

    /// What `mode` says, otherwise what the port looks like (dummy-ups(8)).
    private static func mode(of ups: NUTUPS) -> DummyMode {
        if let mode = DummyMode(ups.option("mode")?.value) { return mode }
        if ups.port.value.contains("@") { return .repeater }
        return ups.port.value.hasSuffix(".dev") ? .once : .loop
    }

    /// `driver = dummy-ups`; nil where it is left out.
    mutating func dummyUPS(_ ups: NUTUPS) -> NUTTranslatedUPS? {
        let mode = Self.mode(of: ups)
        let played = mode == .repeater ? self.repeater(ups) : self.dummy(ups, isLooping: mode == .loop)
        guard var translated = played else { return nil }
        self.addLow(of: ups, to: &translated)
        self.addStaleAfter(to: &translated, poll: nil)
        translated.add("override", self.overrides(of: ups))
        for option in ups.options { self.noteDummy(option, mode) }
        return translated
    }

    /// A file of variables.
    private mutating func dummy(_ ups: NUTUPS, isLooping: Bool) -> NUTTranslatedUPS? {
        let file = self.absolute(ups.port.value)
        guard NUTName.isValue(file) else {
            self.leaveOut(ups, "the file of its variables cannot be named; it is left out")
            return nil
        }
        var translated = self.begin(ups, driver: "dummy")
        translated.add("file", file, from: ups.port.place)
        // A sequence is played again and again without more words, and nothing else is.
        if isLooping != file.lowercased().hasSuffix(".seq") { translated.add("loop", "\(isLooping)") }
        self.note(ups.driver.place, .changed, "`driver: dummy`, which plays the file itself")
        self.note(ups.port.place, .taken, "`file: \(file)`")
        return translated
    }

    /// A UPS of another server.
    private mutating func repeater(_ ups: NUTUPS) -> NUTTranslatedUPS? {
        guard let address = NUTUPSAddress(parsing: ups.port.value), address.isConfigurable else {
            self.leaveOut(ups, "the port is no name@host or name@host:port that can be asked for; it is left out")
            return nil
        }
        if self.isOurs(address), address.ups.lowercased() == ups.name.lowercased() {
            self.leaveOut(ups, "it repeats itself; it is left out")
            return nil
        }
        var translated = self.begin(ups, driver: "nut-upstream")
        translated.add("server", address.server, from: ups.port.place)
        if address.ups != ups.name { translated.add("name", address.ups, from: ups.port.place) }
        self.note(ups.driver.place, .changed, "`driver: nut-upstream`, which asks the other server itself")
        self.note(ups.port.place, .taken, "ups \(address.ups) of \(address.server)")
        return translated
    }

    /// What stands beside the port of a dummy or a repeater.
    private mutating func noteDummy(_ option: NUTUPS.Option, _ mode: DummyMode) {
        let name = option.name.lowercased()
        switch name {
        case "mode": self.noteMode(option, mode)
        case "repeater_disable_strict_start":
            self.note(option.place, .notNeeded, "a server that is not there is waited for")
        case "pollinterval":
            self.note(
                option.place, .notNeeded, "a change in the file is seen at once, one of a server at its next answer")
        case _ where name.hasPrefix("default."): self.noteDefault(option)
        default:
            let (verdict, text) = NUTDriverOptions.texts[name] ?? (.notSupported, "dummy-ups has no such option")
            self.note(option.place, verdict, text)
        }
    }

    private mutating func noteMode(_ option: NUTUPS.Option, _ mode: DummyMode) {
        guard DummyMode(option.value) != nil else {
            self.note(option.place, .mistake, "it is none of dummy-once, dummy-loop and repeater")
            return
        }
        switch mode {
        case .once: self.note(option.place, .taken, "the file is played once")
        case .loop: self.note(option.place, .taken, "the file is played again and again")
        case .repeater: self.note(option.place, .taken, "another server is asked")
        }
    }

    /// The path as NUT's driver finds it: a relative one in NUT's configuration directory.
    private func absolute(_ path: String) -> String {
        path.hasPrefix("/") ? path : "\(self.surroundings.directory)/\(path)"
    }

    /// Whether the server at this address is the one that is translated.
    func isOurs(_ address: NUTUPSAddress) -> Bool {
        let ports = self.nut.server.listen.map(\.value.port)
        let isListening = ports.isEmpty ? address.port == NUTServerSettings.usualPort : ports.contains(address.port)
        return address.isLocal && isListening
    }
}
