import ArgumentParser
import Foundation
import NUTTransport
import PowerCore

/// `pductl test`.
struct Drill: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "test",
        abstract: "Stops a host in order and starts it again, for real, and says how long it took.",
        discussion: """
            A drill: it shows that the host hears that it is to stop, is seen to be down, and comes back. What needs the \
            host stops before it and is started after it. The server refuses where that could not end well: on battery, \
            where nothing could start the host again, and for the machine the server runs on. It needs a user who may \
            run commands.
            """)

    @Argument(help: "The host.")
    var host: String

    @Flag(help: "Do not ask before anything is stopped.")
    var yes = false

    @Option(help: "How long to wait for the end (15m); as long as all its steps may take without it.")
    var timeout: String?

    @OptionGroup var options: ServerOptions

    /// Between two looks: short beside anything a host does, long beside an answer of the server.
    private static let pause = Duration.milliseconds(500)

    func run() async throws {
        let (json, flags) = (self.options.json, self.options.flags)
        let limit = try self.limit()
        try await self.options.withClient { client in
            let basis = try await ServerReader(client: client).planBasis(json: json)
            let plan = try DrillPlan(self.host, basis, flags: flags, json: json)
            if !json { Outcome.done(plan.text(colour: self.options.isColoured)).show() }
            try self.confirm(plan)
            try await self.options.authenticate(client)
            try await self.order(plan, client)
            try await self.follow(plan, client, atMost: limit ?? plan.limit).show()
        }
    }

    private func limit() throws(Outcome) -> Duration? {
        guard let text = self.timeout else { return nil }
        guard let limit = try? ConfigurationScalar.duration(text), limit > .zero else {
            throw .failure(.usage, "'\(text)' is no time; write it like 90s or 15m", json: self.options.json)
        }
        return limit
    }

    /// Asks on a terminal; elsewhere somebody must have agreed beforehand.
    private func confirm(_ plan: DrillPlan) throws(Outcome) {
        guard !self.yes else { return }
        guard isatty(STDIN_FILENO) == 1 else {
            throw plan.unasked(flags: self.options.flags, json: self.options.json)
        }
        FileHandle.standardError.write(Data(PlainText.printable(plan.question).utf8))
        guard ["y", "yes"].contains(readLine()?.lowercased() ?? "") else {
            throw .failure(.failed, "nothing was stopped", json: self.options.json)
        }
    }

    private func order(_ plan: DrillPlan, _ client: NUTClient) async throws(Outcome) {
        do throws(NUTClientError) {
            _ = try await client.run(PowerManager.drillCommand, on: plan.host.name)
        } catch {
            throw Outcome(error, about: "\(plan.host)", json: self.options.json)
        }
    }

    /// Looks at the hosts until all are up again, one failed, or the time is over.
    private func follow(_ plan: DrillPlan, _ client: NUTClient, atMost limit: Duration) async throws -> Outcome {
        let (json, flags) = (self.options.json, self.options.flags)
        let clock = ContinuousClock()
        let begin = clock.now
        var progress = DrillProgress(plan)
        while true {
            let sights: [HostID: DrillProgress.Sight]
            do throws(NUTClientError) {
                sights = try await Self.look(for: plan.names, client)
            } catch {
                throw DrillReport(progress: progress, time: clock.now - begin).lost(error, json: json)
            }
            let now = clock.now - begin
            let lines = progress.take(sights, at: now)
            if !json { Outcome.done(lines.map { $0 + "\n" }.joined()).show() }
            let report = DrillReport(progress: progress, time: now)
            switch progress.state {
            case .done: return report.done(json: json)
            case .failed(let host): throw report.failed(host, flags: flags, json: json)
            case .underWay where now >= limit: throw report.tooLong(flags: flags, json: json)
            case .underWay: try await clock.sleep(for: min(Self.pause, limit - now))
            }
        }
    }

    /// How the hosts and loads stand; what is just down with the sentence that says what proved it.
    private static func look(
        for names: [HostID], _ client: NUTClient
    ) async throws(NUTClientError) -> [HostID: DrillProgress.Sight] {
        var sights: [HostID: DrillProgress.Sight] = [:]
        let variables = try await client.variables(of: ServerCommand.device.name)
        for variable in variables where variable.name.hasPrefix(ServerCommand.planPrefix) {
            guard let node = RackPlan.Node(parsing: variable.value), names.contains(node.id) else { continue }
            var sight = DrillProgress.Sight(phase: node.phase)
            if node.isHost, node.phase == "stopped" {
                sight.sentence = try? await client.value(of: "host.explain.1", on: node.id.name)
            }
            sights[node.id] = sight
        }
        return sights
    }
}
