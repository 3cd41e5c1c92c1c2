import PowerCore
import Testing

@testable import HTTPControl

/// Who we are, and how it is proved.
struct LoginTests {
    /// RFC 7616, 3.9.1: both answers to one challenge.
    @Test(arguments: [
        (DigestAlgorithm.md5, "8ca523f5e9506fed4657c9700eebdbec"),
        (.sha256, "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1"),
    ])
    func `the proof is that of the standard`(algorithm: DigestAlgorithm, response: String) throws {
        let header = """
            Digest realm="http-auth@example.org", qop="auth, auth-int", algorithm=\(algorithm.rawValue), \
            nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"
            """
        let answer = HTTPAnswer(status: 401, headers: [.init(name: "WWW-Authenticate", value: header)])
        var proof = try #require(DigestProof.best(of: answer, allowed: [algorithm]))
        let own = "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ"
        let value = proof.authorization(of: "Mufasa", "Circle of Life", "GET", "/dir/index.html", own: own)
        #expect(value.contains("response=\"\(response)\""), "\(value)")
        #expect(value.contains("nc=00000001"))
        #expect(proof.authorization(of: "M", "C", "GET", "/", own: "x").contains("nc=00000002"))
    }

    @Test func `the stronger of two challenges is taken, in one header or in two`() throws {
        let weak = "Digest realm=\"r\", nonce=\"n\", qop=\"auth\""
        let strong = "\(weak), algorithm=SHA-256"
        for headers in [["Basic realm=\"a, b\"", weak, strong], ["\(weak), Basic realm=\"x\", \(strong)"]] {
            let fields = headers.map { HTTPCall.Field(name: "www-authenticate", value: $0) }
            let answer = HTTPAnswer(status: 401, headers: fields)
            #expect(DigestProof.best(of: answer, allowed: [.sha256, .md5])?.algorithm == .sha256)
            #expect(DigestProof.best(of: answer, allowed: [.md5])?.algorithm == .md5)
        }
    }

    @Test(arguments: [
        "", "Digest", "Digest realm", "Digest realm=\"r\"", "Digest realm=\"r\", nonce=\"n\"", "Basic realm=\"r\"",
        "Digest realm=\"r\", nonce=\"n\", qop=\"auth-int\"", "Digest realm=\"r\", nonce=\"n, qop=\"auth\"", ",,=,\"",
        "Digest realm=\"r\", nonce=\"n\", qop=\"auth\", algorithm=SHA-512",
    ])
    func `a challenge that cannot be met is left out`(header: String) {
        let answer = HTTPAnswer(status: 401, headers: [.init(name: "WWW-Authenticate", value: header)])
        #expect(DigestProof.best(of: answer, allowed: DigestAlgorithm.allCases) == nil)
    }

    @Test(arguments: [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy")])
    func `base64 is that of the standard`(text: String, encoded: String) {
        #expect(Base64.text(Array(text.utf8)) == encoded)
    }

    @Test(arguments: [("a b&c=d;é", "a%20b%26c%3Dd%3B%C3%A9"), ("-._~aZ09", "-._~aZ09"), ("\r\n", "%0D%0A")])
    func `what goes into a query is encoded`(text: String, encoded: String) {
        #expect(HTTPCall.encoded(text) == encoded)
    }

    @Test func `secrets have no text`() {
        let secrets = HTTPSecrets(user: "admin", password: "hush", token: "hush")
        var dumped = ""
        dump(secrets, to: &dumped)
        var state = LoginState(.query(user: "u", password: "p"), secrets)
        let sealed = state.seal(.get("/cm"), own: "x")
        dump(sealed, to: &dumped)
        for text in ["\(secrets)", String(reflecting: secrets), "\(sealed)", String(reflecting: sealed), dumped] {
            #expect(!text.contains("hush"), "\(text)")
        }
        #expect(sealed.target == "/cm?u=admin&p=hush")
    }

    @Test(arguments: [DigestGuard("SHA-256", user: "admin", password: "s3cret&=?\"\\", usesPerNonce: 1)])
    func `a nonce that is too old is replaced`(door: DigestGuard) async throws {
        let running = try await RunningDevice(FakeShelly(door: door))
        let outlets = running.outlets()
        for _ in 0..<3 { #expect(try await outlets.read().outlets.count == 4) }
        await running.stop()
    }

    static let wrong = HTTPSecrets(user: "admin", password: "wrong", token: nil)

    @Test(arguments: ContractTests.Kind.allCases)
    func `who is refused is told so, and does not try again at once`(kind: ContractTests.Kind) async throws {
        let running = try await RunningDevice(kind.device())
        let isKey = running.device.secrets.token != nil
        let outlets = running.outlets(isKey ? HTTPSecrets(token: "wrong") : Self.wrong)
        for _ in 0..<3 {
            let failure = await #expect(throws: DeviceFailure.self) { try await outlets.read() }
            #expect(failure?.kind == .notPermitted)
            #expect(failure.map { !"\($0)".contains("wrong") } == true)
        }
        // A question without a proof, one with it, or a login at both doors of a controller.
        #expect(running.server.requests.count <= 2)
        await running.stop()
    }

    @Test(arguments: ContractTests.Kind.allCases)
    func `who says nothing is asked who it is`(kind: ContractTests.Kind) async throws {
        let running = try await RunningDevice(kind.device())
        let failure = await #expect(throws: DeviceFailure.self) { try await running.outlets(HTTPSecrets()).read() }
        #expect(failure?.kind == .notPermitted)
        await running.stop()
    }

    @Test func `nothing weaker than a digest is sent to a device with one`() async throws {
        let server = try await LoopbackServer { _ in
            .answer(401, [("WWW-Authenticate", "Basic realm=\"x\""), ("WWW-Authenticate", "Digest realm=\"r\"")])
        }
        let clients = HTTPClients()
        let options = Configuration.HTTPOutlets(
            profile: .shelly, url: .init(isEncrypted: false, host: "127.0.0.1", port: server.port),
            timeout: RunningDevice.patience)
        let outlets = HTTPOutlets(
            "strip", options, secrets: HTTPSecrets(user: "admin", password: "hush"), trust: .system, clients: clients)
        let failure = await #expect(throws: DeviceFailure.self) { try await outlets.read() }
        #expect(failure?.detail == "it does not ask for a digest with SHA-256, and nothing weaker is sent to it")
        #expect(server.requests.allSatisfy { $0.headers["authorization"] == nil })
        await clients.shutDown()
        await server.stop()
    }

    @Test func `a controller that has forgotten us is logged in to again`() async throws {
        let controller = FakeUniFi(token: nil)
        let running = try await RunningDevice(controller)
        let outlets = running.outlets()
        _ = try await outlets.read()
        controller.forget()
        try await outlets.turn(2, .off)
        #expect(running.strip.outlets.map(\.isOn) == [true, false, true, true])
        await running.stop()
    }
}
