import NUTProtocol
import NUTTransport
import PowerCore
import Testing

struct OrderTests {
    private let admin = Actor(user: "admin", address: "127.0.0.1")

    @Test func `an order reaches the daemon with its actor`() async throws {
        let daemon = LabDaemon()
        try await withServer(daemon) { port, _ in
            let client = try await RawClient(port: port)
            #expect(await client.authenticate("admin", "secret"))
            #expect(await client.ask("INSTCMD UPS Outlet.4.Load.Cycle 5") == "OK")
            #expect(await client.ask("SET VAR ups ups.id \"new id\"") == "OK")
            #expect(await client.ask("GET VAR ups ups.id") == "VAR ups ups.id \"new id\"")
            #expect(await client.ask("FSD ups") == "OK FSD-SET")
            #expect(await client.ask("GET VAR ups ups.status") == "VAR ups ups.status \"FSD OL\"")
            #expect(
                daemon.events == [
                    .ordered(.command("ups", name: "outlet.4.load.cycle", parameter: "5"), self.admin),
                    .ordered(.set("ups", variable: "ups.id", value: "new id"), self.admin),
                    .ordered(.forcedShutdown("ups"), self.admin),
                ])
        }
    }

    @Test func `a refusal is answered with its sentence`() async throws {
        let daemon = LabDaemon()
        daemon.manner = .refuses("outlet rack-a/4 is the last live feed of storage")
        let sentence = "\"outlet rack-a/4 is the last live feed of storage\""
        try await withServer(daemon) { port, _ in
            let client = try await RawClient(port: port)
            #expect(await client.authenticate("admin", "secret"))
            #expect(await client.ask("INSTCMD ups load.off") == "ERR INSTCMD-FAILED \(sentence)")
            #expect(await client.ask("SET VAR ups ups.id x") == "ERR SET-FAILED \(sentence)")
            #expect(await client.ask("FSD ups") == "ERR ACCESS-DENIED \(sentence)")
        }
    }

    @Test func `while an order is pondered its connection waits and no other does`() async throws {
        let daemon = LabDaemon()
        daemon.manner = .ponders
        try await withServer(daemon) { port, _ in
            let client = try await RawClient(port: port)
            let other = try await RawClient(port: port)
            #expect(await client.authenticate("admin", "secret"))
            await client.send("NETVER\nINSTCMD ups load.off\nNETVER\nFSD ups\nGET VAR ups ups.status\n")
            // What came before the order is answered already.
            #expect(await client.hear(lines: 1).text == "1.3\n")
            #expect(await daemon.wait { $0.count == 1 })
            await client.send("NETVER\n")
            #expect(await other.ask("GET VAR ups ups.status") == "VAR ups ups.status \"OL\"")
            #expect(daemon.events.count == 1)
            daemon.manner = .done
            #expect(await client.hear(lines: 5).text == "OK\n1.3\nOK FSD-SET\nVAR ups ups.status \"FSD OL\"\n1.3\n")
        }
    }

    @Test func `a client that leaves while its order is pondered does no harm`() async throws {
        let daemon = LabDaemon()
        daemon.manner = .ponders
        try await withServer(daemon) { port, _ in
            var client: RawClient? = try await RawClient(port: port)
            #expect(await client?.authenticate("admin", "secret") == true)
            #expect(await client?.ask("LOGIN ups") == "OK")
            await client?.send("INSTCMD ups load.off\n")
            #expect(await daemon.wait { $0.count == 2 })
            client = nil
            daemon.manner = .done
            // It is noticed as soon as the connection is read again.
            #expect(await daemon.wait { $0.last == .loggedOut("ups", self.admin, politely: false) })
            let other = try await RawClient(port: port)
            #expect(await other.ask("NETVER") == "1.3")
        }
    }

    @Test func `an outcome can be asked for, from any connection`() async throws {
        let daemon = LabDaemon()
        daemon.manner = .slow
        try await withServer(daemon) { port, _ in
            let client = try await RawClient(port: port)
            #expect(await client.authenticate("admin", "secret"))
            #expect(await client.ask("SET TRACKING ON") == "OK")
            let answer = await client.ask("INSTCMD ups load.off").split(separator: " ")
            #expect(answer.prefix(2) == ["OK", "TRACKING"])
            let id = String(try #require(answer.last))
            let other = try await RawClient(port: port)
            #expect(await other.authenticate("mon", "pass"))
            #expect(await other.ask("SET TRACKING ON") == "OK")
            #expect(await client.ask("GET TRACKING \(id)") == "PENDING")
            #expect(await other.ask("GET TRACKING \(id)") == "PENDING")
            daemon.finish(.failed("outlet 4 did not move"))
            #expect(await client.ask("GET TRACKING \(id)") == "ERR FAILED \"outlet 4 did not move\"")
            #expect(await other.ask("GET TRACKING \(id.lowercased())") == "ERR FAILED \"outlet 4 did not move\"")
        }
    }

    @Test func `an identifier is a UUID of version 4, and never the same`() async throws {
        let daemon = LabDaemon()
        try await withServer(daemon) { port, _ in
            let client = try await RawClient(port: port)
            #expect(await client.authenticate("admin", "secret"))
            #expect(await client.ask("SET TRACKING ON") == "OK")
            var seen: Set<String> = []
            for _ in 0..<50 {
                let id = String(await client.ask("INSTCMD ups load.off").dropFirst("OK TRACKING ".count))
                #expect(id.wholeMatch(of: /[0-9A-F]{8}-[0-9A-F]{4}-4[0-9A-F]{3}-[89AB][0-9A-F]{3}-[0-9A-F]{12}/) != nil)
                #expect(seen.insert(id).inserted)
            }
        }
    }

    @Test func `an order that was refused leaves nothing to ask for`() async throws {
        let daemon = LabDaemon()
        daemon.manner = .refuses("no")
        try await withServer(daemon) { port, _ in
            let client = try await RawClient(port: port)
            #expect(await client.authenticate("admin", "secret"))
            #expect(await client.ask("SET TRACKING ON") == "OK")
            #expect(await client.ask("INSTCMD ups load.off") == "ERR INSTCMD-FAILED \"no\"")
        }
    }
}
