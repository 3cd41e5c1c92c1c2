internal import PowerCore

extension NUTTranslation {
    /// `driver = dummy-ups` with a file of variables.
    mutating func dummy(_ ups: NUTUPS) -> NUTTranslatedUPS? {
        let file = self.absolute(ups.port.value)
        guard NUTName.isValue(file) else {
            self.leaveOut(ups, "the file of its variables cannot be named; it is left out")
            return nil
        }
        var translated = self.begin(ups, driver: "dummy")
        translated.add("file", file, from: ups.port.place)
        self.addStaleAfter(to: &translated, poll: nil)
        self.note(ups.driver.place, .changed, "`driver: dummy`, which plays the file itself")
        self.note(ups.port.place, .taken, "`file: \(file)`")
        for option in ups.options { self.noteDummy(option, isSequence: file.hasSuffix(".seq")) }
        return translated
    }

    /// `driver = dummy-ups` with a UPS of another server.
    mutating func repeater(_ ups: NUTUPS) -> NUTTranslatedUPS? {
        guard let address = NUTUPSAddress(parsing: ups.port.value), NUTName.isValue(address.server) else {
            self.leaveOut(ups, "the port is not written as name@host or name@host:port; it is left out")
            return nil
        }
        if self.isOurs(address), address.ups.lowercased() == ups.name.lowercased() {
            self.leaveOut(ups, "it repeats itself; it is left out")
            return nil
        }
        var translated = self.begin(ups, driver: "nut-upstream")
        translated.add("server", address.server, from: ups.port.place)
        translated.add("ups", address.ups, from: ups.port.place)
        self.addStaleAfter(to: &translated, poll: nil)
        self.note(ups.driver.place, .changed, "`driver: nut-upstream`, which asks the other server itself")
        self.note(ups.port.place, .taken, "ups \(address.ups) of \(address.server)")
        for option in ups.options { self.noteDummy(option, isSequence: false) }
        return translated
    }

    /// What stands beside the port of a dummy or a repeater.
    private mutating func noteDummy(_ option: NUTUPS.Option, isSequence: Bool) {
        let name = option.name.lowercased()
        switch name {
        case "mode":
            let isUsual = [
                isSequence ? "dummy-loop" : "dummy-once", "dummy", "repeater", "repeater-disable-strict-start",
            ].contains(option.value?.lowercased() ?? "")
            self.note(
                option.place, isUsual ? .notNeeded : .notSupported,
                "a .dev file is read once, a .seq file over and over, and name@host is asked")
        case "repeater_disable_strict_start":
            self.note(option.place, .notNeeded, "a server that is not there is waited for")
        case "pollinterval":
            self.note(
                option.place, .notNeeded, "a change in the file is seen at once, one of a server at its next answer")
        case _ where name.hasPrefix("override.") || name.hasPrefix("default.") || name == "ignorelb":
            self.note(
                option.place, .notSupported,
                "the values are shown as they come; what hosts are stopped at stands under policy")
        default:
            let (verdict, text) = NUTDriverOptions.texts[name] ?? (.notSupported, "dummy-ups has no such option")
            self.note(option.place, verdict, text)
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
