import Foundation
import Glibc
import NUTTransport
import PowerCore

/// Debian's own `upsd`, with `dummy-ups` behind it, on the loopback.
final class RealServer: Sendable {
    private let folder: TemporaryFolder
    private let driver: RunningProgram
    private let server: RunningProgram
    let port: Int

    static var isInstalled: Bool { Program.upsd.isInstalled && Program.dummyUPS.isInstalled && geteuid() == 0 }

    init() async throws {
        self.folder = try TemporaryFolder()
        self.port = try Self.freePort()
        let path = self.folder.path
        try self.folder.write(
            """
            [ups]
            driver = dummy-ups
            port = \(path)/ups.dev
            mode = dummy-once
            desc = "Rack UPS"
            [Never]
            driver = dummy-ups
            port = nothing.dev

            """, to: "ups.conf")
        try self.folder.write(
            """
            ups.status: OL
            ups.mfr: Example
            ups.model: "a \\"b\\" c"
            ups.id: rack
            battery.charge: 100
            battery.charge.low: 20
            outlet.1.status: on

            """, to: "ups.dev")
        try self.folder.write("LISTEN 127.0.0.1 \(self.port)\n", to: "upsd.conf")
        try self.folder.write(
            """
            [admin]
            password = secret
            actions = SET
            actions = FSD
            instcmds = ALL
            upsmon primary
            [mon]
            password = pass
            upsmon secondary

            """, to: "upsd.users")
        let environment = ["NUT_CONFPATH": path, "NUT_STATEPATH": path, "NUT_ALTPIDPATH": path]
        self.driver = try Program.dummyUPS.start(["-a", "ups", "-u", "root", "-F"], environment: environment)
        self.server = try Program.upsd.start(["-F", "-u", "root"], environment: environment)
    }

    /// What its programs wrote.
    var log: String { self.driver.errors + self.driver.output + self.server.errors + self.server.output }

    /// Waits until it shows the driver's values, and reads them all.
    func devices() async throws -> [DeviceSnapshot] {
        for _ in 0..<300 {
            // Until the driver has said all it has, its status is WAIT.
            let devices = try? await self.read()
            if let devices, devices[0].variable("ups.status")?.value == "OL", !devices[0].commands.isEmpty {
                return devices
            }
            try await Task.sleep(for: .milliseconds(100))
        }
        return try await self.read()
    }

    private func read() async throws -> [DeviceSnapshot] {
        let client = try await NUTClient.connect(host: "127.0.0.1", port: self.port)
        var variables: [Variable] = []
        do {
            for variable in try await client.variables(of: "ups") {
                let type = try await client.exchange(["GET", "TYPE", "ups", variable.name])
                variables.append(Self.variable(variable, type: "\(type)"))
            }
            let commands = try await client.commands(of: "ups").map { InstantCommand($0) }
            await client.close()
            return [
                DeviceSnapshot(
                    id: "ups", description: "Rack UPS", availability: .fresh, variables: variables, commands: commands),
                DeviceSnapshot(id: "Never", availability: .notConnected),
            ]
        } catch {
            await client.close()
            throw error
        }
    }

    /// A variable of `dummy-ups`: a text of some length or a number when it can be set, else of no known kind.
    private static func variable(_ listed: ListedVariable, type: String) -> Variable {
        guard type.contains("RW") else { return Variable(listed.name, listed.value) }
        let length = type.firstMatch(of: /STRING:(\d+)/).flatMap { Int($0.1) }
        let kind = length.map { Variable.Kind.string(maximumLength: $0) } ?? .number
        return Variable(listed.name, listed.value, kind: kind, isWritable: true)
    }

    /// A port that is free now; `upsd` cannot be told to choose one.
    private static func freePort() throws -> Int {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let result = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                bind(descriptor, pointer, length) == 0 ? getsockname(descriptor, pointer, &length) : -1
            }
        }
        guard result == 0 else { throw POSIXError(.EADDRINUSE) }
        return Int(UInt16(bigEndian: address.sin_port))
    }
}
