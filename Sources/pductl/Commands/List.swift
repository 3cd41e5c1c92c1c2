import ArgumentParser

/// `pductl list`.
struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Lists devices, or outlets with what they feed.",
        discussion: "For example `pductl list outlets`, `pductl list outlets group=lab -o wide`, `pductl list -o name`."
    )

    @Argument(
        help: "outlets, pdus, groups, hosts or upses, all devices without it; and which of them, all without it.",
        completion: .shellCommand("pductl __complete targets"))
    var words: [String] = []

    @OptionGroup var options: ServerOptions

    func run() async throws {
        try await self.options.withPicture { picture, _ in
            let report = ListReport(picture: picture)
            let words = KindedWords(self.words, alone: true)
            guard !words.words.isEmpty else { return try self.options.show(report.report(words.kind)) }
            // Outlets may be selected by anything that has some.
            let kind = words.kind == .outlet ? nil : words.kind
            let things = try self.options.things(
                words.words, kind: kind, in: picture, command: "list", showsAll: true)
            try self.options.show(report.report(of: things, words.kind ?? Self.kind(of: things)))
        }
    }

    /// The kind that all things have; their outlets are listed where they are of several.
    private static func kind(of things: [Thing]) -> Kind {
        let kinds = Set(things.map(\.kind))
        return kinds.count == 1 ? kinds.first ?? .outlet : .outlet
    }
}
