import PowerCore

/// `pductl get`: the variables of a device.
struct GetReport {
    /// What is reported on.
    let picture: ServerPicture

    /// All variables a line each, or the value of one; a failure where there is no such device or variable.
    func text(of name: String, variable: String?, json: Bool) throws(Outcome) -> String {
        guard let device = self.picture.device(name) else { throw self.unknown(name, json: json) }
        if let trouble = device.trouble { throw .failure(.failed, "\(device.name): \(trouble)", json: json) }
        guard let variable else {
            guard !json else { return device.variablesJSON.text + "\n" }
            return device.variables.map { PlainText.printable("\($0.name): \($0.value)") + "\n" }.joined()
        }
        let found = device.variables.first { $0.name.lowercased() == variable.lowercased() }
        guard let found else { throw Self.unknown(variable, of: device, json: json) }
        return json
            ? JSONValue.object([(found.name, .string(found.value))]).text + "\n"
            : PlainText.printable(found.value) + "\n"
    }

    private func unknown(_ name: String, json: Bool) -> Outcome {
        let names = self.picture.devices.map(\.name)
        let near = Spelling.nearest(to: name, among: names)
        return .failure(
            .usage, "no device is called '\(name)'. \(near.isEmpty ? "There are:" : "Did you mean:")",
            details: (near.isEmpty ? names : near).map { "pductl get \($0)" }, json: json)
    }

    private static func unknown(_ variable: String, of device: DevicePicture, json: Bool) -> Outcome {
        let near = Spelling.nearest(to: variable, among: device.variables.map(\.name))
        let details = near.isEmpty ? ["pductl get \(device.name)"] : near.map { "pductl get \(device.name) \($0)" }
        return .failure(
            .usage, "\(device.name) has no variable '\(variable)'. \(near.isEmpty ? "See:" : "Did you mean:")",
            details: details, json: json)
    }
}
