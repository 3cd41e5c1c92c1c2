import PowerCore

/// What was seen of a server at one moment, as far as `pductl watch` follows it.
struct Sighting: Equatable {
    /// One thing that can change.
    struct Fact: Equatable {
        /// What kind of thing it is about.
        var kind: Kind
        /// The name of the thing.
        var name: String
        /// What of it.
        var field: String
        /// How it is.
        var value: String

        fileprivate var key: [String] { [self.kind.rawValue, self.name, self.field] }
    }

    /// The facts in the server's order.
    let facts: [Fact]

    /// Takes what is followed out of a picture: the states, not the measured values, which change all the time.
    init(_ things: [Thing]) {
        var facts: [Fact] = []
        for thing in things {
            if let device = thing.device { facts += Self.facts(of: device, thing.kind) }
            for outlet in thing.outlets { facts += Self.facts(of: outlet) }
        }
        var seen: Set<[String]> = []
        self.facts = facts.filter { seen.insert($0.key).inserted }
    }

    /// What is different from an earlier sighting; all of it where there is none.
    func changes(since earlier: Sighting?) -> [Change] {
        let before = Self.values(earlier?.facts ?? [])
        let now = Self.values(self.facts)
        let here = self.facts.compactMap { fact -> Change? in
            let from = before[fact.key]
            return from == fact.value ? nil : Change(fact, from: from, to: fact.value)
        }
        let gone = (earlier?.facts ?? []).filter { now[$0.key] == nil }.map { Change($0, from: $0.value, to: nil) }
        return here + gone
    }

    private static func values(_ facts: [Fact]) -> [[String]: String] {
        Dictionary(facts.map { ($0.key, $0.value) }, uniquingKeysWith: { first, _ in first })
    }

    private static func facts(of device: DevicePicture, _ kind: Kind) -> [Fact] {
        let fields: [(String, String?)] = [
            ("reached", device.trouble ?? "yes"), ("phase", device["host.phase"]), ("status", device["ups.status"]),
            ("charge", device["battery.charge"]),
        ]
        return fields.compactMap { field, value in
            value.map { Fact(kind: kind, name: device.name, field: field, value: $0) }
        }
    }

    private static func facts(of outlet: OutletPicture) -> [Fact] {
        let fields: [(String, String?)] = [
            ("status", outlet.status), ("name", outlet.name), ("feeds", outlet.fed.joined(separator: ", ")),
            ("pending", outlet.pending), ("locked", outlet.lock),
        ]
        return fields.compactMap { field, value in
            guard let value, !value.isEmpty else { return nil }
            return Fact(kind: .outlet, name: "\(outlet.id)", field: field, value: value)
        }
    }
}

/// Something that is different from what it was.
struct Change: Equatable {
    /// What kind of thing it is about.
    let kind: Kind
    /// The name of the thing.
    let name: String
    /// What of it.
    let field: String
    /// How it was; nil where it was not there.
    let from: String?
    /// How it is; nil where it is not there any more.
    let to: String?

    fileprivate init(_ fact: Sighting.Fact, from: String?, to: String?) {
        (self.kind, self.name, self.field, self.from, self.to) = (fact.kind, fact.name, fact.field, from, to)
    }

    /// The change for people, behind the time on a clock: `14:30:05  outlet rack-a/4  status: on -> off`.
    func line(at clock: String) -> String {
        let was = self.from.map { "\($0) -> " } ?? ""
        return PlainText.printable(
            "\(clock)  \(self.kind.rawValue) \(self.name)  \(self.field): \(was)\(self.to ?? "gone")")
    }

    /// The change for programs.
    func json(at time: String) -> JSONValue {
        .object([
            ("time", .string(time)), ("kind", .string(self.kind.rawValue)), ("name", .string(self.name)),
            ("field", .string(self.field)), ("from", .string(orNull: self.from)), ("to", .string(orNull: self.to)),
        ])
    }
}
