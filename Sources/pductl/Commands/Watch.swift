import ArgumentParser
import EventStore
import Foundation
import NUTTransport

/// `pductl watch`.
struct Watch: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Prints what stands, and then every change of it, until it is interrupted.",
        discussion: """
            States are followed, not measured values. When the server is away, that is said once, and it goes on when the \
            server is back. With -o json each change is a line of JSON.
            """)

    @Argument(
        help: "The kind (outlet, pdu, group, host, ups; may be left out) and which; everything without it.",
        completion: .shellCommand("pductl __complete targets"))
    var words: [String] = []

    @Option(help: "Between two looks (500ms, 5s).")
    var interval = "2s"

    @OptionGroup var options: ServerOptions

    func run() async throws {
        let pause = try OrderOptions.duration(self.interval, "--interval", json: self.options.json)
        guard [.table, .wide, .json].contains(self.options.format) else {
            throw Outcome.failure(.usage, "watch prints text, or with -o json lines of JSON", json: false)
        }
        var last: Sighting?
        var isLost = false
        while true {
            do {
                try await self.options.withClient { client in
                    try await self.follow(client, every: pause, &last, &isLost)
                }
            } catch let outcome as Outcome where outcome.status == .unreachable && last != nil {
                if !isLost { self.tell("the server cannot be reached") }
                isLost = true
                try await Task.sleep(for: pause)
            }
        }
    }

    /// Looks again and again, until the connection is lost.
    private func follow(
        _ client: NUTClient, every pause: Duration, _ last: inout Sighting?, _ isLost: inout Bool
    ) async throws {
        let words = KindedWords(self.words, alone: true)
        while true {
            let picture = try await ServerReader(client: client).picture()
            let things = try self.things(words, picture)
            if isLost { self.tell("the server is back") }
            isLost = false
            let sighting = Sighting(things)
            self.show(sighting.changes(since: last))
            last = sighting
            try await Task.sleep(for: pause)
        }
    }

    private func things(_ words: KindedWords, _ picture: ServerPicture) throws(Outcome) -> [Thing] {
        guard words.words.isEmpty else {
            return try self.options.things(
                words.words, kind: words.kind, in: picture, command: "watch", showsAll: true)
        }
        let kinds: [Kind] = words.kind.map { [$0] } ?? [.ups, .pdu, .host]
        return kinds.flatMap { picture.things($0) }
    }

    private func show(_ changes: [Change]) {
        let (local, now) = (LocalTime(zone: .current), WallTime.now)
        let lines = changes.map { change in
            self.options.json
                ? change.json(at: local.machineText(now)).line : change.line(at: local.clock(now))
        }
        Outcome.done(lines.map { $0 + "\n" }.joined()).show()
    }

    /// Says something that is no change of a device.
    private func tell(_ sentence: String) {
        let (local, now) = (LocalTime(zone: .current), WallTime.now)
        let value = JSONValue.object([("time", .string(local.machineText(now))), ("message", .string(sentence))])
        Outcome.done(self.options.json ? value.line + "\n" : "\(local.clock(now))  \(sentence)\n").show()
    }
}
