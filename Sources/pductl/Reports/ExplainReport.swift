import PowerCore

/// `pductl explain`: what stands with a host and what comes next, in the server's own sentences.
struct ExplainReport {
    /// What is reported on.
    let picture: ServerPicture

    /// The text for `host`; a failure where it is no host or the server does not explain.
    func report(of host: String, json: Bool) throws(Outcome) -> Report {
        guard let device = self.picture.device(host) else { throw self.unknown(host, json: json) }
        if let trouble = device.trouble { throw .failure(.unreachable, "\(device.name): \(trouble)", json: json) }
        guard device.kind == .host else { throw self.notExplained(device, json: json) }
        return Report(text: { _ in Self.text(of: device) }, wide: nil, json: device.hostJSON)
    }

    /// What stands with a host, and below it the sentences.
    private static func text(of device: DevicePicture) -> String {
        let head = [
            ("phase", device["host.phase"]), ("tier", device["host.tier"]), ("status", device["ups.status"]),
            ("feeds", device["host.feeds"]), ("needs", device["host.needs"]),
        ]
        let lines = head.compactMap { name, value in
            value.map { "  \(name)\(String(repeating: " ", count: 8 - name.count))\(PlainText.printable($0))\n" }
        }
        return "\(PlainText.printable(device.name))\n" + lines.joined() + "\n" + device.explanationText
    }

    /// All hosts, a line each with the first sentence; a failure where the server knows none.
    func overview(json: Bool) throws(Outcome) -> Report {
        let hosts = self.picture.devices(.host)
        guard !hosts.isEmpty else {
            throw .failure(.failed, "this server knows no hosts and does not explain", json: json)
        }
        var table = TextTable("HOST", "PHASE", "EXPLANATION")
        for host in hosts { table.add(.init(host.name), host.phaseCell, .init(host.explanation.first)) }
        return Report(
            text: { [table] in table.text(colour: $0) }, wide: nil, json: .array(hosts.map(\.hostJSON)))
    }

    private func notExplained(_ device: DevicePicture, json: Bool) -> Outcome {
        let hosts = self.picture.devices(.host).map(\.name)
        guard !hosts.isEmpty else {
            return .failure(.failed, "this server knows no hosts and does not explain", json: json)
        }
        return .failure(
            .notFound, "\(device.name) is no host. There are:", details: hosts.map { "pductl explain \($0)" },
            json: json)
    }

    private func unknown(_ host: String, json: Bool) -> Outcome {
        let hosts = self.picture.devices(.host).map(\.name)
        guard !hosts.isEmpty else {
            return .failure(.failed, "this server knows no hosts and does not explain", json: json)
        }
        let near = Spelling.nearest(to: host, among: hosts)
        return .failure(
            .notFound, "no host is called '\(host)'. \(near.isEmpty ? "There are:" : "Did you mean:")",
            details: (near.isEmpty ? hosts : near).map { "pductl explain \($0)" }, json: json)
    }
}
