import Foundation
import Testing

/// The certificate of a running daemon, as `pductl` sees it.
@Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/openssl"), "openssl is not installed"))
func `a certificate is read again at SIGHUP, and a bad one leaves the old in use`() async throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "upsd-swift-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let served = folder.appending(path: "served.pem")
    for name in ["first", "second"] { try makeCertificate(name, in: folder) }
    func serve(_ name: String) throws {
        try Data(contentsOf: folder.appending(path: name)).write(to: served)
    }
    func path(_ name: String) -> String { folder.appending(path: name).path }

    try serve("first")
    let rack = try await TestRack(
        """
        server:
          listen: ["127.0.0.1:0"]
          tls: {certificate: \(served.path), key: \(served.path), require: true}
        ups: {river: {driver: emulated, model: river-3-plus}}
        """)
    defer { rack.stop() }
    #expect(try rack.pductl("list").code != 0)
    #expect(try rack.pductl("list", "--ca", path("first")).code == 0)
    #expect(try rack.pductl("list", "--tls", "try").code == 0)
    #expect(try rack.pductl("list", "--tls", "require").output.contains("not one that is trusted here"))

    try serve("second")
    rack.hangUp()
    #expect(await rack.journal.line("the configuration was read again: changed certificate") != nil)
    #expect(try rack.pductl("list", "--ca", path("first")).code != 0)
    #expect(try rack.pductl("list", "--ca", path("second")).code == 0)

    try Data("nothing".utf8).write(to: served)
    rack.hangUp()
    #expect(await rack.journal.line("all stays as it was") != nil)
    #expect(try rack.pductl("list", "--ca", path("second")).code == 0)
}

@Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/openssl"), "openssl is not installed"))
func `a client shows its certificate where a listener needs one`() async throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "upsd-swift-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    for name in ["server", "client", "stranger"] { try makeCertificate(name, in: folder) }
    func path(_ name: String) -> String { folder.appending(path: name).path }
    let rack = try await TestRack(
        """
        server:
          listen: [{address: "127.0.0.1:0", require-tls: true}]
          tls: {certificate: \(path("server")), key: \(path("server")), client-ca: \(path("client"))}
        ups: {river: {driver: emulated, model: river-3-plus}}
        """)
    defer { rack.stop() }
    #expect(try rack.pductl("list", "--ca", path("server"), "--certificate", path("client")).code == 0)
    #expect(try rack.pductl("list").output.contains("TLS is required"))
    #expect(try rack.pductl("list", "--ca", path("server")).code == 5)
    #expect(await rack.journal.line("it showed no certificate") != nil)
    let stranger = try rack.pductl("list", "--ca", path("server"), "--certificate", path("stranger"))
    #expect(stranger.code == 5)
    #expect(await rack.journal.line("nobody in client-ca vouches for its certificate") != nil)
}

/// Writes a certificate that vouches for itself, and its key, into one file.
private func makeCertificate(_ name: String, in folder: URL) throws {
    let file = folder.appending(path: name)
    let made = try Tool.run(
        "/usr/bin/openssl",
        [
            "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2", "-subj",
            "/CN=\(name)", "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", "\(file.path).key", "-out", file.path,
        ])
    try #require(made.code == 0)
    let key = try Data(contentsOf: URL(fileURLWithPath: "\(file.path).key"))
    try (Data(contentsOf: file) + key).write(to: file)
}
