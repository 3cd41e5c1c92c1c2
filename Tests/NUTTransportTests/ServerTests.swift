import Foundation
import NUTProtocol
import NUTTransport
import PowerCore
import Testing

struct ServerTests {
    @Test func `a client is answered`() async throws {
        try await withServer { port, _ in
            let client = try await RawClient(port: port)
            #expect(await client.ask("GET VAR ups ups.status") == "VAR ups ups.status \"OL\"")
            #expect(await client.ask("GET VAR quiet ups.status") == "ERR DATA-STALE")
            await client.send("LIST VAR pdu\n")
            #expect(
                await client.hearAnswer().text == "BEGIN LIST VAR pdu\nVAR pdu ups.status \"OL\"\nEND LIST VAR pdu\n")
            #expect(await client.ask("LOGOUT") == "OK Goodbye")
            #expect(await client.hearOut() == .init(text: "", isClosed: true))
        }
    }

    @Test func `what is sent byte by byte is answered like what is sent at once`() async throws {
        try await withServer { port, _ in
            let text = "VER\nget var UPS \"ups.status\"\r\n\nLIST UPS\nGET VAR ups \"x#y\"\nNETVER\nLOGOUT\n"
            let atOnce = try await RawClient(port: port)
            await atOnce.send(text)
            let expected = await atOnce.hearOut()
            #expect(expected.text.split(separator: "\n", omittingEmptySubsequences: false).count == 12)
            let slow = try await RawClient(port: port)
            for byte in text.utf8 { await slow.send(bytes: [byte]) }
            #expect(await slow.hearOut() == expected)
        }
    }

    @Test func `a change is seen at the next question`() async throws {
        let daemon = LabDaemon()
        try await withServer(daemon) { port, _ in
            let client = try await RawClient(port: port)
            #expect(await client.ask("GET VAR ups ups.status") == "VAR ups ups.status \"OL\"")
            daemon.show("OB DISCHRG", as: "ups.status")
            #expect(await client.ask("GET VAR ups ups.status") == "VAR ups ups.status \"OB DISCHRG\"")
        }
    }

    @Test func `logins are counted and told to the daemon`() async throws {
        let daemon = LabDaemon()
        try await withServer(daemon) { port, _ in
            let first = try await RawClient(port: port)
            let second = try await RawClient(port: port)
            let watcher = try await RawClient(port: port)
            for client in [first, second] {
                #expect(await client.authenticate("mon", "pass"))
                #expect(await client.ask("LOGIN ups") == "OK")
            }
            #expect(await watcher.ask("GET NUMLOGINS ups") == "NUMLOGINS ups 2")
            await watcher.send("LIST CLIENT ups\n")
            let list = await watcher.hearAnswer().text
            #expect(list == "BEGIN LIST CLIENT ups\nCLIENT ups 127.0.0.1\nCLIENT ups 127.0.0.1\nEND LIST CLIENT ups\n")
            #expect(await first.ask("LOGOUT") == "OK Goodbye")
            #expect(await watcher.ask("GET NUMLOGINS ups") == "NUMLOGINS ups 1")
            let actor = Actor(user: "mon", address: "127.0.0.1")
            #expect(
                daemon.events == [
                    .loggedIn("ups", actor), .loggedIn("ups", actor), .loggedOut("ups", actor, politely: true),
                ])
        }
    }

    @Test func `a client that vanishes is logged out, but not politely`() async throws {
        let daemon = LabDaemon()
        try await withServer(daemon) { port, _ in
            var client: RawClient? = try await RawClient(port: port)
            #expect(await client?.authenticate("mon", "pass") == true)
            #expect(await client?.ask("LOGIN ups") == "OK")
            client = nil
            let actor = Actor(user: "mon", address: "127.0.0.1")
            #expect(await daemon.wait { $0.contains(.loggedOut("ups", actor, politely: false)) })
            let watcher = try await RawClient(port: port)
            #expect(await watcher.ask("GET NUMLOGINS ups") == "NUMLOGINS ups 0")
        }
    }

    @Test func `other users are asked from the next order on`() async throws {
        try await withServer { port, server in
            let client = try await RawClient(port: port)
            #expect(await client.authenticate("admin", "secret"))
            #expect(await client.ask("PRIMARY ups") == "OK PRIMARY-GRANTED")
            server.replaceUsers(UserTable())
            #expect(await client.ask("PRIMARY ups") == "ERR ACCESS-DENIED")
        }
    }

    @Test func `a server that stops closes all connections`() async throws {
        let daemon = LabDaemon()
        try await withServer(daemon) { port, server in
            let client = try await RawClient(port: port)
            #expect(await client.authenticate("mon", "pass"))
            #expect(await client.ask("LOGIN ups") == "OK")
            await server.stop()
            #expect(await client.hearOut() == .init(text: "", isClosed: true))
            #expect(daemon.events.count == 2)
            await #expect(throws: (any Error).self) { try await RawClient(port: port) }
            await server.stop()
        }
    }

    @Test func `several addresses are listened on, each with its port`() async throws {
        let server = NUTServer(daemon: LabDaemon(), users: UserTable(), version: ServerVersion(product: "x 1"))
        let both = [ListenAddress(host: "127.0.0.1", port: 0), ListenAddress(host: "127.0.0.2", port: 0)]
        let bound = try await server.start(on: both)
        #expect(bound.map(\.host) == ["127.0.0.1", "127.0.0.2"])
        #expect(bound.allSatisfy { $0.port != 0 })
        for address in bound {
            let client = try await NUTClient.connect(host: address.host, port: address.port)
            #expect(try await client.serverVersion().hasPrefix("Network UPS Tools upsd "))
            await client.close()
        }
        await #expect(throws: NUTServerError.alreadyStarted) { try await server.start(on: both) }
        await server.stop()
        await #expect(throws: NUTServerError.alreadyStarted) { try await server.start(on: both) }
    }

    @Test func `a port in use is told with its address`() async throws {
        try await withServer { port, _ in
            let second = NUTServer(daemon: LabDaemon(), users: UserTable(), version: ServerVersion(product: "x 1"))
            let addresses = [ListenAddress(host: "127.0.0.1", port: 0), ListenAddress(host: "127.0.0.1", port: port)]
            let error = await #expect(throws: NUTServerError.self) { try await second.start(on: addresses) }
            let text = try #require(error?.description)
            #expect(text.hasPrefix("cannot listen on 127.0.0.1:\(port): Address already in use"))
        }
    }

    @Test(.enabled(if: Self.hasIPv6, "this machine has no IPv6"))
    func `a client is shown by its IPv6 address`() async throws {
        let server = NUTServer(daemon: LabDaemon(), users: LabDaemon.users, version: ServerVersion(product: "x 1"))
        let first = try await server.start(on: [ListenAddress(host: "::1", port: 0)])
        let port = try #require(first.first?.port)
        let client = try await NUTClient.connect(host: "::1", port: port)
        try await client.authenticate(user: "mon", password: "pass")
        try await client.login(to: "ups")
        #expect(try await client.clients(of: "ups") == ["::1"])
        await client.close()
        await server.stop()
    }

    private static var hasIPv6: Bool {
        let addresses = try? String(contentsOfFile: "/proc/net/if_inet6", encoding: .utf8)
        return addresses?.contains("00000000000000000000000000000001") == true
    }

    @Test func `a host that does not exist is told`() async {
        let server = NUTServer(daemon: LabDaemon(), users: UserTable(), version: ServerVersion(product: "x 1"))
        let nowhere = ListenAddress(host: "does-not-exist.invalid", port: 0)
        let error = await #expect(throws: NUTServerError.self) { try await server.start(on: [nowhere]) }
        #expect(
            error?.description.hasPrefix("cannot listen on does-not-exist.invalid:0: the name is not known.") == true)
    }

    @Test(arguments: [
        ("127.0.0.1:3493", "127.0.0.1", 3493), ("localhost", "localhost", 3493), ("[::1]:0", "::1", 0),
        ("[::1]", "::1", 3493), ("::1", "::1", 3493), ("host:65535", "host", 65535),
    ])
    func `an address is read`(text: String, host: String, port: Int) {
        #expect(ListenAddress(parsing: text) == ListenAddress(host: host, port: port))
    }

    @Test(arguments: ["", ":3493", "host:", "host:x", "host:65536", "host:-1", "[::1", "[::1]x", "[::1]3493", "[]:1"])
    func `what is no address is not read`(text: String) {
        #expect(ListenAddress(parsing: text) == nil)
    }

    @Test func `an address is written so that it can be read again`() {
        for address in [ListenAddress(host: "::1", port: 1), ListenAddress(host: "a.example", port: 2)] {
            #expect(ListenAddress(parsing: address.description) == address)
        }
    }
}
