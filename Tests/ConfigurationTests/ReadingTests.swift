import PowerCore
import Testing

@testable import RackFile

/// What sound files mean.
@Suite struct ReadingTests {
    @Test func `defaults are those of the manual`() throws {
        let configuration = try #require(ConfigurationFile.read("ups: {river: {driver: usb-hid}}").configuration)
        #expect(configuration.server == Configuration.Server())
        #expect(configuration.server.listen.map(\.description) == ["127.0.0.1:3493"])
        #expect(configuration.upses == [.init(rack: RackUPS(id: "river"), driver: .usbHID(.init()))])
        #expect(configuration.rack == Rack(upses: [RackUPS(id: "river")]))
        #expect(configuration.policy == PolicySettings())
        #expect(configuration.machines.isEmpty)
    }

    @Test func `every key of a UPS is read`() throws {
        let yaml = """
            ups:
              river:
                driver: usb-hid
                match: {vendor: 463, product: 0xFFFF, manufacturer: Eco.*, name: EF.*, serial: 0123, bus: 001, port: 1-2.4}
                description: "left one"
                source: phase-1
                capacity: 0.286 kWh
                rated: 600W
                cut-off: 11%
                low: 7 %
                poll: 500ms
                full-poll: 1m
                stale-after: 20s
                override: {battery.charge.low: 020, ups.mfr: EcoFlow}
            """
        let ups = try #require(ConfigurationFile.read(yaml).configuration?.upses.first)
        let criteria = Configuration.USBCriteria(
            vendorID: "0463", productID: "ffff", manufacturer: "Eco.*", product: "EF.*", serial: "0123", bus: "001",
            port: "1-2.4")
        let rack = RackUPS(
            id: "river", source: "phase-1", capacity: 286, rated: 600, cutOff: .fixed(11), lowMargin: 7)
        #expect(
            ups
                == .init(
                    rack: rack, description: "left one", driver: .usbHID(criteria), pollInterval: .milliseconds(500),
                    fullPollInterval: .seconds(60), staleAfter: .seconds(20),
                    overrides: ["battery.charge.low": "020", "ups.mfr": "EcoFlow"]))
    }

    @Test func `an emulated UPS has a model, a charge and a serial`() throws {
        let yaml = "ups: {d: {driver: emulated, model: delta-3-plus-2024, charge: 80%, serial: P351}}"
        let ups = try #require(ConfigurationFile.read(yaml).configuration?.upses.first)
        #expect(ups.driver == .emulated(.init(model: "delta-3-plus-2024", charge: 80, serial: "P351")))
        #expect(ups.rack.cutOff == .automatic)
    }

    @Test func `every key of a PDU is read`() throws {
        let yaml =
            "pdu: {rack-c: {driver: emulated, feed: delta, outlets: {1: modem, 12: fan}, description: C, poll: 5s}}"
        let file = Sample.base.replacing("pdu:", with: "#") + yaml
        let pdu = try #require(ConfigurationFile.read(file).configuration?.pdus.first)
        #expect(
            pdu
                == .init(
                    rack: RackPDU(id: "rack-c", feed: "delta"), description: "C", driver: .emulated(outlets: 12),
                    pollInterval: .seconds(5), outletNames: [1: "modem", 12: "fan"]))
    }

    @Test func `every key of a host is read`() throws {
        let yaml = """
            hosts:
              pve1:
                tier: core
                feeds: [rack-a/1, rack-b/1, delta]
                requires: 2
                needs: [switch]
                protected: yes
                shed: {on-battery: 2m, charge: 40%}
                stop: {ways: [nut], timeout: 4m, off-after: 90s, off-below: 4.5 W}
                start: {methods: [outlet], timeout: 1h30m}
                watts: 60 W
                description: first node
                emulated: {watts: 55 W, boot: 20s, stop: 10s, notices: 1s}
            loads:
              switch: {tier: core, feeds: rack-a/5, start: outlet, watts: 12 W}
            """
        let configuration = try #require(Sample.configuration(adding: yaml))
        let stop = StopPlan(
            ways: [.nut], timeout: .seconds(240), offAfterLogout: .seconds(90), offBelow: Watts(4.5))
        let host = Consumer(
            id: "pve1", kind: .host(stop), tier: "core",
            feeds: [.outlet(OutletID("rack-a", 1)), .outlet(OutletID("rack-b", 1)), .ups("delta")], requires: 2,
            needs: ["switch"], isProtected: true, shed: [.onBattery(.seconds(120)), .charge(40)],
            start: StartPlan(methods: [.outlet], timeout: .seconds(5400)), watts: 60)
        let load = Consumer(
            id: "switch", kind: .load, tier: "core", feeds: [.outlet(OutletID("rack-a", 5))], watts: 12)
        #expect(configuration.rack.consumers == [host, load])
        #expect(configuration.hostDescriptions == ["pve1": "first node"])
        #expect(
            configuration.machines == [
                "pve1": .init(watts: 55, boot: .seconds(20), stop: .seconds(10), notices: .seconds(1)),
                "switch": .init(watts: 12),
            ])
    }

    @Test func `users have passwords, roles and rights`() throws {
        let yaml = """
            server:
              listen: ["0.0.0.0:3493", "[::]:3493", "localhost:0"]
              max-clients: 20
              idle-timeout: 2m
              users:
                watch: {password-file: secrets/watch, role: secondary, devices: [river, rack-a, pve1]}
                admin: {password: 0123, role: primary, set: all, commands: [beeper.mute, load.off]}
                lab: {password: x, set: [ups.id], commands: all, devices: [lab]}
            hosts: {pve1: {tier: core, feeds: delta}}
            """
        let reading = ConfigurationFile.read(Sample.base + yaml)
        let server = try #require(reading.configuration?.server)
        #expect(server.listen.map(\.description) == ["0.0.0.0:3493", "[::]:3493", "localhost:0"])
        #expect(server.maximumClients == 20)
        #expect(server.idleTimeout == .seconds(120))
        #expect(
            server.users == [
                .init(
                    name: "watch", password: .file("secrets/watch"), role: .secondary,
                    devices: .only(["river", "rack-a", "pve1"])),
                .init(
                    name: "admin", password: .plain("0123"), role: .primary, set: .all,
                    commands: .only(["beeper.mute", "load.off"])),
                .init(
                    name: "lab", password: .plain("x"), set: .only(["ups.id"]), commands: .all, devices: .only(["lab"])),
            ])
        #expect(reading.passwordMarks == ["watch": ConfigurationMark(line: 9, column: 28)])
    }

    @Test func `the policy has times, a margin and triggers`() throws {
        let yaml = """
            policy:
              debounce: 10s
              stable: 2m
              settle: 0s
              stagger: 1s500ms
              margin: 1.5
              restart-charge: 30%
              triggers:
                soft: [on-battery: 2m, runtime: 10m]
                core: [last-safe-moment, charge: 25%]
            """
        let policy = try #require(Sample.configuration(adding: yaml)?.policy)
        #expect(
            policy
                == PolicySettings(
                    debounce: .seconds(10), stable: .seconds(120), settle: .zero, stagger: .milliseconds(1500),
                    margin: 1.5, restartCharge: 30,
                    triggers: [
                        "soft": [.onBattery(.seconds(120)), .runtime(.seconds(600))],
                        "core": [.lastSafeMoment, .charge(25)],
                    ]))
    }

    @Test func `an alias stands for what it names`() throws {
        let yaml = """
            hosts:
              a: {tier: core, feeds: rack-a/1, stop: &plan {timeout: 3m}}
              b: {tier: core, feeds: rack-a/2, stop: *plan}
            """
        let consumers = try #require(Sample.configuration(adding: yaml)?.rack.consumers)
        #expect(consumers.map(\.kind) == [.host(.init(timeout: .seconds(180))), .host(.init(timeout: .seconds(180)))])
    }

    @Test func `listeners, certificates of clients and aliases are read`() throws {
        let yaml = """
            server:
              listen:
                - 127.0.0.1:3493
                - {address: "[::1]:3494", require-tls: true}
              tls: {certificate: /c, key: /k, require: true, client-ca: /a, client-certificates: request}
              aliases:
                - {name: ups, device: river, from: [192.0.2.20, "2001:db8::/32"]}
                - {name: qnapups, device: delta}
            """
        let server = try #require(Sample.configuration(adding: yaml)?.server)
        #expect(
            server.listen == [
                Configuration.Endpoint(host: "127.0.0.1", port: 3493),
                Configuration.Endpoint(host: "::1", port: 3494, requiresTLS: true),
            ])
        #expect(
            server.tls
                == Configuration.TLS(
                    certificate: "/c", key: "/k", isRequired: true, clientAuthorities: "/a",
                    needsClientCertificate: false))
        #expect(server.aliases.map(\.name) == ["ups", "qnapups"])
        #expect(server.aliases.map(\.device) == ["river", "delta"])
        #expect(server.aliases[0].holds(for: "2001:db8::7"))
        #expect(!server.aliases[0].holds(for: "192.0.2.21"))
        #expect(server.aliases[1].holds(for: "192.0.2.21"))
    }

    @Test func `authorities of clients mean that a certificate is needed, unless it is only asked for`() throws {
        let yaml = "server: {tls: {certificate: /c, key: /k, require: true, client-ca: /a}}"
        #expect(try #require(Sample.configuration(adding: yaml)?.server.tls).needsClientCertificate)
    }

    @Test func `a certificate of clients that whoever talks in plain does not need is a warning`() {
        let yaml = "server: {tls: {certificate: /c, key: /k, client-ca: /a}}"
        let problem =
            "4:53: warning: server: tls: clients that do not encrypt are served without a certificate; add require: true, or require-tls: true to each listener"
        #expect(Sample.problems(adding: yaml) == [problem])
        let listen = "server: {listen: [{address: \"127.0.0.1:1\", require-tls: true}]"
        #expect(Sample.problems(adding: yaml.replacing("server: {", with: listen + ", ")) == [])
    }
}
