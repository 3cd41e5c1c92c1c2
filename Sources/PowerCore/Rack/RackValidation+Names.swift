extension RackValidation {
    /// Names that two things have, or that are kept for the lab: UPSes, PDUs, hosts and loads share one name space,
    /// and NUT compares without case.
    func nameProblems() -> [Problem] {
        var problems: [Problem] = []
        var taken: [String: String] = [:]
        for (place, name, title) in self.names() {
            let key = name.lowercased()
            if key == Self.labName {
                problems.append(
                    Problem(place, "\(title): this name is kept for the commands of the lab", remedy: "choose another"))
            }
            if let other = taken[key] {
                problems.append(
                    Problem(
                        place, "\(title) has the same name as \(other)",
                        remedy: "rename one: devices, hosts and loads share their names, and case does not count",
                        kind: .sameName))
            } else {
                taken[key] = title
            }
        }
        return problems + self.circuitProblems(taken)
    }

    /// Mains circuits that are called like something else: the lab takes either for the same order.
    private func circuitProblems(_ taken: [String: String]) -> [Problem] {
        self.rack.upses.enumerated().compactMap { index, ups in
            guard let other = taken[ups.source.lowercased()] else { return nil }
            return Problem(
                .ups(index), "the mains circuit of ups \(ups.id) has the same name as \(other)",
                remedy: "rename the circuit")
        }
    }

    /// Everything that has a name, in the order of the configuration.
    private func names() -> [(Place, String, title: String)] {
        let upses = self.rack.upses.enumerated().map { (Place.ups($0), $1.id.name, "ups \($1.id)") }
        let pdus = self.rack.pdus.enumerated().map { (Place.pdu($0), $1.id.name, "pdu \($1.id)") }
        let consumers = self.rack.consumers.enumerated().map { (Place.consumer($0), $1.id.name, self.title($1)) }
        return upses + pdus + consumers
    }

    /// Names that are referred to and do not exist.
    func referenceProblems() -> [Problem] {
        let upses = self.rack.upses.map(\.id.name)
        var problems: [Problem] = []
        for (index, pdu) in self.rack.pdus.enumerated() where !pdu.feed.name.isEmpty && !upses.contains(pdu.feed.name) {
            problems.append(
                Problem(
                    .pduFeed(index), "pdu \(pdu.id) is plugged into '\(pdu.feed)', which is no UPS",
                    remedy: Spelling.remedy(for: pdu.feed.name, among: upses)))
        }
        problems += self.unknownPaths()
        for (index, consumer) in self.rack.consumers.enumerated() {
            problems += self.unknownFeeds(of: consumer, index) + self.unknownNeeds(of: consumer, index)
        }
        return problems
    }

    /// Feeds of a host or load that name nothing, or an outlet the PDU does not have.
    private func unknownFeeds(of consumer: Consumer, _ index: Int) -> [Problem] {
        consumer.feeds.enumerated().compactMap { feedIndex, feed in
            let place = Place.feed(index, feedIndex)
            switch feed {
            case .ups(let ups): return self.unknownUPS(ups, of: consumer, place)
            case .outlet(let outlet): return self.unknownOutlet(outlet, of: consumer, place)
            }
        }
    }

    /// A feed without an outlet number must be a UPS.
    private func unknownUPS(_ ups: DeviceID, of consumer: Consumer, _ place: Place) -> Problem? {
        let upses = self.rack.upses.map(\.id.name)
        let pdus = self.rack.pdus.map(\.id.name)
        guard !upses.contains(ups.name) else { return nil }
        let isPDU = pdus.contains(ups.name)
        return Problem(
            place, "\(self.title(consumer)) is fed by '\(ups)', which is \(isPDU ? "a PDU" : "no UPS")",
            remedy: isPDU ? "add the outlet: \(ups)/1" : Spelling.remedy(for: ups.name, among: upses + pdus))
    }

    /// The PDU must exist and have the outlet.
    private func unknownOutlet(_ outlet: OutletID, of consumer: Consumer, _ place: Place) -> Problem? {
        let pdus = self.rack.pdus.map(\.id.name)
        guard pdus.contains(outlet.pdu.name) else {
            let near = Spelling.remedy(for: outlet.pdu.name, among: pdus)
            return Problem(
                place, "\(self.title(consumer)) is fed by '\(outlet)', but there is no PDU '\(outlet.pdu)'",
                remedy: near)
        }
        guard let count = self.outlets[outlet.pdu], outlet.number > count else { return nil }
        return Problem(
            place, "\(self.title(consumer)) is fed by '\(outlet)', but \(outlet.pdu) has \(count) outlets",
            remedy: "write a number from 1 to \(count), or set outlets of \(outlet.pdu)")
    }

    /// Names in `via` of PDUs and hosts that do not exist.
    private func unknownPaths() -> [Problem] {
        let known = self.rack.consumers.map(\.id.name)
        let ofPDUs = self.rack.pdus.enumerated().flatMap { index, pdu in
            pdu.via.enumerated().map { (Place.pduVia(index, $0), $1.name, "pdu \(pdu.id) is switched") }
        }
        let ofHosts = self.rack.consumers.enumerated().flatMap { index, consumer in
            consumer.via.enumerated().map { (Place.via(index, $0), $1.name, "\(self.title(consumer)) is told") }
        }
        return (ofPDUs + ofHosts).filter { !known.contains($0.1) }.map { place, name, subject in
            Problem(
                place, "\(subject) via '\(name)', which is neither a host nor a load",
                remedy: Spelling.remedy(for: name, among: known))
        }
    }

    /// Needs that name neither a host nor a load.
    private func unknownNeeds(of consumer: Consumer, _ index: Int) -> [Problem] {
        let known = self.rack.consumers.map(\.id.name)
        return consumer.needs.enumerated().filter { !known.contains($1.name) }.map { needIndex, need in
            let others = known.filter { $0 != consumer.id.name }
            return Problem(
                .need(index, needIndex), "\(self.title(consumer)) needs '\(need)', which is neither a host nor a load",
                remedy: Spelling.remedy(for: need.name, among: others))
        }
    }
}
