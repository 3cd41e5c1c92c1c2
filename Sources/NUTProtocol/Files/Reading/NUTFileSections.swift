/// The directives of a file with sections, grouped; sections of one name are told apart.
struct NUTFileSections {
    /// A section with what stands below it.
    struct Section {
        /// The `[name]` line.
        var header: NUTDirective
        /// What stands below it.
        var settings: [NUTDirective] = []
    }

    /// What stands before the first section.
    private(set) var front: [NUTDirective] = []
    /// The sections in the order of the file.
    private(set) var sections: [Section] = []
    /// What stands below a line that looks like a section and is none.
    private(set) var stray: [NUTDirective] = []
    /// The lines that look like a section and are none.
    private(set) var broken: [NUTDirective] = []

    /// Groups `directives`.
    init(_ directives: [NUTDirective]) {
        var isStray = false
        for directive in directives {
            switch directive.shape {
            case .section:
                isStray = false
                self.sections.append(Section(header: directive))
            case .brokenSection:
                isStray = true
                self.broken.append(directive)
            case .assignment, .words, .unreadable:
                if isStray {
                    self.stray.append(directive)
                } else if self.sections.isEmpty {
                    self.front.append(directive)
                } else {
                    self.sections[self.sections.count - 1].settings.append(directive)
                }
            }
        }
    }

    /// The other places of a section that stands several times, the first few of them.
    static func others(_ places: [NUTFilePlace], besides place: NUTFilePlace) -> String {
        let others = places.filter { $0 != place }
        let shown = others.prefix(Self.shownPlaces).map { "\($0.mark)" }
        return (shown + (others.count > shown.count ? ["elsewhere"] : [])).joined(separator: " and ")
    }

    /// More places than this help nobody to find the first.
    private static let shownPlaces = 3

    /// The names that more than one section has, as `key` folds them, with the places of all of them.
    func repeated(_ key: (String) -> String) -> [String: [NUTFilePlace]] {
        Dictionary(grouping: self.sections, by: { key($0.header.name) })
            .filter { $0.value.count > 1 }.mapValues { $0.map(\.header.place) }
    }
}

extension NUTConfigurationReader {
    /// Takes note of lines that look like sections, and of what cannot belong to the section they meant.
    mutating func failBroken(_ sections: NUTFileSections) {
        for directive in sections.broken {
            let text =
                "this is no section; write [name] in one word"
            self.fail(directive, text)
        }
        for directive in sections.stray {
            self.fail(directive, "it stands below a line that was meant to be a section; mend that line first")
        }
    }

    /// Takes note of a section that is left out as a whole, with all that stands in it.
    mutating func leaveOut(_ section: NUTFileSections.Section, _ text: String) {
        self.fail(section.header, text)
        for setting in section.settings { self.fail(setting, "[\(section.header.name)] is left out") }
    }

    /// Sections above the limit; the others.
    mutating func bounded(_ sections: NUTFileSections) -> [NUTFileSections.Section] {
        for section in sections.sections.dropFirst(NUTFileLimits.sections) {
            self.leaveOut(section, "more than \(NUTFileLimits.sections) sections; it is left out")
        }
        return Array(sections.sections.prefix(NUTFileLimits.sections))
    }
}
