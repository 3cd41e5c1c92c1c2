import Foundation

/// Talks TLS by Python's `ssl`, which is OpenSSL: another hand than the one our server is made of.
struct TLSTool {
    static let program = """
        import socket, ssl, sys, json
        port = int(sys.argv[1])
        plain, encrypted, options, injected = map(json.loads, sys.argv[2:6])
        sock = socket.create_connection(("127.0.0.1", port), 10)
        heard = []
        def ask(s, f, line):
            s.sendall((line + "\\n").encode())
            answer = f.readline().decode().rstrip("\\n")
            if answer: heard.append(answer)
        f = sock.makefile("rb", 0)
        for line in plain: ask(sock, f, line)
        sock.sendall(b"STARTTLS\\n" + injected.encode())
        assert f.readline() == b"OK STARTTLS\\n"
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
        if options:
            version = {"-tls1": ssl.TLSVersion.TLSv1, "-tls1_1": ssl.TLSVersion.TLSv1_1,
                       "-tls1_2": ssl.TLSVersion.TLSv1_2, "-tls1_3": ssl.TLSVersion.TLSv1_3}[options[0]]
            context.set_ciphers("DEFAULT:@SECLEVEL=0")
            context.minimum_version = version
            context.maximum_version = version
        try:
            s = context.wrap_socket(sock)
            if encrypted == ["deaf"]:
                try:
                    for i in range(1000000): s.sendall(b"LIST VAR ups\\n")
                except (ssl.SSLError, OSError):
                    heard.append("dropped")
                encrypted = []
            f = s.makefile("rb", 0)
            for line in encrypted: ask(s, f, line)
        except (ssl.SSLError, ConnectionError):
            pass
        print(json.dumps(heard))
        """

    /// Says words in the same packet as `STARTTLS`, behind it, then `encrypted`; returns the answers.
    static func inject(_ text: String, port: Int, encrypted: [String]) async throws -> [String] {
        try await Self.talk(port: port, encrypted: encrypted, injected: text)
    }

    /// Asks behind TLS and never reads, until the server has had enough of it.
    static func deafen(port: Int) async throws -> String? {
        try await Self.talk(port: port, encrypted: ["deaf"]).last
    }

    /// Says `plain`, begins TLS, says `encrypted`, and returns the answers to both.
    static func talk(
        port: Int, plain: [String] = [], encrypted: [String], options: [String] = [], injected: String = ""
    ) async throws -> [String] {
        let lists = try [plain, encrypted, options].map { try JSONEncoder().encode($0) }
        let words = try (lists + [JSONEncoder().encode(injected)]).map { String(decoding: $0, as: UTF8.self) }
        let outcome = try await Program.python.run(["-W", "ignore", "-c", Self.program, "\(port)"] + words)
        guard outcome.status == 0 else { return ["failed: \(outcome.errors)"] }
        return try JSONDecoder().decode([String].self, from: Data(outcome.output.utf8))
    }
}
