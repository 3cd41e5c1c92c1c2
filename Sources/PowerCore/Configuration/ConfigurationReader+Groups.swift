extension ConfigurationReader {
    /// A group is for a person's hands; more outlets than this nobody switches together.
    static let mostGroups = 64

    /// `group`: names for outlets that people switch together, of one PDU or of several.
    mutating func readGroups(of file: inout ConfigurationSection) {
        guard var section = self.section("group", of: &file) else { return }
        for entry in section.entries {
            guard self.configuration.groups.count < Self.mostGroups else {
                return self.fail(entry.mark, "more than \(Self.mostGroups) groups", remedy: "remove some")
            }
            self.checkName(entry.key, "group", at: entry.mark)
            let outlets = self.texts(entry.key, of: &section) ?? []
            if outlets.isEmpty {
                self.fail(entry.mark, "group \(entry.key) has no outlets", remedy: "write [rack-a/1, rack-b/1]")
            }
            self.configuration.groups[entry.key] = outlets.compactMap { self.groupedOutlet($0, of: entry.key) }
        }
    }

    /// An outlet of a group; nil after an error.
    private mutating func groupedOutlet(_ text: Marked<String>, of group: String) -> OutletID? {
        guard let outlet = OutletID(parsing: text.value) else {
            self.fail(
                text.mark, "group \(group): '\(text.value)' is no outlet", remedy: "write it like rack-a/4")
            return nil
        }
        guard let pdu = self.configuration.pdus.first(where: { $0.rack.id == outlet.pdu }) else {
            let near = Spelling.nearest(
                to: outlet.pdu.name, among: self.configuration.pdus.map(\.rack.id.name), atMost: 1)
            self.fail(
                text.mark, "group \(group): there is no PDU '\(outlet.pdu)'",
                remedy: near.isEmpty ? "name one of those under pdu:" : "did you mean \(near[0])?")
            return nil
        }
        guard outlet.number <= pdu.outletCount else {
            self.fail(text.mark, "group \(group): \(outlet.pdu) has no outlet \(outlet.number)", remedy: "correct it")
            return nil
        }
        return outlet
    }
}
