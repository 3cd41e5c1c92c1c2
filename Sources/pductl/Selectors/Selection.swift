import PowerCore

/// The things that selectors mean, found among those of a server; never guessed.
struct Selection {
    /// Why nothing was selected.
    enum Failure: Error, Equatable {
        /// A part may mean any of these.
        case ambiguous(String, [Thing])
        /// Nothing is called so; the nearest names are offered.
        case unknown(String, Kind?, nearest: [String])
        /// The PDU that is named tells nothing now.
        case silent(String, trouble: String)
        /// The part fits, but may fit something of these silent devices too.
        case uncertain(String, [Thing], devices: [String])
        /// The server has nothing of the kind.
        case nothing(Kind?, troubles: [String])
    }

    /// Where is looked.
    let picture: ServerPicture
    /// The only kind that is looked for; nil for any.
    let kind: Kind?

    /// The things in the order in which they were named, each once.
    func things(_ selectors: [Selector]) throws(Failure) -> [Thing] {
        var things: [Thing] = []
        for selector in selectors {
            for term in selector.terms {
                for thing in try self.things(term, of: selector) where !things.contains(thing) { things.append(thing) }
            }
        }
        return things
    }

    private func things(_ term: Selector.Term, of selector: Selector) throws(Failure) -> [Thing] {
        switch term {
        case .all: return try self.all()
        case .numbers(let numbers): return try self.each(numbers.map(String.init)) { self.numbered($0) }
        case .names(let names): return try self.each(names) { self.named($0) }
        case .property(let kind, let names):
            return try self.each(names, certain: kind != .group) { name in
                if kind != .outlet || name.contains("/") {
                    return [self.picture.thing(kind, called: name)].compactMap { $0 }
                }
                return Selection(picture: self.picture, kind: .outlet).named(name)
            }
        case .places(let pdus, let numbers):
            let places = pdus.flatMap { pdu in numbers.map { "\(pdu)/\($0)" } }
            return try self.each(places, certain: true) { [self.picture.thing(.outlet, called: $0)].compactMap { $0 } }
        }
    }

    /// Everything of the kind; outlets where none is said.
    private func all() throws(Failure) -> [Thing] {
        let things = self.picture.things(self.kind ?? .outlet)
        guard self.silentDevices.isEmpty else {
            throw .uncertain("all", things, devices: self.silentDevices.map(\.name))
        }
        guard !things.isEmpty else { throw .nothing(self.kind, troubles: []) }
        return things
    }

    /// The one thing behind each text; `certain` where no silent device could have another.
    private func each(
        _ texts: [String], certain: Bool = false, _ candidates: (String) -> [Thing]
    ) throws(Failure) -> [Thing] {
        var things: [Thing] = []
        for text in texts {
            let found = candidates(text)
            guard let thing = found.first else { throw self.missing(text) }
            guard found.count == 1 else { throw .ambiguous(text, found) }
            guard certain || self.isCertain(thing) else {
                throw .uncertain(text, found, devices: self.silentDevices.map(\.name))
            }
            things.append(thing)
        }
        return things
    }

    /// A device or its host is where it is; an outlet found by less than its place may be another one's as well.
    private func isCertain(_ thing: Thing) -> Bool {
        switch thing {
        case .pdu, .ups: true
        case .consumer(_, let device?, _): device.trouble == nil
        case .outlet, .group, .consumer: self.silentDevices.isEmpty
        }
    }

    private var silentDevices: [DevicePicture] { self.picture.devices.filter { $0.trouble != nil } }

    private func numbered(_ digits: String) -> [Thing] {
        guard self.kind == nil || self.kind == .outlet else { return self.named(digits) }
        return self.picture.outlets.filter { "\($0.id.number)" == digits }.map { .outlet($0) }
    }

    /// What is called `name`: of the kind where one is said, otherwise of any.
    ///
    /// An outlet is also meant by the only host or load it feeds. Where no kind is said, a host is one thing with the
    /// outlets that feed it, whatever these are called.
    func named(_ name: String) -> [Thing] {
        let wanted = name.lowercased()
        let outlets = self.picture.outlets.filter { $0.name?.lowercased() == wanted }
        switch self.kind {
        case .outlet?:
            let feeding = self.picture.outlets(feeding: name)
            return (outlets + feeding.filter { !outlets.contains($0) }).map { .outlet($0) }
        case let kind?: return [self.picture.thing(kind, called: name)].compactMap { $0 }
        case nil:
            let others = [Kind.host, .pdu, .group, .ups].compactMap { self.picture.thing($0, called: name) }
            let feeds = others.first { $0.kind == .host }?.outlets ?? []
            let single = Self.single(others)
            return single + outlets.filter { !feeds.contains($0) }.map { .outlet($0) }
        }
    }

    /// A load with one outlet is that outlet; one with several is not a thing that takes orders, but they are.
    private static func single(_ things: [Thing]) -> [Thing] {
        things.flatMap { thing in
            guard case .consumer(_, nil, let feeds) = thing else { return [thing] }
            return feeds.map { .outlet($0) }
        }
    }

    private func missing(_ text: String) -> Failure {
        if let pdu = text.split(separator: "/").first, let trouble = self.picture.device(pdu)?.trouble {
            return .silent(String(pdu), trouble: trouble)
        }
        let names = self.names
        guard !names.isEmpty else {
            return .nothing(self.kind, troubles: self.silentDevices.map { "\($0.name): \($0.trouble ?? "")" })
        }
        return .unknown(text, self.kind, nearest: Spelling.nearest(to: text, among: names))
    }

    /// Everything that may be typed, each once.
    private var names: [String] {
        let outlets = self.picture.outlets
        let places = outlets.compactMap(\.name) + outlets.flatMap(\.fed) + outlets.map { "\($0.id)" }
        let all: [String] =
            switch self.kind {
            case nil: self.picture.devices.map(\.name) + self.picture.groups + places
            case .outlet?: places
            case let kind?: self.picture.things(kind).map(\.name)
            }
        var seen: Set<String> = []
        return all.filter { seen.insert($0).inserted }
    }
}
