import PowerCore
import Testing

@testable import upsd_swift

/// How hosts are reached: what sound files mean.
@Suite struct HostAccessTests {
    /// What is read of a host `a` that has these keys beside the required ones.
    private func read(_ keys: String) throws -> (consumer: Consumer, access: Configuration.HostAccess?) {
        let yaml = "hosts:\n  a: {tier: core, feeds: rack-a/1, \(keys)}\n"
        #expect(Sample.problems(adding: yaml) == [])
        let configuration = try #require(Sample.configuration(adding: yaml))
        return (try #require(configuration.rack.consumers.first), configuration.access["a"])
    }

    @Test func `every form of the manual is read`() throws {
        let yaml = """
            manager: gateway
            store: {path: /var/lib/upsd-swift/events.sqlite, keep: 2y}
            hosts:
              pve1:
                tier: core
                feeds: rack-a/1
                needs: [switch]
                ssh: root@192.0.2.11
                mac: "aa:bb:cc:dd:ee:ff"
                witness: {tcp: "192.0.2.11:8006"}
                via: [switch]
                stop: {ways: [nut, ssh, command], timeout: 4m, next-way: 45s, command: [/usr/local/bin/stop-host, pve1]}
                start: {methods: [outlet, wake-on-lan, command], timeout: 5m, command: [/usr/local/bin/start-host, ""]}
              gateway: {tier: core, feeds: river}
            loads:
              switch: {tier: core, feeds: rack-a/5}
            """
        #expect(Sample.problems(adding: yaml) == [])
        let configuration = try #require(Sample.configuration(adding: yaml))
        #expect(configuration.rack.manager == "gateway")
        #expect(configuration.store == .init(path: "/var/lib/upsd-swift/events.sqlite", keep: .seconds(730 * 86400)))
        #expect(
            configuration.access == [
                "pve1": .init(
                    ssh: .init(user: "root", host: "192.0.2.11"), stopCommand: ["/usr/local/bin/stop-host", "pve1"],
                    startCommand: ["/usr/local/bin/start-host", ""],
                    wake: .init(hardwareAddress: [0xaa, 0xbb, 0xcc, 0xdd, 0xee, 0xff]),
                    probes: [.tcp(.init(host: "192.0.2.11", port: 8006))])
            ])
        let host = try #require(configuration.rack.consumers.first)
        let stop = StopPlan(ways: [.nut, .ssh, .command], timeout: .seconds(240), nextWayAfter: .seconds(45))
        #expect(host.kind == .host(stop))
        #expect(host.start == StartPlan(methods: [.outlet, .wakeOnLAN, .command], timeout: .seconds(300)))
        #expect(host.isProbed)
        #expect(host.via == ["switch"])
        #expect(!configuration.rack.consumers[1].isProbed)
    }

    @Test func `ssh may have a port, a key and a command of its own`() throws {
        let host = try self.read(
            "stop: {ways: ssh}, "
                + "ssh: {host: pve1.lan, user: stopper, port: 2222, identity: keys/a, command: sudo poweroff}")
        #expect(
            host.access?.ssh
                == .init(user: "stopper", host: "pve1.lan", port: 2222, identity: "keys/a", command: "sudo poweroff"))
        #expect(try self.read("stop: {ways: ssh}, ssh: pve1.lan").access?.ssh == .init(host: "pve1.lan"))
        #expect(
            try self.read("stop: {ways: ssh}, ssh: \"root@fe80::1%eth0\"").access?.ssh
                == .init(user: "root", host: "fe80::1%eth0"))
    }

    /// Digits alone between colons are a number of base sixty in YAML 1.1.
    @Test(arguments: [
        "10:20:30:40:50:59", "\"10:20:30:40:50:59\"", "10-20-30-40-50-59", "{address: 10:20:30:40:50:59}",
    ])
    func `the address of a network card needs no quotes`(text: String) throws {
        let wake = try self.read("start: wake-on-lan, mac: \(text)").access?.wake
        #expect(wake?.hardwareAddress == [0x10, 0x20, 0x30, 0x40, 0x50, 0x59])
        #expect(wake?.broadcast.description == "255.255.255.255:9")
    }

    @Test func `a magic packet may go to a network and port of its own`() throws {
        let wake = try self.read(
            "start: wake-on-lan, mac: {address: AA-BB-CC-DD-EE-FF, broadcast: 192.0.2.255, port: 7}"
        ).access?.wake
        #expect(
            wake
                == .init(
                    hardwareAddress: [0xaa, 0xbb, 0xcc, 0xdd, 0xee, 0xff],
                    broadcast: .init(host: "192.0.2.255", port: 7)))
    }

    @Test(arguments: [
        ("{ping: 192.0.2.11}", [Configuration.HostAccess.Probe.ping("192.0.2.11")]),
        ("{tcp: 192.0.2.11:22, ping: nas}", [.tcp(.init(host: "192.0.2.11", port: 22)), .ping("nas")]),
        ("[tcp: \"[::1]:22\", ping: \"::1\"]", [.tcp(.init(host: "::1", port: 22)), .ping("::1")]),
    ])
    func `witnesses are one or several`(text: String, probes: [Configuration.HostAccess.Probe]) throws {
        let host = try self.read("witness: \(text)")
        #expect(host.access?.probes == probes)
        #expect(host.consumer.isProbed)
    }

    @Test func `a host that is told by NUT alone has no entry`() throws {
        let host = try self.read("stop: {timeout: 1m}")
        #expect(host.access == nil)
        #expect(!host.consumer.isProbed)
    }

    @Test func `a store keeps two years unless it says otherwise`() throws {
        let store = try #require(Sample.configuration(adding: "store: {path: events.sqlite}")?.store)
        #expect(store == .init(path: "events.sqlite", keep: .seconds(2 * 365 * 86400)))
    }

    @Test func `an outlet that is said to be shared may feed two things`() throws {
        let yaml = """
            ups: {river: {driver: emulated, model: river-3-plus, capacity: 286 Wh}}
            pdu: {rack-a: {driver: emulated, feed: river, via: [switch], shared: [4]}}
            tiers: [core]
            hosts: {a: {tier: core, feeds: rack-a/4, needs: [switch]}}
            loads: {b: {tier: core, feeds: rack-a/4, needs: [switch]}, switch: {tier: core, feeds: river}}
            """
        #expect(Sample.problems(yaml) == [])
        #expect(Sample.problems(yaml.replacing(", shared: [4]", with: "")).count == 1)
    }
}
