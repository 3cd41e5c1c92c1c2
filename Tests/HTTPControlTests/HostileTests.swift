import PowerCore
import Testing

@testable import HTTPControl

/// Devices that answer with anything.
struct HostileTests {
    /// What a driver says of a device that answers everything with `reply`.
    private func failure(
        _ profile: Configuration.HTTPOutlets.Profile = .netio, timeout: Duration = RunningDevice.patience,
        _ reply: @escaping @Sendable (LoopbackServer.Request) -> LoopbackServer.Reply
    ) async throws -> (failure: DeviceFailure?, requests: [LoopbackServer.Request]) {
        let server = try await LoopbackServer(answer: reply)
        let clients = HTTPClients()
        var options = Configuration.HTTPOutlets(
            profile: profile, url: .init(isEncrypted: false, host: "127.0.0.1", port: server.port))
        options.device = profile == .unifi ? "aa:bb:cc:00:01:02" : nil
        options.timeout = timeout
        let secrets = HTTPSecrets(user: "admin", password: "hush", token: profile == .unifi ? "hush" : nil)
        let outlets = HTTPOutlets("strip", options, secrets: secrets, trust: .system, clients: clients)
        let failure = await #expect(throws: DeviceFailure.self) { try await outlets.read() }
        await clients.shutDown()
        await server.stop()
        return (failure, server.requests)
    }

    @Test func `a body that is too large is not read to its end`() async throws {
        let body = String(repeating: "a", count: HTTPLimits.answer + 1)
        let found = try await self.failure { _ in .answer(200, [], body) }.failure
        #expect(found?.kind == .stalled)
        #expect(found?.detail == "its answer to /netio.json has more than \(HTTPLimits.answer) bytes")
    }

    @Test func `a body that never ends is waited for no longer than a call may take`() async throws {
        let found = try await self.failure(timeout: .milliseconds(400)) { _ in .begun("{\"Outputs\":") }.failure
        #expect(found?.kind == .timedOut)
        #expect(found?.detail == "no answer to /netio.json within 400ms")
    }

    @Test func `silence is told apart from a connection that ends`() async throws {
        let silent = try await self.failure(timeout: .milliseconds(400)) { _ in .silence }
        #expect(silent.failure?.kind == .timedOut)
        let closed = try await self.failure { _ in .hangUp }
        #expect(closed.failure?.kind == .stalled)
        #expect(closed.requests.count == 1 + HTTPLimits.repeats)
    }

    @Test func `an answer that is cut off is none`() async throws {
        let found = try await self.failure { _ in .cut("{\"Outputs\":[]}") }.failure
        #expect(found?.kind == .stalled)
    }

    @Test func `what is no HTTP is said to be none`() async throws {
        let found = try await self.failure { _ in .raw("SSH-2.0-OpenSSH_9.2\r\n\r\n") }.failure
        #expect(found?.detail == "what it answers is no HTTP")
    }

    static let documents: [String] = [
        "", "{", "{}", "[]", "null", "\"x\"", "3", "{\"Outputs\":3}", "{\"Outputs\":[]}", "{\"Outputs\":[null,3,[]]}",
        "{\"Outputs\":[{\"ID\":\"1\",\"State\":1}]}", "{\"Outputs\":[{\"ID\":0}]}", "{\"Outputs\":[{\"ID\":65}]}",
        "{\"Outputs\":[{\"ID\":1},{\"ID\":1}]}", "{\"result\":[]}", "{\"result\":{\"switch:x\":{}}}", "{\"relays\":{}}",
        "{\"StatusSTS\":[]}", "{\"StatusSTS\":{\"POWERS\":\"ON\"}}", "[\"a\"]", "{\"Members\":[]}",
        "{\"Members\":[{\"@odata.id\":\"//evil/\"}]}", "{\"data\":{}}", "{\"data\":[{\"mac\":\"aa:bb:cc:00:01:02\"}]}",
        String(repeating: "[", count: 500_000),
        "{\"Members\":[\(Array(repeating: "{}", count: 1000).joined(separator: ","))]}",
        "{\"Members\":[],\"Members@odata.nextLink\":\"/redfish/v1/PowerEquipment/RackPDUs\"}",
    ]

    @Test(arguments: Configuration.HTTPOutlets.Profile.allCases, documents)
    func `a document of another shape is refused`(
        profile: Configuration.HTTPOutlets.Profile, document: String
    ) async throws {
        let found = try await self.failure(profile) { _ in .answer(200, [], document) }
        let failure = try #require(found.failure)
        #expect([.stalled, .notSupported, .gone].contains(failure.kind))
        #expect(!"\(failure)".contains("hush"))
        #expect(failure.detail.utf8.count < 300)
    }

    @Test(arguments: Configuration.HTTPOutlets.Profile.allCases)
    func `a redirect is not followed, wherever it leads`(profile: Configuration.HTTPOutlets.Profile) async throws {
        let other = try await LoopbackServer { _ in .json([String: String]()) }
        let place = "http://127.0.0.1:\(other.port)/x"
        let found = try await self.failure(profile) { _ in .answer(302, [("Location", "\(place)?password=hush")]) }
        #expect(found.failure?.detail == "it redirects to \(place), which is not followed")
        #expect(other.requests.isEmpty)
        await other.stop()
    }

