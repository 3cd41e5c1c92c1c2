import ArgumentParser

/// `pductl status`.
struct Status: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Shows how everything stands, or one device, host, group or outlet.")

    @Argument(
        help: "The kind (outlet, pdu, group, host, ups; may be left out) and which: 4, rack-a/4, a name, group=lab.",
        completion: .shellCommand("pductl __complete targets"))
    var words: [String] = []

    @OptionGroup var options: ServerOptions

    func run() async throws {
        try await self.options.withPicture { picture, _ in
            let report = StatusReport(picture: picture)
            let words = KindedWords(self.words, alone: true)
            if words.words.isEmpty {
                try self.options.show(words.kind.map { report.report(of: picture.things($0)) } ?? report.report())
            } else if let device = Self.device(words, in: picture) {
                try self.options.show(report.report(of: device))
            } else {
                let things = try self.options.things(
                    words.words, kind: words.kind, in: picture, command: "status", showsAll: true)
                try self.options.show(report.report(of: things))
            }
        }
    }

    /// A device by its name, whatever it is, also one that is silent.
    private static func device(_ words: KindedWords, in picture: ServerPicture) -> DevicePicture? {
        guard words.kind == nil, words.words.count == 1 else { return nil }
        return picture.device(words.words[0])
    }
}
