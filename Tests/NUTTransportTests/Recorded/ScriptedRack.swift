import Foundation
import NUTProtocol
import NUTTransport
import PowerCore

/// A server with the drivers of `devices.driver` behind it, wired as the daemon wires it.
final class ScriptedRack: Sendable {
    /// A section of the file: a UPS, and what its driver says.
    struct Section: Sendable {
        var name: String
        var description: String?
        var lines: [String] = []
        /// What becomes of orders, by the variable or command in lower case: a code, or `-` for no answer.
        var codes: [String: String] = [:]
    }

    let port: Int
    private let sections: [Section]
    private let folder: TemporaryFolder
    private let drivers: Watched<[String: FakeDriver]>
    private let server: NUTServer
    private let tasks: [Task<Void, Never>]

    init(tls: ServerTLS?) async throws {
        let sections = try Self.sections()
        let (folder, clock) = (try TemporaryFolder(), RealClock())
        let drivers = try sections.filter { !$0.lines.isEmpty }.map { ($0.name, try Self.driver($0, in: folder)) }
        let events = AsyncStream.makeStream(of: DeviceEvent.self)
        let upses = sections.map { section in
            SourcedUPSDriver(
                id: DeviceID(section.name),
                source: DriverSocketSource(
                    path: "\(folder.path)/\(section.name)", limits: DriverLinkLimits(staleAfter: Self.staleAfter),
                    timekeeper: clock),
                pauses: .local, staleAfter: Self.staleAfter, timekeeper: clock,
                report: { events.continuation.yield($0) })
        }
        let manager = PowerManager(
            configuration: Self.configuration(sections),
            wiring: PowerManager.Wiring(
                timekeeper: clock,
                upses: Dictionary(uniqueKeysWithValues: zip(sections.map { DeviceID($0.name) }, upses))))
        self.tasks =
            [
                Task { await manager.run() }, Task { for await event in events.stream { manager.report(event) } },
            ] + upses.map { ups in Task { await ups.run() } }
        (self.sections, self.folder) = (sections, folder)
        self.drivers = Watched(Dictionary(uniqueKeysWithValues: drivers))
        self.server = NUTServer(
            daemon: manager, users: Self.users, version: ServerVersion(product: "upsd-swift 0.0.0"), tls: tls)
        self.port = try await self.server.start(on: [ListenAddress(host: "127.0.0.1", port: 0)])[0].port
    }

    /// A driver that has gone is missed after so long; a machine that is busy keeps one waiting for less.
    private static let staleAfter = Duration.seconds(6)

    /// Those of `record-transcripts.py`.
    private static let users: UserTable = {
        let rights: [(String, String, NUTUser.Role?, set: Grant, run: Grant)] = [
            ("admin", "secret", .primary, .all, .all), ("mon", "pass", .secondary, .none, .none),
            ("runner", "pass", nil, .none, .only(["load.off"])), ("setter", "pass", nil, .all, .none),
        ]
        return UserTable(
            rights.compactMap { name, password, role, set, run in
                Password(plain: password).map {
                    NUTUser(name: name, password: $0, role: role, settable: set, commands: run)
                }
            })
    }()

    private static func configuration(_ sections: [Section]) -> Configuration {
        let upses = sections.map { section in
            Configuration.UPS(
                rack: RackUPS(id: DeviceID(section.name)), description: section.description,
                driver: .nutDriver(Configuration.NUTDriver(path: "/nowhere")), staleAfter: Self.staleAfter)
        }
        return Configuration(upses: upses, rack: Rack(upses: upses.map(\.rack)))
    }

    private static func sections() throws -> [Section] {
        var sections: [Section] = []
        let text = try String(contentsOf: Transcript.folder.appending(path: "devices.driver"), encoding: .utf8)
        for line in text.split(separator: "\n") where !line.hasPrefix("#") {
            if let match = line.wholeMatch(of: /\[(.*)\](?: (.*))?/) {
                sections.append(Section(name: String(match.1), description: match.2.map(String.init)))
            } else if let match = line.wholeMatch(of: /! (\S+) (\S+)/) {
                sections[sections.count - 1].codes[String(match.1)] = String(match.2)
            } else {
                sections[sections.count - 1].lines.append(String(line))
            }
        }
        return sections
    }

    private static func driver(_ section: Section, in folder: TemporaryFolder) throws -> FakeDriver {
        let greeting = section.lines.joined(separator: "\n") + "\nDUMPDONE\n"
        return try FakeDriver(greeting: greeting, name: section.name, in: folder) { line in
            if line == "PING" { return "PONG\n" }
            guard let match = line.wholeMatch(of: /(SET|INSTCMD) (\S+)(?: (.*?))? TRACKING (\S+)/) else { return "" }
            let code = section.codes[match.2.lowercased()] ?? "0"
            let set = match.1 == "SET" && code == "0" ? "SETINFO \(match.2) \(match.3 ?? "\"\"")\n" : ""
            return set + (code == "-" ? "" : "TRACKING \(match.4) \(code)\n")
        }
    }

    /// Does what a line of a transcript says of a driver.
    func driver(_ name: String, does what: String) throws {
        switch what {
        case "gone": self.drivers.value[name]?.goAway()
        case "back":
            guard let section = self.sections.first(where: { $0.name == name }) else { return }
            let driver = try Self.driver(section, in: self.folder)
            self.drivers.change { $0[name] = driver }
        default: self.drivers.value[name]?.say(what + "\n")
        }
    }

    func stop() async {
        for task in self.tasks { task.cancel() }
        for task in self.tasks { await task.value }
        await self.server.stop()
    }
}
