import NUTProtocol
import NUTTransport
import PowerCore
import Testing

@Suite(.enabled(if: Certificates.openSSL.isInstalled, "openssl is not installed"))
struct EncryptionTests {
    private let made: Certificates

    init() throws {
        self.made = try #require(Certificates.made)
    }

    private func connect(_ port: Int, _ tls: ClientTLS, host: String = "127.0.0.1") async throws -> NUTClient {
        try await NUTClient.connect(host: host, port: port, tls: tls)
    }

    @Test(arguments: ["127.0.0.1", "localhost"])
    func `a client that believes the certificate is served behind TLS`(host: String) async throws {
        let daemon = LabDaemon()
        try await withServer(daemon, tls: self.made.own.tls()) { port, _ in
            let client = try await self.connect(port, .required(self.made.own.trust), host: host)
            #expect(try await client.value(of: "ups.status", on: "ups") == "OL")
            try await client.authenticate(user: "admin", password: "secret")
            try await client.login(to: "ups")
            #expect(try await client.run("load.off", on: "ups") == .done)
            await #expect(throws: NUTClientError.refused(.alreadyEncrypted, sentence: nil)) {
                try await client.exchange(["STARTTLS"])
            }
            await client.close()
            let admin = Actor(user: "admin", address: "127.0.0.1")
            #expect(await daemon.wait { $0.last == .loggedOut("ups", admin, politely: true) })
        }
    }

    @Test func `a client that believes somebody else goes away`() async throws {
        try await withServer(tls: self.made.own.tls()) { port, _ in
            for tls in [ClientTLS.required(self.made.stranger.trust), .attempted(self.made.stranger.trust)] {
                await #expect(throws: NUTClientError.notEncrypted("its certificate is not one that is trusted here")) {
                    try await self.connect(port, tls)
                }
            }
            await #expect(throws: NUTClientError.self) { try await self.connect(port, .required(.system)) }
        }
    }

    @Test(arguments: ["127.0.0.1", "localhost"])
    func `a certificate for another name is not believed`(host: String) async throws {
        try await withServer(tls: self.made.misnamed.tls()) { port, _ in
            await #expect(throws: NUTClientError.notEncrypted("its certificate names another server")) {
                try await self.connect(port, .required(self.made.misnamed.trust), host: host)
            }
            let careless = try await self.connect(port, .required(.anyone), host: host)
            #expect(try await careless.loginCount(of: "ups") == 0)
            await careless.close()
        }
    }

    @Test func `a text without certificates is no authority`() async throws {
        try await withServer(tls: self.made.own.tls()) { port, _ in
            await #expect(throws: NUTClientError.notEncrypted("the authorities' file holds no certificate in PEM")) {
                try await self.connect(port, .required(.authorities(Array("nothing".utf8))))
            }
        }
    }

    @Test func `a server without a certificate is left or asked in plain`() async throws {
        try await withServer { port, _ in
            let word = "it does not encrypt connections (FEATURE-NOT-CONFIGURED)"
            await #expect(throws: NUTClientError.notEncrypted(word)) {
                try await self.connect(port, .required(.anyone))
            }
            let client = try await self.connect(port, .attempted(.anyone))
            #expect(try await client.value(of: "ups.status", on: "ups") == "OL")
            await client.close()
        }
    }

    @Test func `what is said in plain before counts behind TLS`() async throws {
        try await withServer(tls: self.made.own.tls()) { port, _ in
            let outcome = try await TLSTool.talk(
                port: port, plain: ["USERNAME mon", "PASSWORD pass"], encrypted: ["LOGIN ups", "LOGOUT"])
            #expect(outcome == ["OK", "OK", "OK", "OK Goodbye"])
        }
    }

    @Test func `a server that requires TLS tells plain clients nothing`() async throws {
        try await withServer(tls: self.made.own.tls(isRequired: true)) { port, _ in
            let plain = try await RawClient(port: port)
            let refusal = "ERR ACCESS-DENIED \"TLS is required: begin with STARTTLS\""
            #expect(await plain.ask("LIST UPS") == refusal)
            #expect(await plain.ask("USERNAME mon") == refusal)
            #expect(await plain.ask("NETVER") == "1.3")
            let client = try await self.connect(port, .required(self.made.own.trust))
            #expect(try await client.value(of: "ups.status", on: "ups") == "OL")
            await client.close()
        }
    }

    @Test func `another certificate is shown to those who come after it`() async throws {
        try await withServer(tls: self.made.own.tls()) { port, server in
            let old = try await self.connect(port, .required(self.made.own.trust))
            server.replaceTLS(try self.made.stranger.tls())
            let new = try await self.connect(port, .required(self.made.stranger.trust))
            #expect(try await new.value(of: "ups.status", on: "ups") == "OL")
            #expect(try await old.value(of: "ups.status", on: "ups") == "OL")
            server.replaceTLS(nil)
            #expect(try await RawClient(port: port).ask("STARTTLS") == "ERR FEATURE-NOT-CONFIGURED")
            #expect(try await old.value(of: "ups.status", on: "ups") == "OL")
            await old.close()
            await new.close()
        }
    }

    @Test(arguments: [("-tls1", false), ("-tls1_1", false), ("-tls1_2", true), ("-tls1_3", true)])
    func `only TLS 1.2 and 1.3 are spoken`(version: String, isSpoken: Bool) async throws {
        try await withServer(tls: self.made.own.tls()) { port, _ in
            // The lowest level lets OpenSSL offer what it no longer does by itself.
            let outcome = try await TLSTool.talk(
                port: port, encrypted: ["NETVER", "LOGOUT"], options: [version, "-cipher", "DEFAULT:@SECLEVEL=0"])
            #expect(outcome == (isSpoken ? ["1.3", "OK Goodbye"] : []))
        }
    }

    @Test func `a list longer than a record arrives whole`() async throws {
        let variables = (0..<2_000).map { Variable("v\($0)", String(repeating: "x", count: 200)) }
        let daemon = LabDaemon([DeviceSnapshot(id: "ups", availability: .fresh, variables: variables)])
        try await withServer(daemon, tls: self.made.own.tls()) { port, _ in
            let client = try await self.connect(port, .required(self.made.own.trust))
            #expect(try await client.variables(of: "ups").count == 2_000)
            await client.close()
        }
    }

    @Test func `what is no identity is refused with its reason`() throws {
        let (own, other) = (self.made.own, self.made.stranger)
        #expect(throws: ServerTLSError.keyOfAnother) {
            try Certificates.Pair(certificate: own.certificate, key: other.key).tls()
        }
        #expect(throws: ServerTLSError.keyOfAnother) {
            try Certificates.Pair(certificate: own.certificate, key: self.made.misnamed.key).tls()
        }
        #expect(throws: ServerTLSError.keyOfAnother) {
            try Certificates.Pair(certificate: other.certificate, key: self.made.misnamed.key).tls()
        }
        for text in ["", "nothing", own.key] {
            #expect(throws: ServerTLSError.unusableCertificate) {
                try Certificates.Pair(certificate: text, key: own.key).tls()
            }
        }
        for text in ["", "nothing", own.certificate] {
            #expect(throws: ServerTLSError.unusableKey) {
                try Certificates.Pair(certificate: own.certificate, key: text).tls()
            }
        }
        #expect(throws: Never.self) {
            let both = own.certificate + own.key
            _ = try Certificates.Pair(certificate: both, key: both).tls()
        }
    }
}
