import PowerCore
import Testing

/// What is different between two configurations.
@Suite struct ConfigurationChangeTests {
    private let old = Configuration(
        server: Configuration.Server(users: [Configuration.User(name: "admin", password: .file("/a"))]),
        upses: ["a", "b"].map { Configuration.UPS(rack: RackUPS(id: $0), driver: .usbHID(.init())) },
        pdus: [Configuration.PDU(rack: RackPDU(id: "p", feed: "a"), driver: .nutDriver(.init(path: "/run/p")))],
        rack: Rack(
            upses: [RackUPS(id: "a"), RackUPS(id: "b")], pdus: [RackPDU(id: "p", feed: "a")],
            consumers: [
                Consumer(id: "pve", kind: .host(StopPlan()), tier: "core", feeds: [.ups("a")]),
                Consumer(id: "fan", kind: .load, tier: "core", feeds: [.ups("a")]),
            ], tiers: ["core"]))

    private func change(_ edit: (inout Configuration) -> Void) -> ConfigurationChange {
        var new = self.old
        edit(&new)
        return ConfigurationChange(from: self.old, to: new)
    }

    @Test func `the same again is no change`() {
        let same = self.change { _ in }
        #expect(same.sentences == [])
        #expect(same.added.union(same.removed).union(same.restarted).union(same.vanished).isEmpty)
    }

    @Test func `a device that comes and one that goes are named, their drivers begin and end`() {
        let change = self.change {
            $0.upses[1].rack.id = "c"
            $0.rack.upses[1].id = "c"
        }
        #expect(change.added == ["c"])
        #expect(change.removed == ["b"])
        #expect(change.vanished == ["b"])
        #expect(change.restarted == [])
        #expect(change.sentences == ["added ups c", "removed ups b"])
    }

    @Test func `a driver begins anew only for what is its own`() {
        #expect(self.change { $0.upses[0].description = "left" }.restarted == [])
        #expect(self.change { $0.upses[0].rack.capacity = 300 }.restarted == [])
        #expect(self.change { $0.upses[0].overrides["ups.id"] = "x" }.restarted == [])
        #expect(self.change { $0.pdus[0].outletNames[1] = "x" }.restarted == [])
        #expect(self.change { $0.upses[0].pollInterval = .seconds(1) }.restarted == ["a"])
        #expect(self.change { $0.upses[0].driver = .dummy(.init(file: "/x.dev", isLooping: false)) }.restarted == ["a"])
        let pdu = self.change { $0.pdus[0].driver = .nutDriver(.init(path: "/run/q")) }
        #expect(pdu.restarted == ["p"])
        #expect(pdu.sentences == ["changed pdu p", "the driver of p is started anew"])
    }

    @Test func `a file that says something else makes its device's driver begin anew`() {
        let change = ConfigurationChange(from: self.old, to: self.old, touched: ["b", "gone"])
        #expect(change.restarted == ["b"])
        #expect(change.sentences == ["the driver of b is started anew"])
    }

    @Test func `a host is a name that clients know, a load is none`() {
        let change = self.change { $0.rack.consumers.removeAll() }
        #expect(change.vanished == ["pve"])
        #expect(change.removed == [])
        #expect(change.sentences == ["removed host pve", "removed load fan"])
        let described = self.change { $0.hostDescriptions["pve"] = "the left one" }
        #expect(described.sentences == ["changed host pve"])
    }

    @Test func `how a host is reached and what is told through what is a change of the host or PDU`() {
        let probe = self.change { $0.access["pve"] = .init(probes: [.ping("192.0.2.1")]) }
        #expect(probe.sentences == ["changed host pve"])
        #expect(self.change { $0.rack.consumers[0].via = ["fan"] }.sentences == ["changed host pve"])
        let via = self.change { $0.pdus[0].rack.via = ["fan"] }
        #expect(via.sentences == ["changed pdu p"])
        #expect(via.restarted == [])
        #expect(self.change { $0.pdus[0].rack.shared = [1] }.sentences == ["changed pdu p"])
    }

    @Test func `another manager is taken, another store needs a restart`() {
        let manager = self.change { $0.rack.manager = "pve" }
        #expect(manager.sentences == ["changed manager"])
        #expect(manager.needsRestart == nil)
        let store = self.change { $0.store = .init(path: "/s") }
        #expect(store.sentences == ["changed store"])
        #expect(store.needsRestart == "the store cannot be changed while the daemon runs; restart it")
    }

    @Test func `everything else is said as well`() {
        let change = self.change {
            $0.server.listen = [Configuration.Endpoint(host: "127.0.0.2", port: 1)]
            $0.server.users[0].role = .primary
            $0.server.maximumClients = 9
            $0.server.idleTimeout = .seconds(30)
            $0.server.allow = []
            $0.server.aliases = [Configuration.Alias(name: "ups", device: "a")]
            $0.server.tls = Configuration.TLS(certificate: "/c", key: "/k")
            $0.policy.stable = .seconds(1)
            $0.rack.tiers = ["core", "other"]
        }
        #expect(
            change.sentences == [
                "changed user admin", "added listener 127.0.0.2:1", "removed listener 127.0.0.1:3493",
                "changed the order of tiers", "changed policy", "changed server.tls", "changed server.allow",
                "changed server.aliases", "changed server.max-clients", "changed server.idle-timeout",
            ])
    }
}
