import NUTProtocol
import NUTTransport
import PowerCore

/// What plans are made of: the hosts and loads as the server's own device shows them.
struct PlanBasis: Equatable {
    /// The hosts and loads in the order of the configuration.
    let nodes: [RackPlan.Node]

    /// Reads the variables of the server's own device; a failure where they hold no plan or are not understood.
    init(_ variables: [(name: String, value: String)], json: Bool) throws(Outcome) {
        let lines = variables.compactMap { variable -> (number: Int, line: String)? in
            guard variable.name.hasPrefix(ServerCommand.planPrefix),
                let number = Int(variable.name.dropFirst(ServerCommand.planPrefix.count))
            else { return nil }
            return (number, variable.value)
        }
        // The server sorts by name, where 10 comes before 2.
        var nodes: [RackPlan.Node] = []
        for (number, line) in lines.sorted(by: { $0.number < $1.number }) {
            guard let node = RackPlan.Node(parsing: line) else {
                throw .failure(
                    .failed,
                    "the server's \(ServerCommand.planPrefix)\(number) is not understood: '\(line)'. Is it as new "
                        + "as this pductl?", json: json)
            }
            nodes.append(node)
        }
        guard !nodes.isEmpty else { throw .failure(.failed, "the server has no hosts and no loads", json: json) }
        self.nodes = nodes
    }

    /// The host or load called `name`, without regard to case, as NUT compares names.
    func node(_ name: String) -> RackPlan.Node? {
        let wanted = name.lowercased()
        return self.nodes.first { $0.id.name.lowercased() == wanted }
    }

    /// What is said of a name that is none of `nodes`; `command` is what each that exists is offered with.
    static func unknown(
        _ name: String, what: String, among nodes: [RackPlan.Node], command: String, json: Bool
    ) -> Outcome {
        let names = nodes.map(\.id.name)
        let near = Spelling.nearest(to: name, among: names)
        return .failure(
            .usage, "no \(what) is called '\(name)'. \(near.isEmpty ? "There are:" : "Did you mean:")",
            details: (near.isEmpty ? names : near).map { "\(command) \($0)" }, json: json)
    }

    /// What is said where the server's own device cannot be read.
    static func outcome(of error: NUTClientError, json: Bool) -> Outcome {
        switch error {
        case .refused(.unknownUPS, _, _):
            .failure(.failed, "this server knows no hosts and makes no plans", json: json)
        default: Outcome(error, json: json)
        }
    }
}

extension ServerReader {
    /// Reads what plans are made of.
    func planBasis(json: Bool) async throws(Outcome) -> PlanBasis {
        let variables: [(name: String, value: String)]
        do throws(NUTClientError) {
            variables = try await self.client.variables(of: ServerCommand.device.name).map { ($0.name, $0.value) }
        } catch {
            throw PlanBasis.outcome(of: error, json: json)
        }
        return try PlanBasis(variables, json: json)
    }
}
