import ArgumentParser
import Foundation
import NUTTransport

/// The options that every command has.
struct ServerOptions: ParsableArguments {
    @Option(help: "The NUT server as host:port; PDUCTL_SERVER, or 127.0.0.1:3493.")
    var server: String?

    @Option(help: "The user for commands that change something; PDUCTL_USER, or the credentials file.")
    var user: String?

    @Option(help: "A file whose first line is the password; PDUCTL_PASSWORD, or the credentials file.")
    var passwordFile: String?

    @Option(help: "Whether the connection is encrypted: off, try or require; PDUCTL_TLS, or off.")
    var tls: TLSChoice?

    @Option(name: .customLong("ca"), help: "A PEM file with the authorities, or the server's own certificate.")
    var authorities: String?

    @Option(help: "A PEM file with a certificate to show to a server that asks for one, and perhaps its key.")
    var certificate: String?

    @Option(help: "A PEM file with the key of the certificate, where it stands elsewhere.")
    var key: String?

    @Option(name: [.short, .long], help: "In which form to print: table, wide, json, yaml, csv or name.")
    var output: OutputFormat?

    @Flag(name: .customLong("json"), help: "Print JSON, like -o json.")
    var wantsJSON = false

    /// In which form is printed.
    var format: OutputFormat { self.output ?? (self.wantsJSON ? .json : .table) }

    /// Whether failures are printed as JSON, too.
    var json: Bool { self.format == .json }

    /// Prints a report in the form that was asked for.
    func show(_ report: Report) throws(Outcome) {
        Outcome.done(try report.printed(as: self.format, colour: self.isColoured)).show()
    }

    /// What must be repeated in commands that are offered for typing.
    var flags: String {
        let options = [
            ("--server", self.server), ("--user", self.user), ("--password-file", self.passwordFile),
            ("--tls", self.tls?.rawValue), ("--ca", self.authorities), ("--certificate", self.certificate),
            ("--key", self.key),
        ]
        return options.map { name, value in value.map { " \(name) \(Self.quoted($0))" } ?? "" }.joined()
    }

    /// Whether text may be coloured: on a terminal, and where nobody objects (no-color.org).
    var isColoured: Bool { Self.isTerminalColoured }

    /// The same for commands without these options.
    static var isTerminalColoured: Bool {
        let objects = ProcessInfo.processInfo.environment["NO_COLOR"].map { !$0.isEmpty } ?? false
        return isatty(STDOUT_FILENO) == 1 && !objects
    }

    /// Connects, lends the connection, and takes leave.
    func withClient(
        limits: NUTClientLimits = NUTClientLimits(), _ body: (NUTClient) async throws -> Void
    ) async throws {
        let text = self.server ?? ProcessInfo.processInfo.environment["PDUCTL_SERVER"] ?? ServerAddress.usual
        guard let address = ServerAddress(parsing: text) else {
            throw Outcome.failure(.usage, "'\(text)' is no server; write it like 192.0.2.5:3493", json: self.json)
        }
        let tls = try self.encryption()
        let identity = try self.identity()
        do {
            let client = try await NUTClient.connect(
                host: address.host, port: address.port, tls: tls, identity: identity, limits: limits)
            do {
                try await body(client)
                await client.close()
            } catch {
                await client.close()
                throw error
            }
        } catch let error as NUTClientError {
            throw Outcome(error, json: self.json)
        }
    }

    /// Gives the server the user and the password; a failure where there are none.
    func authenticate(_ client: NUTClient) async throws {
        let environment = ProcessInfo.processInfo.environment
        let found = try Credentials.find(
            user: self.user, passwordFile: self.passwordFile, environment: environment, json: self.json,
            read: Self.read)
        guard let found else {
            throw Outcome.failure(
                .notPermitted, "a user name and a password are needed",
                details: [
                    "--user NAME --password-file FILE, or PDUCTL_USER and PDUCTL_PASSWORD,",
                    "or \(Credentials.path(environment: environment) ?? "a credentials file")",
                ], json: self.json)
        }
        try await client.authenticate(user: found.user, password: found.password)
    }

    /// How the options want the connection encrypted; whoever names authorities wants it.
    private func encryption() throws -> ClientTLS {
        let word = ProcessInfo.processInfo.environment["PDUCTL_TLS"]
        if let word, TLSChoice(rawValue: word) == nil {
            throw Outcome.failure(.usage, "PDUCTL_TLS is '\(word)'; write off, try or require", json: self.json)
        }
        let choice =
            self.tls ?? word.flatMap { TLSChoice(rawValue: $0) }
            ?? (self.authorities == nil && self.certificate == nil ? .off : .require)
        let text = try self.authorities.map { try self.bytes(of: $0, "--ca") }
        return choice.encryption(authorities: text)
    }

    /// What a server that asks for a certificate is shown; nil where nothing is given.
    private func identity() throws -> ClientIdentity? {
        guard let path = self.certificate else { return nil }
        let certificates = try self.bytes(of: path, "--certificate")
        let key = try self.key.map { try self.bytes(of: $0, "--key") } ?? certificates
        do throws(ServerTLSError) {
            return try ClientIdentity(certificates: certificates, key: key)
        } catch {
            let file = error == .unusableKey ? "--key \(self.key ?? path)" : "--certificate \(path)"
            throw Outcome.failure(.usage, "\(file) \(error)", json: self.json)
        }
    }

    private func bytes(of path: String, _ option: String) throws -> [UInt8] {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw Outcome.failure(.usage, "\(option) \(path): the file cannot be read", json: self.json)
        }
        return Array(data)
    }

    /// A small file with its mode; nil where it cannot be read.
    private static func read(_ path: String) -> Credentials.File? {
        let limit = 4096
        let target = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
        guard let attributes = try? FileManager.default.attributesOfItem(atPath: target),
            attributes[.type] as? FileAttributeType == .typeRegular,
            let size = (attributes[.size] as? NSNumber)?.intValue, size <= limit,
            let data = FileManager.default.contents(atPath: target)
        else { return nil }
        let mode = (attributes[.posixPermissions] as? NSNumber)?.intValue ?? 0
        return Credentials.File(text: String(decoding: data, as: UTF8.self), isReadableByOthers: mode & 0o077 != 0)
    }

    private static func quoted(_ text: String) -> String {
        let isPlain = text.allSatisfy { $0.isLetter || $0.isNumber || "-._:/@[]".contains($0) }
        return isPlain && !text.contains("[") ? text : "'\(text.replacing("'", with: #"'\''"#))'"
    }
}
