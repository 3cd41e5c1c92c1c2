import NUTProtocol
import PowerCore

extension CompatibilityConfiguration {
    /// The longest path of a Unix socket: `sun_path` has 108 bytes with the zero at its end.
    private static let longestSocketPath = 107

    /// A section of ups.conf as far as the server reads it: the driver's own options are the driver's.
    private struct Section {
        var name: String
        var place: NUTFilePlace
        var driver: String?
        var hasPort = false
        var description: String?

        mutating func take(_ setting: NUTDirective) {
            switch setting.name {
            case "driver": self.driver = setting.value ?? self.driver
            case "port": self.hasPort = self.hasPort || setting.value != nil
            case "desc": self.description = setting.value ?? self.description
            default: break
            }
        }
    }

    /// The UPSes of ups.conf; a section that stands twice goes on where the first one ended, as with NUT.
    mutating func readUPSes(_ nut: NUTConfiguration, _ places: CompatibilityPlaces) {
        var sections: [Section] = []
        var index: [String: Int] = [:]
        var current: Int?
        for directive in nut.directives where directive.place.file == .ups {
            switch directive.shape {
            case .section:
                let key = directive.name.lowercased()
                if index[key] == nil {
                    index[key] = sections.count
                    sections.append(Section(name: directive.name, place: directive.place))
                }
                current = index[key]
            case .brokenSection, .unreadable:
                let mistake = nut.mistakes.first { $0.place == directive.place }?.text
                self.notes.append("\(directive.place): \(mistake ?? "this line cannot be read")")
                if directive.shape == .brokenSection { current = nil }
            case .assignment, .words:
                if let current { sections[current].take(directive) }
            }
        }
        for section in sections { self.add(section, places) }
    }

    private mutating func add(_ section: Section, _ places: CompatibilityPlaces) {
        guard let driver = section.driver, section.hasPort else {
            self.notes.append("\(section.place): [\(section.name)] has no driver or no port; it is left out")
            return
        }
        let socket = "\(places.state)/\(driver)-\(section.name)"
        guard socket.utf8.count <= Self.longestSocketPath else {
            self.notes.append(
                "\(section.place): [\(section.name)]: the path of its socket is longer than a path may be; left out")
            return
        }
        self.upses.append(UPS(id: DeviceID(section.name), socket: socket, description: section.description))
    }
}
