extension ConfigurationReader {
    /// Ports that something can be at.
    private static let ports = 1...65535
    /// Looks at one host; each of them is a connection or a packet every few seconds.
    static let mostProbes = 8

    /// `ssh`, `mac` and `witness` of a host.
    mutating func readAccess(of host: HostID, _ words: inout HostWords, from section: inout ConfigurationSection) {
        words.ssh = section.contains("ssh") ? section.place(of: "ssh", or: "ssh") : nil
        words.mac = section.contains("mac") ? section.place(of: "mac", or: "mac") : nil
        words.access.ssh = self.ssh(of: host, from: &section)
        words.access.wake = self.wake(from: &section)
        words.access.probes = self.probes(from: &section)
    }

    /// Says which ways and methods have not what they need, and what nothing needs.
    mutating func checkWords(_ words: HostWords, _ name: String) {
        let hasSSH = words.ways.contains { $0.value == .ssh }
        for way in words.ways where way.value == .ssh && words.ssh == nil {
            self.fail(way.mark, "\(name): stop: ways: ssh needs an address", remedy: "add ssh: root@ADDRESS to \(name)")
        }
        if let mark = words.ssh, !hasSSH, words.isUnderstood {
            self.warn(
                mark, "\(name): ssh is not used: ways of stop do not name it",
                remedy: "write stop: {ways: [nut, ssh]}, or remove it")
        }
        let hasStopCommand = words.ways.contains { $0.value == .command }
        for way in words.ways where way.value == .command && words.stopCommand == nil {
            self.fail(
                way.mark, "\(name): stop: ways: command needs a program",
                remedy: "add command: [/path/to/program] to stop")
        }
        if let mark = words.stopCommand, !hasStopCommand, words.isUnderstood {
            self.warn(
                mark, "\(name): stop: command is not used: ways do not name it",
                remedy: "write ways: [nut, command], or remove it")
        }
        self.checkMethods(words, name)
    }

    /// The same for methods of starting.
    private mutating func checkMethods(_ words: HostWords, _ name: String) {
        let methods = words.methods.map(\.value)
        for method in words.methods where method.value == .wakeOnLAN && words.mac == nil {
            self.fail(
                method.mark, "\(name): start: wake-on-lan needs the address of the network card",
                remedy: "add mac: \"52:54:00:12:34:56\" to \(name)")
        }
        for method in words.methods where method.value == .command && words.startCommand == nil {
            self.fail(
                method.mark, "\(name): start: command needs a program",
                remedy: "write start: {methods: [outlet, command], command: [/path/to/program]}")
        }
        if let mark = words.mac, !methods.contains(.wakeOnLAN), words.isUnderstood {
            self.warn(
                mark, "\(name): mac is not used: start does not name wake-on-lan",
                remedy: "write start: [outlet, wake-on-lan], or remove it")
        }
        if let mark = words.startCommand, !methods.contains(.command), words.isUnderstood {
            self.warn(
                mark, "\(name): start: command is not used: methods do not name it",
                remedy: "write methods: [outlet, command], or remove it")
        }
    }

    /// `mac`: the address of the network card, or a group of keys where more is to be said.
    private mutating func wake(from section: inout ConfigurationSection) -> Configuration.HostAccess.WakeOnLAN? {
        guard let entry = section.take("mac") else { return nil }
        guard case .mapping = entry.value.content else {
            var alone = ConfigurationSection(section.name, at: entry.mark, [entry])
            let bytes = self.value("mac", of: &alone, ConfigurationScalar.hardwareAddress)
            return bytes.map { Configuration.HostAccess.WakeOnLAN(hardwareAddress: $0.value) }
        }
        guard var fields = self.section(section.label("mac"), entry.value, at: entry.mark) else { return nil }
        if !fields.contains("address") {
            self.fail(fields.mark, "\(fields.name) has no address", remedy: "add address: \"52:54:00:12:34:56\"")
        }
        let bytes = self.value("address", of: &fields, ConfigurationScalar.hardwareAddress)
        let broadcast = self.value("broadcast", of: &fields, ConfigurationScalar.host)
        let port = self.whole("port", of: &fields, in: Self.ports)
        self.finish(fields)
        guard let bytes else { return nil }
        var wake = Configuration.HostAccess.WakeOnLAN(hardwareAddress: bytes.value)
        if let broadcast { wake.broadcast.host = broadcast.value }
        if let port { wake.broadcast.port = port }
        return wake
    }

    /// `witness`: what counts as an answer on the network, one or a list.
    private mutating func probes(from section: inout ConfigurationSection) -> [Configuration.HostAccess.Probe] {
        guard let entry = section.take("witness") else { return [] }
        var nodes = [entry.value]
        if case .sequence(let items) = entry.value.content { nodes = items }
        let label = section.label("witness")
        let example = "write {tcp: \"192.0.2.11:22\"} or {ping: 192.0.2.11}"
        if entry.value.isEmpty || entry.value.isNothing {
            self.fail(entry.value.mark, "\(label) names nothing to look for", remedy: example)
            return []
        }
        var probes: [Configuration.HostAccess.Probe] = []
        for node in nodes {
            guard case .mapping = node.content else {
                self.fail(node.mark, "\(label) must be a group of keys, not \(node.shape)", remedy: example)
                continue
            }
            for probe in self.probes(label, node) where !self.isTwice(probe, in: probes, label) {
                probes.append(probe.value)
            }
        }
        if probes.count > Self.mostProbes {
            self.fail(entry.mark, "\(label) names more than \(Self.mostProbes) things", remedy: "remove some")
        }
        return probes
    }

    /// `tcp` and `ping` of one group of keys.
    private mutating func probes(
        _ label: String, _ node: ConfigurationNode
    ) -> [Marked<Configuration.HostAccess.Probe>] {
        guard var fields = self.section(label, node, at: node.mark) else { return [] }
        let tcp = self.value("tcp", of: &fields, Self.service)
        let ping = self.value("ping", of: &fields, ConfigurationScalar.host)
        self.finish(fields)
        return [
            tcp.map { Marked(value: .tcp($0.value), mark: $0.mark) },
            ping.map { Marked(value: .ping($0.value), mark: $0.mark) },
        ].compactMap(\.self)
    }

    /// Somewhere to connect to: port 0 is a place for listeners only.
    private static func service(_ text: String) throws(ConfigurationScalar.Refusal) -> Configuration.Endpoint {
        guard let endpoint = try? ConfigurationScalar.endpoint(text), endpoint.port > 0 else {
            throw ConfigurationScalar.Refusal(expected: "an address with a port such as \"192.0.2.11:22\"")
        }
        return endpoint
    }

    /// Whether a probe stands there already; says so where it does.
    private mutating func isTwice(
        _ probe: Marked<Configuration.HostAccess.Probe>, in probes: [Configuration.HostAccess.Probe], _ label: String
    ) -> Bool {
        guard probes.contains(probe.value) else { return false }
        self.fail(probe.mark, "\(label) names \(probe.value) twice", remedy: "remove one")
        return true
    }
}

extension Configuration.HostAccess.Probe: CustomStringConvertible {
    /// The probe in words, `tcp 192.0.2.11:22`.
    public var description: String {
        switch self {
        case .tcp(let endpoint): "tcp \(endpoint)"
        case .ping(let host): "ping \(host)"
        }
    }
}
