/// What the fence agent lists: every outlet, and every host with the outlets that feed it.
struct FenceList {
    /// What is listed.
    let picture: ServerPicture
    /// What stands between the columns.
    let separator: String

    /// A line for each plug: what is typed, what it is, and how it stands.
    func text(withStatus: Bool) -> String {
        (self.picture.things(.outlet) + self.picture.things(.host)).filter { !$0.outlets.isEmpty }.map { thing in
            var columns = [thing.name, Self.alias(of: thing)]
            if withStatus { columns.append(FenceState(of: thing.outlets.map(\.status)).rawValue) }
            return PlainText.printable(columns.joined(separator: self.separator)) + "\n"
        }.joined()
    }

    /// Without separators, so that every line has the same columns.
    private static func alias(of thing: Thing) -> String {
        guard case .outlet(let outlet) = thing else { return thing.outlets.map { "\($0.id)" }.joined(separator: " ") }
        let names = outlet.fed.isEmpty ? [outlet.name ?? ""] : outlet.fed
        return names.joined(separator: " ")
    }
}
