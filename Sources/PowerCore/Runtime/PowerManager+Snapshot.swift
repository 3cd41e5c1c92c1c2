extension PowerManager {
    /// Pins what clients may know now, and tells who follows the hosts.
    func pinSnapshot() {
        let now = self.wiring.timekeeper.now
        let hosts = self.engine.hostViews(at: now)
        let upses = self.configuration.upses.compactMap { self.snapshot(of: $0, at: now) }
        let pdus = self.configuration.pdus.compactMap(self.snapshot)
        let virtual = hosts.filter { view in self.isHost(view.id) }.map(self.snapshot)
        let extras = self.extras.values.sorted { $0.id < $1.id }.map { self.filled($0, hosts, at: now) }
        self.board.pin(PowerSnapshot(devices: upses + pdus + virtual + extras))
        let clients = Dictionary(
            hosts.map { ($0.id, self.logins[DeviceID($0.id.name)] ?? 0) }, uniquingKeysWith: { first, _ in first })
        self.wiring.hostsChanged(hosts, clients)
    }

    func isHost(_ id: HostID) -> Bool {
        self.configuration.rack.consumers.contains { $0.id == id && $0.isHost }
    }

    /// The daemon itself as a device shows what plans are made of, and how old the oldest reading is.
    private func filled(_ extra: DeviceSnapshot, _ hosts: [HostView], at now: Moment) -> DeviceSnapshot {
        guard extra.id == ServerCommand.device else { return extra }
        let lines = self.engine.planNodes(hosts).enumerated().map { index, node in
            Variable("\(ServerCommand.planPrefix)\(index + 1)", node.description)
        }
        return DeviceSnapshot(
            id: extra.id, description: extra.description, availability: extra.availability,
            variables: extra.variables + lines + self.oldestReading(at: now), commands: extra.commands)
    }

    /// Which device was heard longest ago, and how long that is; of those never heard there is nothing to say.
    private func oldestReading(at now: Moment) -> [Variable] {
        let upses = self.upses.compactMap { id, state in state.lastFresh.map { (moment: $0, id: id) } }
        let pdus = self.pdus.compactMap { id, state in state.lastFresh.map { (moment: $0, id: id) } }
        guard let oldest = (upses + pdus).min(by: { ($0.moment, $0.id) < ($1.moment, $1.id) }) else { return [] }
        let age = (now - oldest.moment).inSeconds
        return [
            Variable("\(ServerCommand.oldestPrefix)age", age.formatted(decimals: 3), kind: .number),
            Variable("\(ServerCommand.oldestPrefix)device", oldest.id.name),
        ]
    }

    private func snapshot(of ups: Configuration.UPS, at now: Moment) -> DeviceSnapshot? {
        let id = ups.rack.id
        guard let state = self.upses[id] else { return nil }
        let (isLow, isForced) = (self.engine.isLow(id, at: now), self.engine.isForced(id))
        if let shown = self.shown[id], shown.holds(for: state, isLow: isLow, isForced: isForced) {
            return shown.snapshot
        }
        let shown = ShownUPS(ups, state, isLow: isLow, isForced: isForced)
        self.shown[id] = shown
        return shown.snapshot
    }

    private func snapshot(of pdu: Configuration.PDU) -> DeviceSnapshot? {
        guard let state = self.pdus[pdu.rack.id] else { return nil }
        if let shown = self.shownPDUs[pdu.rack.id], shown.holds(for: state) { return shown.snapshot }
        let shown = ShownPDU(pdu, state, self.notes(on: pdu, (state.reading?.outlets ?? []).map(\.number)))
        self.shownPDUs[pdu.rack.id] = shown
        return shown.snapshot
    }

    /// What is known here of the outlets with these numbers.
    private func notes(on pdu: Configuration.PDU, _ numbers: [Int]) -> PDUNotes {
        var (names, feeds): ([Int: String], [Int: String]) = (pdu.outletNames, [:])
        for number in numbers {
            let fed = self.engine.fed(by: OutletID(pdu.rack.id, number)).map(\.name)
            guard let first = fed.first else { continue }
            if names[number] == nil { names[number] = first }
            feeds[number] = "feeds \(fed.joined(separator: ", "))"
        }
        return PDUNotes(
            names: names, feeds: feeds, locks: self.locks(at: pdu.rack.id), groups: self.groups(at: pdu.rack.id),
            protected: Set(numbers.filter { self.engine.isProtected(OutletID(pdu.rack.id, $0)) }),
            fixedNames: Set(names.keys).union(pdu.namesAtDevice.keys))
    }

    private func locks(at pdu: DeviceID) -> [Int: String] {
        let all = self.locks.filter { $0.key.pdu == pdu }.map { ($0.key.number, $0.value.inWords) }
        return Dictionary(all, uniquingKeysWith: { first, _ in first })
    }

    private func groups(at pdu: DeviceID) -> [Int: String] {
        let all = self.configuration.groups.sorted { $0.key < $1.key }.flatMap { name, outlets in
            outlets.filter { $0.pdu == pdu }.map { ($0.number, name) }
        }
        return Dictionary(all, uniquingKeysWith: { "\($0), \($1)" })
    }

    /// The virtual UPS of a host: what the power graph means for it, never stale.
    private func snapshot(of host: HostView) -> DeviceSnapshot {
        var variables = [
            Variable("device.type", "ups"), Variable("device.mfr", "upsd-swift"),
            Variable("device.model", "virtual UPS of \(host.id)"), Variable("ups.mfr", "upsd-swift"),
            Variable("ups.model", "virtual UPS of \(host.id)"), Variable("ups.status", host.status),
            Variable("host.phase", host.phase.word), Variable("host.tier", host.tier),
            Variable("host.feeds", host.feeds.map(\.description).joined(separator: " ")),
            Variable("host.needs", host.needs.map(\.name).joined(separator: " ")),
            Variable("host.redundant", host.isRedundant ? "yes" : "no"),
        ]
        if let charge = host.charge {
            variables.append(Variable("battery.charge", "\(Int(charge.value.rounded()))", kind: .number))
        }
        if let left = host.timeLeft {
            variables.append(Variable("battery.runtime", "\(left.components.seconds)", kind: .number))
        }
        for (index, sentence) in host.explanation.enumerated() {
            variables.append(Variable("host.explain.\(index + 1)", sentence))
        }
        return DeviceSnapshot(
            id: DeviceID(host.id.name), description: self.configuration.hostDescriptions[host.id],
            availability: .fresh, variables: variables,
            commands: [
                InstantCommand(Self.drillCommand, description: "Stop the host in order, and start it again")
            ] + (self.engine.outlets(of: host.id).isEmpty ? [] : OutletCommand.switching(nil).map(\.instant)))
    }
}

extension Configuration.UPS {
    /// The `driver.*` variables that stock clients and dashboards look at, where the device has none of its own.
    func driverVariables(isFresh: Bool, beside own: [Variable]) -> [Variable] {
        guard let name = self.driverName else { return [] }
        let known = Set(own.lazy.map(\.name).filter { $0.hasPrefix("driver.") })
        return [
            Variable("driver.name", name), Variable("driver.version", productVersion),
            Variable("driver.parameter.pollinterval", self.pollInterval.inPlainSeconds, kind: .number),
            Variable("driver.parameter.pollfreq", self.fullPollInterval.inPlainSeconds, kind: .number),
            Variable("driver.state", isFresh ? "quiet" : "reconnect.trying"),
        ].filter { !known.contains($0.name) }
    }

    /// The name of our own driver; nil where the device's variables name another one, behind ours.
    private var driverName: String? {
        switch self.driver {
        case .usbHID: "usb-hid"
        case .emulated: "emulated"
        case .dummy: "dummy"
        case .snmp: "snmp"
        case .nutDriver, .nutUpstream: nil
        }
    }
}
