import NUTProtocol
import NUTTransport
import PowerCore

/// A server with a manager behind it, whose one UPS, `old`, comes from a source; everything as the daemon wires it.
final class SourcedDaemon: Sendable {
    let port: Int
    let log = Watched<[String]>([])
    private let server: NUTServer
    private let tasks: [Task<Void, Never>]

    init(_ source: any UPSSource, staleAfter: Duration = .seconds(15), pdu: SourcedOutlets? = nil) async throws {
        let clock = RealClock()
        let events = AsyncStream.makeStream(of: DeviceEvent.self)
        let driver = SourcedUPSDriver(
            id: "old", source: source, pauses: .local, staleAfter: staleAfter, timekeeper: clock,
            report: { events.continuation.yield($0) })
        let log = self.log
        let manager = PowerManager(
            configuration: Self.configuration(staleAfter: staleAfter, hasPDU: pdu != nil),
            wiring: PowerManager.Wiring(
                timekeeper: clock, upses: ["old": driver], pdus: pdu.map { ["rack": $0] } ?? [:],
                log: { line in log.change { $0.append("\(line.subject): \(line.text)") } }))
        let events0 = events.stream
        var tasks = [
            Task { await manager.run() }, Task { for await event in events0 { manager.report(event) } },
            Task { await driver.run() },
        ]
        if let pdu {
            let poller = PDUDriver(
                id: "rack", pollInterval: .milliseconds(500), controller: pdu, timekeeper: clock,
                report: { manager.report($0) })
            tasks += [Task { await pdu.run() }, Task { await poller.run() }]
        }
        self.tasks = tasks
        self.server = NUTServer(
            daemon: manager, users: LabDaemon.users, version: ServerVersion(product: "upsd-swift 0.0.0"))
        self.port = try await self.server.start(on: [ListenAddress(host: "127.0.0.1", port: 0)])[0].port
    }

    private static func configuration(staleAfter: Duration, hasPDU: Bool) -> Configuration {
        let place = Configuration.NUTDriver(path: "/nowhere")
        let ups = Configuration.UPS(rack: RackUPS(id: "old"), driver: .nutDriver(place), staleAfter: staleAfter)
        let pdu = Configuration.PDU(rack: RackPDU(id: "rack", feed: "old"), driver: .nutDriver(place))
        return Configuration(
            upses: [ups], pdus: hasPDU ? [pdu] : [],
            rack: Rack(upses: [ups.rack], pdus: hasPDU ? [pdu.rack] : []))
    }

    /// What a client that asks for `variable` is answered, once it is `wanted`; the last answer when that takes too long.
    func answer(_ variable: String = "ups.status", of device: String = "old", until wanted: String, seconds: Int = 30)
        async
        -> String
    {
        var answer = ""
        for _ in 0..<(seconds * 10) {
            answer = await self.ask("GET VAR \(device) \(variable)")
            if answer.contains(wanted) { break }
            try? await Task.sleep(for: .milliseconds(100))
        }
        return answer
    }

    /// The answer to one request on a connection of its own.
    func ask(_ request: String) async -> String {
        guard let client = try? await RawClient(port: self.port) else { return "" }
        return await client.ask(request)
    }

    func stop() async {
        for task in self.tasks { task.cancel() }
        for task in self.tasks { await task.value }
        await self.server.stop()
    }
}

/// Runs `body` with a daemon on `source`, and stops it.
func withDaemon(
    _ source: any UPSSource, staleAfter: Duration = .seconds(15), pdu: SourcedOutlets? = nil,
    _ body: (SourcedDaemon) async throws -> Void
) async throws {
    let daemon = try await SourcedDaemon(source, staleAfter: staleAfter, pdu: pdu)
    do {
        try await body(daemon)
    } catch {
        await daemon.stop()
        throw error
    }
    await daemon.stop()
}
