import NUTProtocol
import NUTTransport
import PowerCore
import Testing

struct ClientTests {
    private func withClient(
        _ daemon: LabDaemon = LabDaemon(), limits: NUTClientLimits = NUTClientLimits(),
        _ body: (NUTClient) async throws -> Void
    ) async throws {
        try await withServer(daemon) { port, _ in
            let client = try await NUTClient.connect(host: "127.0.0.1", port: port, limits: limits)
            try await body(client)
            await client.close()
        }
    }

    @Test func `what a server shows is read`() async throws {
        try await self.withClient { client in
            #expect(try await client.serverVersion().hasPrefix("Network UPS Tools upsd "))
            #expect(try await client.devices().map(\.name) == ["ups", "pdu", "quiet", "never"])
            #expect(try await client.devices().first?.description == "Rack UPS")
            #expect(try await client.variables(of: "ups").count == 6)
            let charge = try await client.variables(of: "UPS").first
            #expect(charge?.name == "battery.charge")
            #expect(charge?.value == "100")
            #expect(
                try await client.writableVariables(of: "ups").map(\.name) == [
                    "battery.charge.low", "input.sensitivity", "ups.id",
                ])
            #expect(try await client.commands(of: "ups") == ["load.off", "outlet.4.load.cycle"])
            #expect(try await client.allowedValues(of: "input.sensitivity", on: "ups") == ["low", "normal", "high"])
            #expect(try await client.value(of: "UPS.status", on: "Ups") == "OL")
            #expect(try await client.description(of: "battery.charge", on: "ups") == "Battery charge in percent")
            #expect(try await client.description(ofCommand: "load.off", on: "ups") == "Cut the load at once")
        }
    }

    @Test func `a login is counted`() async throws {
        try await self.withClient { client in
            try await client.authenticate(user: "mon", password: "pass")
            try await client.login(to: "ups")
            #expect(try await client.loginCount(of: "ups") == 1)
            #expect(try await client.clients(of: "ups") == ["127.0.0.1"])
        }
    }

    @Test func `orders are waited for`() async throws {
        let daemon = LabDaemon()
        try await self.withClient(daemon) { client in
            try await client.authenticate(user: "admin", password: "secret")
            #expect(try await client.set("ups.id", on: "ups", to: "two \"x\"") == .done)
            #expect(try await client.value(of: "ups.id", on: "ups") == "two \"x\"")
            #expect(try await client.run("load.off", on: "ups", parameter: "30") == .done)
            daemon.manner = .slow
            #expect(try await client.run("load.off", on: "ups", waitForResult: false) == .taken)
            daemon.manner = .done
            try await client.forceShutdown(of: "ups")
            #expect(try await client.value(of: "ups.status", on: "ups") == "FSD OL")
        }
    }

    @Test func `an order that fails later throws its sentence`() async throws {
        let daemon = LabDaemon()
        daemon.manner = .fails("outlet 4 did not move")
        try await self.withClient(daemon) { client in
            try await client.authenticate(user: "admin", password: "secret")
            await #expect(throws: NUTClientError.failed(.failed, sentence: "outlet 4 did not move")) {
                try await client.run("load.off", on: "ups")
            }
        }
    }

    @Test func `an order whose result does not come throws that`() async throws {
        let daemon = LabDaemon()
        daemon.manner = .slow
        var limits = NUTClientLimits()
        limits.result = .milliseconds(100)
        limits.resultInterval = .milliseconds(10)
        try await self.withClient(daemon, limits: limits) { client in
            try await client.authenticate(user: "admin", password: "secret")
            await #expect(throws: NUTClientError.noResult) { try await client.run("load.off", on: "ups") }
        }
    }

    @Test func `a refusal throws its word and sentence`() async throws {
        let daemon = LabDaemon()
        daemon.manner = .refuses("pve1 still runs")
        try await self.withClient(daemon) { client in
            await #expect(throws: NUTClientError.refused(.usernameRequired, sentence: nil)) {
                try await client.run("load.off", on: "ups")
            }
            try await client.authenticate(user: "admin", password: "secret")
            await #expect(throws: NUTClientError.refused(.commandFailed, sentence: "pve1 still runs")) {
                try await client.run("load.off", on: "ups")
            }
            await #expect(throws: NUTClientError.refused(.unknownUPS, sentence: nil)) {
                try await client.variables(of: "nobody")
            }
            await #expect(throws: NUTClientError.refused(.dataStale, sentence: nil)) {
                try await client.value(of: "ups.status", on: "quiet")
            }
        }
    }

    @Test func `many tasks may ask at once`() async throws {
        try await self.withClient { client in
            try await withThrowingTaskGroup(of: (Int, String).self) { group in
                for number in 0..<50 {
                    group.addTask {
                        guard number.isMultiple(of: 2) else {
                            return (number, "\(try await client.variables(of: "ups").count)")
                        }
                        return (number, try await client.value(of: "ups.status", on: "ups"))
                    }
                }
                for try await (number, answer) in group { #expect(answer == (number.isMultiple(of: 2) ? "OL" : "6")) }
            }
        }
    }

    @Test func `more requests at once than the limit are refused here`() async throws {
        let daemon = LabDaemon()
        daemon.manner = .ponders
        var limits = NUTClientLimits()
        limits.requestsInFlight = 2
        try await self.withClient(daemon, limits: limits) { client in
            try await client.authenticate(user: "admin", password: "secret")
            async let first = client.run("load.off", on: "ups", waitForResult: false)
            #expect(await daemon.wait { $0.count == 1 })
            // Of two more only one finds room.
            await withTaskGroup(of: NUTClientError?.self) { group in
                for _ in 0..<2 {
                    group.addTask {
                        do throws(NUTClientError) {
                            _ = try await client.serverVersion()
                            return nil
                        } catch {
                            return error
                        }
                    }
                }
                #expect(await group.next() == .tooManyRequests)
                daemon.manner = .done
                #expect(await group.next() == .some(nil))
            }
            #expect(try await first == .taken)
        }
    }

    @Test func `what cannot be sent is not sent`() async throws {
        try await self.withClient { client in
            await #expect(throws: NUTClientError.unsendable("grün")) { try await client.variables(of: "grün") }
            let devices = try await client.devices()
            #expect(devices.count == 4)
        }
    }

    @Test func `a server that is not there is unreachable`() async throws {
        var port = 0
        try await withServer { bound, _ in port = bound }
        let error = await #expect(throws: NUTClientError.self) {
            try await NUTClient.connect(host: "127.0.0.1", port: port)
        }
        #expect(error?.description.hasPrefix("no connection to 127.0.0.1 port \(port): Connection refused") == true)
    }

    @Test func `a server that ponders too long is given up`() async throws {
        let daemon = LabDaemon()
        daemon.manner = .ponders
        var limits = NUTClientLimits()
        limits.answer = .milliseconds(200)
        try await self.withClient(daemon, limits: limits) { client in
            try await client.authenticate(user: "admin", password: "secret")
            await #expect(throws: NUTClientError.timedOut) { try await client.run("load.off", on: "ups") }
            await #expect(throws: NUTClientError.closed) { try await client.devices() }
            daemon.manner = .done
        }
    }

    @Test func `a server that stops ends the connection`() async throws {
        try await withServer { port, server in
            let client = try await NUTClient.connect(host: "127.0.0.1", port: port)
            #expect(try await client.devices().count == 4)
            await server.stop()
            await #expect(throws: NUTClientError.closed) { try await client.devices() }
            await client.close()
        }
    }

    @Test func `a server without room says so`() async throws {
        var limits = NUTServerLimits()
        limits.connections = 0
        try await withServer(limits: limits) { port, _ in
            let client = try await NUTClient.connect(host: "127.0.0.1", port: port)
            let error = await #expect(throws: NUTClientError.self) { try await client.devices() }
            guard case .refused(.tooManyConnections, let sentence?, _) = error else {
                Issue.record("\(String(describing: error))")
                return
            }
            #expect(sentence.contains("no room"))
            await client.close()
        }
    }

    @Test func `every error says what to do`() {
        let errors: [NUTClientError] = [
            .unreachable(host: "h", port: 1, reason: "r"), .timedOut, .closed, .tooManyRequests,
            .unreadable(.unreadableLine), .unsendable("ü"), .refused(.accessDenied, sentence: nil),
            .refused(.unknownUPS, sentence: nil), .refused(.commandFailed, sentence: "outlet 4 is busy"),
            .unexpected("x"),
            .failed(.failed, sentence: nil), .noResult,
        ]
        for error in errors { #expect(error.description.count > 20, "\(error)") }
        #expect(NUTClientError.refused(.commandFailed, sentence: "why not").description == "why not (INSTCMD-FAILED)")
    }
}
