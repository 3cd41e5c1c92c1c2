import NUTTransport

extension ServerOptions {
    /// The things that words on a command line mean, for a command that only reads.
    ///
    /// Where a word may mean several, all of them are shown where `showsAll` is set: looking does no harm.
    func things(
        _ words: [String], kind: Kind?, in picture: ServerPicture, command: String, showsAll: Bool = false
    ) throws(Outcome) -> [Thing] {
        let selectors = try SwitchOptions.selectors(words, json: self.json)
        do throws(Selection.Failure) {
            return try Selection(picture: picture, kind: kind).things(selectors)
        } catch {
            switch error {
            case .ambiguous(_, let things) where showsAll && words.count == 1: return things
            case .uncertain(_, let things, _) where showsAll: return things
            default:
                throw error.outcome(
                    Selection.Wording(command: "pductl\(self.flags) \(command)", flags: self.flags, json: self.json))
            }
        }
    }

    /// Reads everything that the server tells of its devices.
    func withPicture(
        withCommands: Bool = false, _ body: (ServerPicture, NUTClient) async throws -> Void
    ) async throws {
        try await self.withClient { client in
            try await body(try await ServerReader(client: client).picture(withCommands: withCommands), client)
        }
    }
}
