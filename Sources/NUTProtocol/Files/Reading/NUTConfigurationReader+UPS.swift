internal import PowerCore

extension NUTConfigurationReader {
    /// `ups.conf`: options for all UPSes, then a section for each.
    mutating func readUPSes(_ directives: [NUTDirective]) {
        let sections = NUTFileSections(directives)
        self.failBroken(sections)
        self.configuration.options = self.options(sections.front)
        let repeated = sections.repeated { $0.lowercased() }
        for section in self.bounded(sections) {
            let name = section.header.name
            if let places = repeated[name.lowercased()] {
                self.leaveOut(section, Self.repeatedText(name, places, besides: section.header.place))
            } else if let ups = self.ups(section) {
                self.configuration.upses.append(ups)
            }
        }
    }

    /// Why a UPS that stands twice is not taken.
    private static func repeatedText(
        _ name: String, _ places: [NUTFilePlace], besides place: NUTFilePlace
    ) -> String {
        let others = NUTFileSections.others(places, besides: place)
        return
            "[\(name)] stands also at \(others); which of them is meant is not clear: join or rename them. It is left out"
    }

    /// One section; nil, and a mistake, where a driver or a port is missing: NUT skips such a one.
    private mutating func ups(_ section: NUTFileSections.Section) -> NUTUPS? {
        var options = self.options(section.settings)
        let driver = Self.take("driver", from: &options)
        let port = Self.take("port", from: &options)
        guard let driver, let port else {
            let missing = driver == nil ? (port == nil ? "driver and no port" : "driver") : "port"
            self.leaveOut(section, "it has no \(missing), and NUT skips it; it is left out")
            return nil
        }
        return NUTUPS(
            name: section.header.name, place: section.header.place, driver: driver, port: port,
            description: Self.take("desc", from: &options), options: options)
    }

    /// The options among `directives`; what is none is a mistake, and so is one that stands again further down.
    private mutating func options(_ directives: [NUTDirective]) -> [NUTUPS.Option] {
        var options: [NUTUPS.Option] = []
        var seen: Set<String> = []
        for directive in directives.reversed() {
            guard self.isOption(directive) else { continue }
            if !seen.insert(directive.name.lowercased()).inserted {
                self.fail(directive, "it stands again further down, and the last one counts")
                continue
            }
            options.append(
                NUTUPS.Option(name: directive.name, value: directive.value, place: directive.place))
        }
        return options.reversed()
    }

    /// What other programs' files have and NUT's have not.
    private static let includes: Set<String> = ["include", "@include", ".include", "includedir", "source"]

    /// Whether it is `name = value` or a flag.
    private mutating func isOption(_ directive: NUTDirective) -> Bool {
        switch directive.shape {
        case .words where Self.includes.contains(directive.name.lowercased()):
            self.fail(directive, "NUT reads no other files from here; put what stands there into this one")
        case .assignment where directive.values.isEmpty:
            self.fail(directive, "it has no value; NUT ignores it")
        case .words where !directive.values.isEmpty:
            self.fail(directive, "expected 'name = value'; NUT ignores it")
        case .assignment where directive.values.count > 1:
            self.fail(directive, "it has more than one value; put quotes around them")
        default: return true
        }
        return false
    }

    /// The option off the list, where it has a value.
    private static func take(_ name: String, from options: inout [NUTUPS.Option]) -> NUTPlaced<String>? {
        guard let index = options.firstIndex(where: { $0.name == name && $0.value != nil }) else { return nil }
        let option = options.remove(at: index)
        return option.value.map { NUTPlaced($0, at: option.place) }
    }
}
