import Foundation
import PowerCore
import Testing

@testable import upsd_swift

/// Files on the disk: the server's certificate and its key.
@Suite(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/openssl"), "openssl is not installed"))
struct TLSFilesTests {
    private let folder: ConfigurationLoaderTests.Folder

    init() throws {
        self.folder = try ConfigurationLoaderTests.Folder()
        for name in ["a", "b"] { try self.makeCertificate(name) }
    }

    private func makeCertificate(_ name: String) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/openssl")
        process.arguments = [
            "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2", "-subj",
            "/CN=test", "-keyout", "\(self.folder.url.path)/\(name).key", "-out", "\(self.folder.url.path)/\(name).pem",
        ]
        process.standardError = FileHandle.nullDevice
        process.standardInput = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0)
    }

    private func load(_ certificate: String, _ key: String) throws -> ConfigurationLoader.Loaded {
        let tls = "{certificate: \(certificate), key: \(key), require: true}"
        let yaml = "server: {tls: \(tls)}\nups: {u: {driver: usb-hid}}\n"
        return ConfigurationLoader.load(path: try self.folder.write("rack.yaml", yaml))
    }

    @Test func `a certificate and its key beside the configuration are the server's identity`() throws {
        let loaded = try self.load("a.pem", "a.key")
        #expect(loaded.reading.problems == [])
        #expect(loaded.reading.configuration?.server.tls?.isRequired == true)
    }

    @Test(arguments: [
        ("c.pem", "a.key", 29, "certificate", "c.pem does not exist"),
        ("a.pem", "c.key", 41, "key", "c.key does not exist"),
        ("a.key", "a.key", 29, "certificate", "a.key holds no certificate in PEM"),
        ("a.pem", "a.pem", 41, "key", "a.pem holds no private key in PEM that needs no passphrase"),
        ("a.pem", "b.key", 41, "key", "b.key holds the key of another certificate"),
    ])
    func `files that make no identity are an error at their place`(
        certificate: String, key: String, column: Int, part: String, reason: String
    ) throws {
        let loaded = try self.load(certificate, key)
        let problem = try #require(loaded.reading.problems.first)
        #expect(loaded.reading.problems.count == 1)
        #expect(problem.severity == .error)
        #expect(problem.mark == ConfigurationMark(line: 1, column: column))
        #expect(problem.message == "server: tls: \(part) \(self.folder.url.path)/\(reason)")
        #expect(loaded.reading.configuration == nil)
        #expect(loaded.tls == nil)
    }

    @Test func `a key that everybody can read is a warning`() throws {
        let path = "\(self.folder.url.path)/a.key"
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: path)
        let loaded = try self.load("a.pem", "a.key")
        #expect(
            loaded.reading.problems == [
                ConfigurationProblem(
                    .warning, at: ConfigurationMark(line: 1, column: 41),
                    "server: tls: everybody on this machine can read \(path)", remedy: "chmod 640 \(path)")
            ])
        #expect(loaded.tls != nil)
    }
}
