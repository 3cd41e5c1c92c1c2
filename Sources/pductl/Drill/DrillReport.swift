import NUTTransport
import PowerCore

/// What is said at the end of a drill.
struct DrillReport {
    /// How far it has come.
    let progress: DrillProgress
    /// How long it took until now.
    let time: Duration

    /// All are up again.
    func done(json: Bool) -> Outcome {
        guard !json else { return .done(self.json.text + "\n") }
        let lines = self.progress.names.map { name in
            let times = self.progress.times[name]
            let stop = times?.stop.map { "stopped in \($0.inWords)" } ?? "stopped"
            let start = times?.start.map { "started in \($0.inWords)" } ?? "started"
            return "\(name) \(stop) and \(start)"
        }
        let doubts = self.progress.unproved.map { "\($0) ran out of its time to stop: nothing proved that it was down" }
        let whole = "the drill took \(self.time.inWords)"
        return .done((lines + doubts + [whole]).map { PlainText.printable($0) + "\n" }.joined())
    }

    /// A host did not come up.
    func failed(_ host: HostID, flags: String, json: Bool) -> Outcome {
        .failure(
            .failed, "\(host) did not come up again, \(self.time.inWords) after the drill began; a person must look:",
            details: ["pductl\(flags) explain \(host)"], json: json)
    }

    /// It was not over in time; the server carries it on.
    func tooLong(flags: String, json: Bool) -> Outcome {
        let open = self.progress.names.filter { self.progress.phases[$0] != "running" }
        // A drill that never began leaves its host running.
        let names = open.isEmpty ? [self.progress.host] : open
        let states = names.map { "\($0) is \(self.progress.phases[$0] ?? "unknown")" }.joined(separator: ", ")
        return .failure(
            .failed, "the drill is not over after \(self.time.inWords): \(states). The server goes on with it; see:",
            details: names.map { "pductl\(flags) explain \($0)" }, json: json)
    }

    /// The server is gone in the midst of it.
    func lost(_ error: NUTClientError, json: Bool) -> Outcome {
        Outcome(error, about: "the drill of \(self.progress.host) goes on, but cannot be followed", json: json)
    }

    private var json: JSONValue {
        let hosts = self.progress.names.map { name in
            let times = self.progress.times[name]
            return JSONValue.object([
                ("name", .string(name.name)), ("stop", times?.stop?.json ?? .null),
                ("start", times?.start?.json ?? .null), ("proved", .boolean(!self.progress.unproved.contains(name))),
            ])
        }
        return .object([
            ("host", .string(self.progress.host.name)), ("done", .boolean(true)), ("seconds", self.time.json),
            ("hosts", .array(hosts)),
        ])
    }
}
