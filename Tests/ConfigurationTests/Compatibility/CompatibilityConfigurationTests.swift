import NUTProtocol
import NUTTransport
import PowerCore
import Testing

@testable import upsd_swift

/// NUT's files as its server understands them.
@Suite struct CompatibilityConfigurationTests {
    private func read(
        ups: String = "", upsd: String = "", users: String = "", environment: [String: String] = [:]
    ) -> CompatibilityConfiguration {
        let nut = NUTConfiguration([.ups: Array(ups.utf8), .upsd: Array(upsd.utf8), .users: Array(users.utf8)])
        let places = CompatibilityPlaces(environment: environment).completed(by: nut, environment: environment)
        return CompatibilityConfiguration(nut, places: places, environment: environment)
    }

    @Test func `a UPS has the socket that its driver makes`() {
        let configuration = self.read(
            ups: "pollinterval = 5\n[a]\n driver = dummy-ups\n port = x\n desc = \"Crash Dummy\"\n[b]\n driver = y\n")
        #expect(
            configuration.upses == [.init(id: "a", socket: "/run/nut/dummy-ups-a", description: "Crash Dummy")])
        #expect(configuration.notes == ["ups.conf:6:1: [b] has no driver or no port; it is left out"])
    }

    @Test func `a section that stands twice is one UPS, and its last driver counts`() {
        let configuration = self.read(ups: "[a]\ndriver = x\nport = p\n[B]\ndriver = y\nport = p\n[A]\ndriver = z\n")
        #expect(configuration.upses.map(\.socket) == ["/run/nut/z-a", "/run/nut/y-B"])
    }

    @Test func `the state path of the environment counts first, then upsd.conf, then ups.conf`() {
        let (ups, upsd) = ("statepath = /three\n[a]\ndriver = x\nport = p\n", "STATEPATH /two\n")
        #expect(self.read(ups: ups, upsd: upsd, environment: ["NUT_STATEPATH": "/one"]).upses[0].socket == "/one/x-a")
        #expect(self.read(ups: ups, upsd: upsd).upses[0].socket == "/two/x-a")
        #expect(self.read(ups: ups).upses[0].socket == "/three/x-a")
    }

    @Test func `the PID file is where drivers and server of NUT agree on`() {
        #expect(CompatibilityPlaces(environment: [:]).pidFile == "/run/nut/upsd.pid")
        #expect(CompatibilityPlaces(environment: ["NUT_STATEPATH": "/s"]).pidFile == "/s/upsd.pid")
        #expect(
            CompatibilityPlaces(environment: ["NUT_STATEPATH": "/s", "NUT_ALTPIDPATH": "/p"]).pidFile == "/p/upsd.pid")
    }

    @Test func `the server's settings`() {
        let configuration = self.read(
            upsd: """
                MAXAGE 30
                TRACKINGDELAY 60
                MAXCONN 2000
                LISTEN 192.0.2.1
                LISTEN :: 3494
                ALLOW_NO_DEVICE yes
                ALLOW_NOT_ALL_LISTENERS on
                DEBUG_MIN 2
                CERTFILE /etc/nut/upsd.pem
                DISABLE_WEAK_SSL true

                """)
        #expect(configuration.staleAfter == .seconds(31))
        #expect(configuration.trackingDelay == .seconds(60))
        #expect(configuration.maximumConnections == 2000)
        #expect(configuration.listen == [.init(address: "192.0.2.1"), .init(address: "::", port: 3494)])
        #expect(configuration.allowsNoDevice && configuration.allowsNotAllListeners)
        #expect(configuration.debugMinimum == 2)
        #expect(configuration.certificate == "/etc/nut/upsd.pem")
        #expect(configuration.notes == [])
    }

    @Test func `without settings it is what upsd does`() {
        let configuration = self.read()
        #expect(configuration.staleAfter == .seconds(16))
        #expect(configuration.listen == [.init(address: "127.0.0.1"), .init(address: "::1")])
        #expect(!configuration.allowsNoDevice)
        #expect(self.read(environment: ["ALLOW_NO_DEVICE": "true"]).allowsNoDevice)
        #expect(!self.read(upsd: "ALLOW_NO_DEVICE no\n", environment: ["ALLOW_NO_DEVICE": "true"]).allowsNoDevice)
    }

    @Test func `what is not done is said once, with its place`() {
        let configuration = self.read(
            upsd: "MAXAGE = 3\nFOO 1\nCERTPATH /etc/nut/db\nCERTREQUEST 2\nCERTREQUEST 0\nACL all 0.0.0.0/0\n")
        #expect(
            configuration.notes == [
                "upsd.conf:3:1: CERTPATH is not honoured: the certificate and its key stand in CERTFILE",
                "upsd.conf:4:1: CERTREQUEST is not honoured: clients are asked for no certificate",
                "upsd.conf:1:1: MAXAGE: this file has no '='; NUT ignores it",
                "upsd.conf:2:1: upsd.conf has no such setting; it is ignored",
                "upsd.conf:6:1: upsd.conf has no such setting; it is ignored",
            ])
    }

    @Test func `users have the rights that stand in their section, one by one`() throws {
        let users = self.read(
            users: """
                [admin]
                password = mypass
                actions = SET FSD
                instcmds = ALL
                [tester]
                password = "pass words"
                instcmds = test.battery.start
                [primary]
                password = p
                upsmon master
                [secondary]
                password = s
                upsmon secondary
                [nobody]
                actions = SET

                """
        ).users
        let admin = try #require(users.user(named: "admin"))
        #expect(admin.may(.set(variable: "ups.id"), on: "a") && admin.may(.run(command: "load.off"), on: "a"))
        #expect(admin.may(.forceShutdown, on: "a") && !admin.may(.login, on: "a") && !admin.may(.actAsPrimary, on: "a"))
        let tester = try #require(users.user(named: "tester"))
        #expect(tester.password.matches("pass words"))
        #expect(tester.may(.run(command: "TEST.battery.start"), on: "a") && !tester.may(.run(command: "x"), on: "a"))
        let primary = try #require(users.user(named: "primary"))
        #expect(
            primary.may(.login, on: "a") && primary.may(.actAsPrimary, on: "a") && primary.may(.forceShutdown, on: "a"))
        let secondary = try #require(users.user(named: "secondary"))
        #expect(secondary.may(.login, on: "a") && !secondary.may(.actAsPrimary, on: "a"))
        #expect(users.user(named: "nobody") == nil)
    }

    @Test func `each address is listened at once, and a name may be missing in part`() {
        let plan = ListenPlan(
            [.init(address: "127.0.0.1"), .init(address: "*"), .init(address: "127.0.0.1"), .init(address: "::1")],
            family: nil)
        #expect(plan.addresses.map(\.host) == ["127.0.0.1", "0.0.0.0", "::", "::1"])
        #expect(plan.missing([ListenAddress(host: "127.0.0.1"), ListenAddress(host: "::")]) == [])
        #expect(plan.missing([ListenAddress(host: "127.0.0.1")]) == ["* port 3493"])
        #expect(ListenPlan([.init(address: "*")], family: .v4).addresses.map(\.host) == ["0.0.0.0"])
        #expect(
            ListenPlan([.init(address: "*"), .init(address: "127.0.0.1")], family: .v6).addresses.map(\.host) == ["::"])
    }

    @Test func `a thousand UPSes are read`() {
        let ups = (1...1000).map { "[ups\($0)]\n driver = dummy-ups\n port = a.dev\n desc = \"Number \($0)\"\n" }
            .joined()
        let configuration = self.read(ups: ups)
        #expect(configuration.upses.count == 1000)
        #expect(configuration.notes == [])
    }
}
