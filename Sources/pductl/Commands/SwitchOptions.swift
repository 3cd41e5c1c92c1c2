import ArgumentParser
import NUTTransport
import PowerCore

/// What the commands that switch or lock outlets have in common.
struct SwitchOptions: ParsableArguments {
    @Argument(
        help:
            "The kind (outlet, pdu, group, host, ups; may be left out) and which: 4, rack-a/4, 1-4, a name, group=lab.",
        completion: .shellCommand("pductl __complete targets"))
    var words: [String]

    @Option(
        help: "The name of what may lose its power by this, typed out; may be repeated.",
        completion: .shellCommand("pductl __complete consumers"))
    var force: [String] = []

    @Flag(help: "Do not ask before power is taken away.")
    var yes = false

    @Option(help: "Why, for the history.")
    var reason: String?

    @Option(help: "Between two outlets of one PDU (500ms, 2s).")
    var stagger = "1s"

    @Option(help: "How long each order may take (90s); a minute, and what was asked for on top, without it.")
    var timeout: String?

    @Flag(help: "Do not wait until the orders are carried out.")
    var noWait = false

    @Flag(help: "Show what would be switched, and do nothing.")
    var dryRun = false

    @OptionGroup var options: ServerOptions

    /// The kind and the selectors; a failure where there are none.
    func targets() throws(Outcome) -> (kind: Kind?, selectors: [Selector]) {
        let words = KindedWords(self.words)
        guard !words.words.contains(""), !(words.words.count == 1 && words.kind == nil && words.words[0] == "outlet")
        else {
            throw .failure(
                .usage, "name an outlet: pductl cycle outlet rack-a/4. See:",
                details: ["pductl\(self.options.flags) list outlets"], json: self.options.json)
        }
        return (words.kind, try Self.selectors(words.words, json: self.options.json))
    }

    /// Reads selectors.
    static func selectors(_ words: [String], json: Bool) throws(Outcome) -> [Selector] {
        var selectors: [Selector] = []
        for word in words {
            do throws(SelectorError) {
                selectors.append(try Selector(word))
            } catch {
                throw error.outcome(json: json)
            }
        }
        return selectors
    }

    /// Finds what is meant, asks, gives the orders, waits for their outcome.
    func run(_ action: OutletAction, _ order: OrderOptions) async throws {
        let (kind, selectors) = try self.targets()
        let pace = try self.pace(order)
        var limits = NUTClientLimits()
        limits.result = pace.timeout
        try await self.options.withClient(limits: limits) { client in
            let picture = try await ServerReader(client: client).picture(withCommands: true)
            let things = try self.things(action, kind, selectors, picture)
            var options = order
            let plan = try self.plan(action, things, &options, picture)
            if self.dryRun { return try self.options.show(SwitchSummary.rehearsal(plan)) }
            // Whoever has typed the name of the only thing that is meant has agreed.
            let hasTyped = options != order && plan.orders.count == 1
            if !hasTyped { try self.confirm(plan, isAll: selectors.contains { $0.terms.contains(.all) }) }
            try await self.options.authenticate(client)
            try await self.carryOut(plan, pace, client)
        }
    }

    /// How orders follow each other.
    func pace(_ order: OrderOptions) throws(Outcome) -> SwitchRun.Pace {
        let json = self.options.json
        var pace = SwitchRun.Pace()
        pace.stagger = try OrderOptions.duration(self.stagger, "--stagger", json: json)
        pace.timeout += .seconds((order.offTime ?? 0) + (order.delay ?? 0))
        if let text = self.timeout { pace.timeout = try OrderOptions.duration(text, "--timeout", json: json) }
        pace.waits = !self.noWait
        return pace
    }

    private func things(
        _ action: OutletAction, _ kind: Kind?, _ selectors: [Selector], _ picture: ServerPicture
    ) throws(Outcome) -> [Thing] {
        do throws(Selection.Failure) {
            return try Selection(picture: picture, kind: kind).things(selectors)
        } catch {
            let flags = self.options.flags
            throw error.outcome(
                Selection.Wording(
                    command: "pductl\(flags) \(action.rawValue)", flags: flags,
                    undone: action.switches ? "nothing was switched" : "nothing was \(action.done)",
                    json: self.options.json))
        }
    }

    /// The plan; on a terminal the names of what is protected are asked for where they were not given.
    private func plan(
        _ action: OutletAction, _ things: [Thing], _ order: inout OrderOptions, _ picture: ServerPicture
    ) throws(Outcome) -> SwitchPlan {
        let (flags, json) = (self.options.flags, self.options.json)
        let plan = try SwitchPlan(action, things, order, in: picture, flags: flags, json: json)
        guard !self.dryRun, let refusal = plan.refusal(order, flags: flags, json: json) else { return plan }
        guard Terminal.canAsk else { throw refusal }
        for (protected, names) in plan.unforced(order) {
            let typed = Terminal.ask("\(protected.title) is protected. Type \(names[0]) to have it \(action.done): ")
            guard let typed, names.contains(where: { $0.lowercased() == typed.lowercased() }) else {
                throw .failure(.failed, "nothing was switched", json: json)
            }
            order.forced.append(typed)
        }
        return try SwitchPlan(action, things, order, in: picture, flags: flags, json: json)
    }

    /// Asks on a terminal; a script means what it says, but for everything at once.
    private func confirm(_ plan: SwitchPlan, isAll: Bool) throws(Outcome) {
        guard !self.yes else { return }
        let names = plan.orders.map(\.name).joined(separator: ", ")
        guard let question = plan.question ?? (isAll ? "This is about \(names). Go on? [y/N] " : nil) else { return }
        guard Terminal.canAsk else {
            guard isAll else { return }
            throw .failure(
                .usage, "all is \(names); without a terminal it needs --yes", json: self.options.json)
        }
        guard Terminal.agrees(question) else {
            throw .failure(.failed, "nothing was switched", json: self.options.json)
        }
    }

    private func carryOut(_ plan: SwitchPlan, _ pace: SwitchRun.Pace, _ client: NUTClient) async throws {
        let format = self.options.format
        let size = Terminal.size.flatMap { $0.rows > plan.orders.count ? $0 : nil }
        let style: SwitchProgress.Style =
            switch format {
            case .json: .json
            case .table, .wide: size.map { .inPlace(columns: $0.columns) } ?? .lines
            case .yaml, .csv, .name: .silent
            }
        let progress = SwitchProgress(plan.orders, style: style)
        let summary = await SwitchRun(client: client, plan: plan, pace: pace, progress: progress).run()
        var outcome = summary.outcome
        if style == .json { outcome.complaint = "" }
        if style == .silent {
            let report = Report(text: { _ in "" }, wide: nil, json: summary.json)
            outcome.output = try report.printed(as: format, colour: false)
        }
        guard outcome.status == .done else { throw outcome }
        outcome.show()
    }
}