    @Test(arguments: [
        (400, DeviceFailure.Kind.stalled), (403, .notPermitted), (404, .notSupported), (423, .locked),
        (500, .stalled), (503, .stalled),
    ])
    func `a status has a meaning`(status: Int, kind: DeviceFailure.Kind) async throws {
        let body = "{\"error\":{\"message\":\"no\\n\(String(repeating: "x", count: 500))\"}}"
        let found = try await self.failure { _ in .answer(status, [], body) }.failure
        #expect(found?.kind == kind)
        let words = "it answers /netio.json with \(status) (no xxx"
        #expect(found?.detail.hasPrefix(words) == true, "\(found?.detail ?? "")")
        #expect((found?.detail.utf8.count ?? 0) < 250)
    }

    @Test func `a port where nobody listens is gone`() async throws {
        let server = try await LoopbackServer { _ in .silence }
        await server.stop()
        let clients = HTTPClients()
        let options = Configuration.HTTPOutlets(
            profile: .netio, url: .init(isEncrypted: false, host: "127.0.0.1", port: server.port),
            timeout: RunningDevice.patience)
        let outlets = HTTPOutlets("strip", options, secrets: HTTPSecrets(), trust: .system, clients: clients)
        let failure = await #expect(throws: DeviceFailure.self) { try await outlets.read() }
        #expect(failure?.kind == .gone)
        #expect(failure?.detail == "it cannot be reached: Connection refused")
        await clients.shutDown()
    }

    @Test func `an order whose answer is lost is sent once`() async throws {
        let document = "{\"Outputs\":[{\"ID\":1,\"State\":1}]}"
        let server = try await LoopbackServer { $0.method == "GET" ? .answer(200, [], document) : .hangUp }
        let clients = HTTPClients()
        let options = Configuration.HTTPOutlets(
            profile: .netio, url: .init(isEncrypted: false, host: "127.0.0.1", port: server.port),
            timeout: RunningDevice.patience)
        let outlets = HTTPOutlets("strip", options, secrets: HTTPSecrets(), trust: .system, clients: clients)
        await #expect(throws: DeviceFailure.self) { try await outlets.turn(1, .off) }
        #expect(server.requests.map(\.method) == ["GET", "POST"])
        await clients.shutDown()
        await server.stop()
    }

    @Test func `a Redfish target on another host gets no order`() async throws {
        let server = try await LoopbackServer { request in
            switch request.path.split(separator: "/").count {
            case 4: .json(["Members": [["@odata.id": "/redfish/v1/PowerEquipment/RackPDUs/1"]]])
            case 5: .json(["Outlets": ["@odata.id": "/redfish/v1/PowerEquipment/RackPDUs/1/Outlets"]])
            default:
                .json([
                    "Members": [
                        [
                            "Id": "1", "PowerState": "On",
                            "Actions": ["#Outlet.PowerControl": ["target": "http://evil.example/on"]],
                        ] as [String: Any]
                    ]
                ])
            }
        }
        let clients = HTTPClients()
        let options = Configuration.HTTPOutlets(
            profile: .redfish, url: .init(isEncrypted: false, host: "127.0.0.1", port: server.port),
            timeout: RunningDevice.patience)
        let outlets = HTTPOutlets("strip", options, secrets: HTTPSecrets(), trust: .system, clients: clients)
        let failure = await #expect(throws: DeviceFailure.self) { try await outlets.turn(1, .off) }
        #expect(failure?.detail == "a target is at http://evil.example/on, which is no path on this device")
        #expect(server.requests.allSatisfy { $0.method == "GET" })
        await clients.shutDown()
        await server.stop()
    }

    @Test func `UniFi without outlets, and a device it has lost, are told apart`() async throws {
        @Sendable func answer(_ more: String) -> String { "{\"data\":[{\"mac\":\"AA:BB:CC:00:01:02\",\(more)}]}" }
        let empty = try await self.failure(.unifi) { _ in .answer(200, [], answer("\"outlet_table\":[]")) }.failure
        #expect(empty?.kind == .notSupported)
        let lost = try await self.failure(.unifi) { _ in .answer(200, [], answer("\"state\":0")) }.failure
        #expect(lost?.kind == .gone)
    }

    @Test(arguments: [
        ("{\"Outputs\":[{\"ID\":1}]}"), "{\"Outputs\":[{\"ID\":1,\"State\":2}]}",
        "{\"Outputs\":[{\"ID\":1,\"State\":true}]}",
        "{\"Outputs\":[{\"ID\":1,\"State\":\"1\"}]}", "{\"Outputs\":[{\"ID\":1,\"State\":null}]}",
    ])
    func `a state that is not clearly one of the two is unknown`(document: String) async throws {
        let server = try await LoopbackServer { _ in .answer(200, [], document) }
        let clients = HTTPClients()
        let options = Configuration.HTTPOutlets(
            profile: .netio, url: .init(isEncrypted: false, host: "127.0.0.1", port: server.port),
            timeout: RunningDevice.patience)
        let outlets = HTTPOutlets("strip", options, secrets: HTTPSecrets(), trust: .system, clients: clients)
        #expect(try await outlets.read().outlets == [OutletReading(number: 1)])
        await clients.shutDown()
        await server.stop()
    }
}
