import PowerCore
import PowerLab

/// What is in the rack of an outage and how the daemon is told of it: the lab and the configuration, of the same words.
struct OutagePlan: Sendable {
    /// A host or a load.
    struct Machine: Sendable {
        var name: String
        var outlets: [OutletID]
        var needs: [String]
        var isHost: Bool

        init(_ name: String, _ outlets: [String], needs: [String] = [], isHost: Bool = true) {
            self.name = name
            self.outlets = outlets.compactMap { OutletID(parsing: $0) }
            self.needs = needs
            self.isHost = isHost
        }
    }

    var machines: [Machine]
    /// The triggers of every machine.
    var triggers = "on-battery: 1s"
    /// How long a machine takes to stop.
    var stopTime = Duration.milliseconds(300)
    /// How long a machine takes to boot.
    var bootTime = Duration.milliseconds(500)
    var outletsPerPDU = 4

    /// The reference outage: two UPSes, a chain of three hosts and one beside it, with two cords and with one, a switch.
    static let reference = OutagePlan(machines: [
        Machine("web", ["rack-a/3"], needs: ["db"]),
        Machine("backup", ["rack-b/3"], needs: ["storage"]),
        Machine("db", ["rack-a/2", "rack-b/2"], needs: ["storage"]),
        Machine("storage", ["rack-a/1", "rack-b/1"], needs: ["switch"]),
        Machine("switch", ["rack-a/4", "rack-b/4"], isHost: false),
    ])

    var hosts: [String] { self.machines.filter(\.isHost).map(\.name) }

    var outlets: [OutletID] { self.machines.flatMap(\.outlets) }

    /// The names of those that need `name`.
    func needing(_ name: String) -> [String] { self.machines.filter { $0.needs.contains(name) }.map(\.name) }

    var lab: LabPlan {
        LabPlan(
            upses: [LabUPSPlan("river", model: .river3Plus), LabUPSPlan("delta", model: .delta3Plus)],
            pdus: [
                LabPDUPlan("rack-a", feed: "river", outletCount: self.outletsPerPDU),
                LabPDUPlan("rack-b", feed: "delta", outletCount: self.outletsPerPDU),
            ],
            hosts: self.machines.filter(\.isHost).map { machine in
                LabHostPlan(
                    HostID(machine.name), feeds: machine.outlets.map { .outlet($0) }, watts: 60,
                    bootTime: self.bootTime,
                    stopTime: self.stopTime, agentDelay: nil)
            },
            loads: self.machines.filter { !$0.isHost }.map { machine in
                LabLoadPlan(HostID(machine.name), feeds: machine.outlets.map { .outlet($0) }, watts: 10)
            })
    }

    /// The daemon's configuration, whose devices are all behind the server at `upstream`.
    func yaml(port: Int, upstream: Int, store: String) -> String {
        let server = "server: \"127.0.0.1:\(upstream)\", user: \(LabWorld.user), password-file: upstream"
        let users = self.hosts.map { "    \($0): {password: secret, role: secondary, devices: [\($0)]}\n" }
        return """
            server:
              listen: ["127.0.0.1:\(port)"]
              users:
            \(users.joined())
            store: {path: \(store)}
            ups:
              river: {driver: nut-upstream, \(server), capacity: 286 Wh, rated: 600 W, poll: 250ms, full-poll: 500ms}
              delta: {driver: nut-upstream, \(server), capacity: 1024 Wh, rated: 1800 W, poll: 250ms, full-poll: 500ms}
            pdu:
              rack-a: {driver: nut-upstream, \(server), feed: river, poll: 250ms}
              rack-b: {driver: nut-upstream, \(server), feed: delta, poll: 250ms}
            tiers: [all]
            hosts:
            \(self.lines(areHosts: true))
            loads:
            \(self.lines(areHosts: false))
            policy:
              debounce: 250ms
              stable: 1s
              settle: 250ms
              stagger: 100ms
              triggers: {all: [\(self.triggers)]}

            """
    }

    private func lines(areHosts: Bool) -> String {
        self.machines.filter { $0.isHost == areHosts }.map { machine in
            let feeds = machine.outlets.map(\.description).joined(separator: ", ")
            let needs = machine.needs.joined(separator: ", ")
            let times = areHosts ? ", stop: {timeout: 60s, off-after: 5s}, start: {timeout: 30s}" : ""
            return "  \(machine.name): {tier: all, feeds: [\(feeds)], needs: [\(needs)], "
                + "watts: \(areHosts ? 60 : 10) W\(times)}"
        }.joined(separator: "\n")
    }
}
