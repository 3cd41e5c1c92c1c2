import ArgumentParser
import Foundation
import Glibc
import Logging
import NUTTransport
import PowerCore
import RackFile
import ServiceLifecycle
import USBTransport
import UnixSignals

/// The daemon's command line.
@main
struct UpsdSwift: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "upsd-swift",
        abstract: "Serves UPSes and PDUs to NUT clients, and stops and starts a rack in the right order.",
        version: "upsd-swift \(productVersion)", subcommands: [HashPassword.self])

    static let defaultPath = "/etc/upsd-swift/rack.yaml"

    @Option(name: [.short, .long], help: "The configuration file.")
    var config: String?

    @Flag(help: "Read the configuration, say everything that is wrong with it, and end.")
    var check = false

    @Flag(help: "Run the reference rack on emulated devices, on 127.0.0.1:3493.")
    var demo = false

    @Flag(
        help:
            "Take the place of NUT's upsd: its files, its drivers, its options (-F -FF -B -D -V -h -u -r -c -P -q -t).")
    var nutCompat = false

    @Flag(
        help: "List the USB devices that could be a UPS or have outlets, with what they can be told apart by, and end.")
    var list = false

    @Option(help: "Listen here instead of where the configuration says (host:port); may be repeated.")
    var listen: [String] = []

    @Option(help: "How much is logged: debug, info, notice, warning, error or critical.", transform: Self.level)
    var logLevel: Logger.Level = .info

    static func main() async {
        if let options = Compatibility.options(of: CommandLine.arguments) {
            Glibc.exit(await Compatibility.run(options))
        }
        await self.main(nil)
    }

    func validate() throws {
        guard !(self.demo && self.config != nil) else {
            throw ValidationError("--demo brings its own configuration; leave --config out.")
        }
    }

    func run() async throws {
        if self.list { return try await self.listDevices() }
        let loaded = self.read()
        if self.check {
            print(ConfigurationReport.text(loaded.reading, file: self.name), terminator: "")
            throw ExitCode(loaded.reading.hasErrors ? 1 : 0)
        }
        guard loaded.reading.configuration != nil else {
            FileHandle.standardError.write(Data(ConfigurationReport.text(loaded.reading, file: self.name).utf8))
            throw ExitCode(1)
        }
        let endpoints = try self.endpoints
        print(ConfigurationReport.text(loaded.reading, file: self.name), terminator: "")
        let begun = try self.prepared(loaded, endpoints)
        if self.demo { print(DemoRack.welcome(begun.configuration.server.listen.first)) }
        // Whoever follows the output through a pipe sees it at once.
        fflush(nil)
        try await self.serve(begun) { () throws(LoadedConfiguration.Refusal) in
            try self.prepared(self.read(), endpoints)
        }
    }

    private static func level(_ word: String) throws -> Logger.Level {
        guard let level = Logger.Level(rawValue: word) else { throw ValidationError("\(word) is no level.") }
        return level
    }

    private var path: String { self.config ?? Self.defaultPath }

    private var name: String { self.demo ? "demo" : self.path }

    /// What the file says, with the places to listen at from the command line where there are some.
    private func prepared(
        _ loaded: ConfigurationLoader.Loaded, _ endpoints: [Configuration.Endpoint]?
    ) throws(LoadedConfiguration.Refusal) -> LoadedConfiguration {
        var prepared = try LoadedConfiguration(loaded, file: self.name)
        prepared.configuration.server.listen = endpoints ?? prepared.configuration.server.listen
        return prepared
    }

    private func read() -> ConfigurationLoader.Loaded {
        self.demo
            ? ConfigurationLoader.load(text: DemoRack.yaml, directory: "/") : ConfigurationLoader.load(path: self.path)
    }

    private var endpoints: [Configuration.Endpoint]? {
        get throws {
            guard !self.listen.isEmpty else { return nil }
            return try self.listen.map { text in
                guard let address = ListenAddress(parsing: text) else {
                    throw ValidationError("--listen \(text): write host:port, as in 127.0.0.1:3493 or [::1]:3493.")
                }
                return Configuration.Endpoint(host: address.host, port: address.port)
            }
        }
    }

    private func serve(
        _ loaded: LoadedConfiguration,
        load: @escaping @Sendable () throws(LoadedConfiguration.Refusal) -> LoadedConfiguration
    ) async throws {
        var logger = Logger(label: "upsd-swift", factory: { StreamLogHandler.standardError(label: $0) })
        logger.logLevel = self.logLevel
        let daemon = Daemon(loaded: loaded, logger: logger, load: load)
        let group = ServiceGroup(
            configuration: ServiceGroupConfiguration(
                services: [.init(service: daemon)], gracefulShutdownSignals: [.sigterm, .sigint], logger: logger))
        do {
            try await group.run()
        } catch {
            FileHandle.standardError.write(Data("upsd-swift: \(error)\n".utf8))
            throw ExitCode(1)
        }
    }

    private func listDevices() async throws {
        let usb = USBContext()
        do throws(USBError) {
            let devices = try await usb.devices().filter { !$0.hidInterfaces.isEmpty }
            for device in devices {
                print("\(device.label) at \(device.node)\(device.kind.map { ": \($0.rawValue)" } ?? "")")
            }
            if devices.isEmpty { print("no HID device on USB") }
        } catch {
            FileHandle.standardError.write(Data("upsd-swift: \(error)\n".utf8))
            throw ExitCode(1)
        }
        await usb.shutDown()
    }
}
