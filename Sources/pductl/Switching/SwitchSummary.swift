/// What is said when all orders of a command have come out.
struct SwitchSummary {
    /// The orders with their ends.
    let ends: [(order: SwitchOrder, state: SwitchState)]

    /// How the command ends, with a sentence for each order that came to nothing.
    ///
    /// What was done has been said while it was done.
    var outcome: Outcome {
        let failed = self.ends.compactMap { order, state -> String? in
            guard case .failed(_, let sentence) = state else { return nil }
            return "pductl: \(PlainText.printable("\(order.title): \(sentence)"))\n"
        }
        var outcome = Outcome(complaint: failed.joined(), status: Ending(of: self.ends.map(\.state.ending)))
        if self.ends.count > 1, !failed.isEmpty {
            let names = self.ends.filter { $0.state.ending != .done }.map(\.order.name).joined(separator: ", ")
            let done = self.ends.count - failed.count
            outcome.complaint += "pductl: \(done) of \(self.ends.count) done; not done: \(PlainText.printable(names))\n"
        }
        return outcome
    }

    /// The same for programs, an object for each order.
    var json: JSONValue { .array(self.ends.map { $0.state.json(of: $0.order) }) }

    /// What would be done, for `--dry-run`.
    static func rehearsal(_ plan: SwitchPlan) -> Report {
        var table = TextTable("TARGET", "ACTION", "NOW", "FEEDS", "ORDER")
        for order in plan.orders {
            let now = Set(order.outlets.map { $0.status ?? "unknown" }).sorted().joined(separator: ", ")
            let fed = order.outlets.flatMap(\.fed).reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
            table.add(
                .init(order.name), .init(order.action.rawValue), .init(now), .init(fed.joined(separator: ", ")),
                .init(Self.line(of: order)))
        }
        let text = { (colour: Bool) in table.text(colour: colour) + "\nnothing was done: this was a rehearsal\n" }
        let json = plan.orders.map { order in
            JSONValue.object([
                ("target", .string(order.name)), ("action", .string(order.action.rawValue)),
                ("outlets", .array(order.outlets.map { .string("\($0.id)") })),
                ("feeds", .array(order.outlets.flatMap(\.fed).map { .string($0) })),
                ("device", .string(order.device)), ("command", .string(order.command)),
                ("parameter", .string(orNull: order.parameter)),
            ])
        }
        return Report(text: text, wide: nil, json: .array(json))
    }

    private static func line(of order: SwitchOrder) -> String {
        "\(order.device) \(order.command)" + (order.parameter.map { " '\($0)'" } ?? "")
    }
}
