import PowerCore

/// `pductl get`: the variables of a device.
struct GetReport {
    /// What is reported on.
    let picture: ServerPicture

    /// All variables of a device a line each, or the value of one; a failure where there is no such device or variable.
    func report(of name: String, variable: String?, json: Bool) throws(Outcome) -> Report {
        guard let device = self.picture.device(name) else { throw self.unknown(name, json: json) }
        if let trouble = device.trouble { throw .failure(.unreachable, "\(device.name): \(trouble)", json: json) }
        return try Self.report(device.variables, variable, of: device.name, typed: device.name, json: json)
    }

    /// The variables of an outlet, by the part of their names behind its number, or the value of one.
    func report(of outlet: OutletPicture, variable: String?, json: Bool) throws(Outcome) -> Report {
        let variables = outlet.values.sorted { $0.key < $1.key }.map { (name: $0.key, value: $0.value) }
        return try Self.report(
            variables, variable, of: "outlet \(outlet.id)", typed: "outlet \(outlet.id)", json: json)
    }

    private static func report(
        _ variables: [(name: String, value: String)], _ variable: String?, of title: String, typed: String, json: Bool
    ) throws(Outcome) -> Report {
        guard let variable else {
            let lines = variables.map { PlainText.printable("\($0.name): \($0.value)") + "\n" }.joined()
            return Report(
                text: { _ in lines }, wide: nil, json: .object(variables.map { ($0.name, .string($0.value)) }))
        }
        let found = variables.first { $0.name.lowercased() == variable.lowercased() }
        guard let found else {
            throw Self.unknown(variable, of: title, typed: typed, among: variables.map(\.name), json: json)
        }
        let line = PlainText.printable(found.value) + "\n"
        return Report(text: { _ in line }, wide: nil, json: .object([(found.name, .string(found.value))]))
    }

    private func unknown(_ name: String, json: Bool) -> Outcome {
        let names = self.picture.devices.map(\.name)
        let near = Spelling.nearest(to: name, among: names)
        return .failure(
            .notFound, "no device is called '\(name)'. \(near.isEmpty ? "There are:" : "Did you mean:")",
            details: (near.isEmpty ? names : near).map { "pductl get \($0)" }, json: json)
    }

    private static func unknown(
        _ variable: String, of title: String, typed: String, among names: [String], json: Bool
    ) -> Outcome {
        let near = Spelling.nearest(to: variable, among: names)
        return .failure(
            .notFound, "\(title) has no variable '\(variable)'. \(near.isEmpty ? "See:" : "Did you mean:")",
            details: near.isEmpty ? ["pductl get \(typed)"] : near.map { "pductl get \(typed) \($0)" }, json: json)
    }
}
