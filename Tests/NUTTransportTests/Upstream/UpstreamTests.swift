import NUTProtocol
import NUTTransport
import PowerCore
import Testing

/// A UPS of one server, served by another: both are ours here, and Debian's `upsd` in the last test.
@Suite struct UpstreamTests {
    private static let admin = UpstreamSource.Credentials(user: "admin", password: "secret")

    private func source(
        port: Int, device: String = "ups", as credentials: UpstreamSource.Credentials? = Self.admin,
        tls: ClientTLS = .off
    ) -> UpstreamSource {
        UpstreamSource(
            place: UpstreamSource.Place(host: "127.0.0.1", port: port, device: device), credentials: credentials,
            tls: tls,
            pace: UpstreamSource.Pace(quick: .milliseconds(100), full: .milliseconds(500)), timekeeper: RealClock())
    }

    /// The state of a device, as its first update has it.
    private func first(_ source: UpstreamSource) async throws -> SourcedUpdate? {
        let link = try await source.open()
        var updates = link.updates.makeAsyncIterator()
        let update = await updates.next()
        await link.close()
        return update
    }

    @Test func `variables come with their kinds, and commands, for those who may use them`() async throws {
        try await withServer { port, _ in
            let update = try await self.first(self.source(port: port))
            guard case .heard(let state, _) = update else {
                return #expect(Bool(false), "\(String(describing: update))")
            }
            let wanted = try #require(LabDaemon.devices.first { $0.id == "ups" })
            for variable in wanted.variables where variable.isWritable {
                #expect(state.variables.first { $0.name == variable.name } == variable)
            }
            #expect(state.variables.map(\.name) == wanted.variables.map(\.name))
            #expect(state.commands == wanted.commands.map(\.name))
        }
    }

    @Test func `who only reads is shown nothing to set`() async throws {
        try await withServer { port, _ in
            let link = try await self.source(port: port, as: nil).open()
            var updates = link.updates.makeAsyncIterator()
            guard case .heard(let state, _) = await updates.next() else { return #expect(Bool(false), "no state") }
            let isReadOnly = state.variables.allSatisfy { !$0.isWritable } && state.commands.isEmpty
            #expect(isReadOnly)
            let failure = await #expect(throws: DeviceFailure.self) { try await link.run("load.off", parameter: nil) }
            #expect(failure?.kind == .notPermitted)
            await link.close()
        }
    }

    @Test func `a change of status is followed at once, with everything else`() async throws {
        let lab = LabDaemon()
        try await withServer(lab) { port, _ in
            try await withDaemon(self.source(port: port)) { daemon in
                #expect(await daemon.answer(until: "OL") == "VAR old ups.status \"OL\"")
                lab.show("55", as: "battery.charge")
                lab.show("OB DISCHRG", as: "ups.status")
                #expect(await daemon.answer(until: "OB") == "VAR old ups.status \"OB DISCHRG\"")
                #expect(await daemon.ask("GET VAR old battery.charge") == "VAR old battery.charge \"55\"")
            }
        }
    }

    @Test func `FSD of the other server goes on to our clients`() async throws {
        let lab = LabDaemon()
        try await withServer(lab) { port, _ in
            try await withDaemon(self.source(port: port)) { daemon in
                #expect(await daemon.answer(until: "OL") == "VAR old ups.status \"OL\"")
                lab.show("FSD OB LB", as: "ups.status")
                #expect(await daemon.answer(until: "FSD") == "VAR old ups.status \"FSD OB LB\"")
                #expect(await daemon.log.wait { $0.contains { $0.contains("shutdown forced by the word FSD") } })
            }
        }
    }

    @Test func `orders are passed on, and what becomes of them comes back`() async throws {
        let lab = LabDaemon()
        try await withServer(lab) { port, _ in
            let link = try await self.source(port: port).open()
            try await link.set("ups.id", to: "a b")
            let actor = Actor(user: "admin", address: "127.0.0.1")
            #expect(lab.events == [.ordered(.set("ups", variable: "ups.id", value: "a b"), actor)])
            lab.manner = .fails("the relay is stuck")
            let failure = await #expect(throws: DeviceFailure.self) { try await link.run("load.off", parameter: nil) }
            #expect(failure?.detail.contains("the relay is stuck") == true)
            await link.close()
        }
    }

    @Test(arguments: [("quiet", Availability.stale), ("never", .notConnected)])
    func `data that is not good there is not good here`(device: String, availability: Availability) async throws {
        try await withServer { port, _ in
            let update = try await self.first(self.source(port: port, device: device))
            guard case .unavailable(let shown, _) = update else { return #expect(Bool(false), "it is available") }
            #expect(shown == availability)
        }
    }

    @Test func `a name that the other server does not know ends the link and says so`() async throws {
        try await withServer { port, _ in
            let update = try await self.first(self.source(port: port, device: "nobody"))
            guard case .lost(let failure) = update else { return #expect(Bool(false), "it is not lost") }
            #expect(failure.description.contains("no device of this name"))
        }
    }

    @Test(.enabled(if: Certificates.made != nil, "openssl is not installed"))
    func `a server is asked behind TLS, and one that nobody vouches for is not asked`() async throws {
        let made = try #require(Certificates.made)
        try await withServer(tls: try made.own.tls(isRequired: true)) { port, _ in
            let update = try await self.first(self.source(port: port, tls: .required(made.own.trust)))
            guard case .heard = update else { return #expect(Bool(false), "\(String(describing: update))") }
            let failure = await #expect(throws: DeviceFailure.self) {
                _ = try await self.source(port: port, tls: .required(made.stranger.trust)).open()
            }
            #expect(failure?.kind == .notPermitted)
        }
    }

    @Test func `a server that goes away is looked for until it is back`() async throws {
        try await withServer { port, server in
            try await withDaemon(self.source(port: port), staleAfter: .seconds(1)) { daemon in
                #expect(await daemon.answer(until: "OL") == "VAR old ups.status \"OL\"")
                await server.stop()
                #expect(await daemon.answer(until: "ERR DRIVER-NOT-CONNECTED") == "ERR DRIVER-NOT-CONNECTED")
                let second = NUTServer(
                    daemon: LabDaemon(), users: LabDaemon.users, version: ServerVersion(product: "upsd-swift 0.0.0"))
                _ = try await second.start(on: [ListenAddress(host: "127.0.0.1", port: port)])
                #expect(await daemon.answer(until: "OL") == "VAR old ups.status \"OL\"")
                await second.stop()
            }
        }
    }

    @Test(.enabled(if: RealServer.isInstalled, "upsd and dummy-ups are not installed (Debian: nut-server)"))
    func `Debian's upsd is served on by ours`() async throws {
        let real = try await RealServer()
        _ = try await real.devices()
        try await withDaemon(self.source(port: real.port)) { daemon in
            #expect(await daemon.answer(until: "OL") == "VAR old ups.status \"OL\"")
            #expect(await daemon.ask("GET TYPE old ups.mfr") == "TYPE old ups.mfr RW STRING:32")
            let client = try await RawClient(port: daemon.port)
            #expect(await client.authenticate("admin", "secret"))
            #expect(await client.ask("SET VAR old ups.status \"OB LB\"") == "OK")
            #expect(await daemon.answer(until: "OB LB") == "VAR old ups.status \"OB LB\"")
        }
    }
}
