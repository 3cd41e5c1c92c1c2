import PowerCore

/// What is to be done about `on`, `off` or `cycle`, decided from what the server said before anything is asked of it.
struct SwitchDecision: Equatable {
    /// The outlet.
    var outlet: OutletPicture
    /// What is asked.
    var action: OutletAction
    /// The name typed behind `--force`.
    var force: String?

    /// Decides, or says why nothing is to be done.
    ///
    /// `flags` are the options that belong into commands offered for typing.
    init(
        _ action: OutletAction, _ target: String, force: String?, in picture: ServerPicture, flags: String, json: Bool
    ) throws(Outcome) {
        switch OutletTarget(target, in: picture) {
        case .found(let outlet):
            try Self.refuseGuess(action, target, outlet, picture, flags: flags, json: json)
            (self.outlet, self.action, self.force) = (outlet, action, force)
        case .ambiguous(let outlets):
            throw Self.ambiguous(action, target, outlets, flags: flags, json: json)
        case .unknown(let nearest):
            throw Self.unknown(action, target, nearest, picture, flags: flags, json: json)
        }
        guard self.outlet.isSwitchable != false, !self.outlet.actions.isEmpty else {
            let reason = self.outlet.isSwitchable == false ? "" : ": the server offers no command for it"
            throw .failure(.failed, "outlet \(self.outlet.title) cannot be switched\(reason)", json: json)
        }
        guard self.outlet.actions.contains(action) else { throw self.missing(flags: flags, json: json) }
    }

    /// The question that is asked on a terminal before power is taken away; nil where none is.
    var question: String? {
        switch self.action {
        case .on: nil
        case .off: "Switch off outlet \(self.outlet.title)? [y/N] "
        case .cycle: "Switch outlet \(self.outlet.title) off and on? [y/N] "
        }
    }

    /// What is said when the order has been carried out; `status` is what was read back.
    func report(isDone: Bool, status: String?, json: Bool) -> Outcome {
        guard !json else {
            let value = JSONValue.object([
                ("outlet", .string("\(self.outlet.id)")), ("action", .string(self.action.rawValue)),
                ("done", isDone ? .boolean(true) : .null), ("status", .string(orNull: status)),
            ])
            return .done(value.text + "\n")
        }
        let title = PlainText.printable(self.outlet.title)
        guard isDone else {
            return .done("outlet \(title): the server has taken the order; it does not tell how it came out\n")
        }
        let now = status.map { "; it is \(PlainText.printable($0))" } ?? ""
        return .done("outlet \(title): \(self.action.done)\(now)\n")
    }

    private static func ambiguous(
        _ action: OutletAction, _ target: String, _ outlets: [OutletPicture], flags: String, json: Bool
    ) -> Outcome {
        let commands = outlets.map { Self.command(action, $0, flags: flags) }
        let width = commands.map(\.count).max() ?? 0
        let details = zip(commands, outlets).map { command, outlet in
            let words = [
                outlet.fed.isEmpty ? outlet.name : "feeds \(outlet.fed.joined(separator: ", "))", outlet.status,
            ]
            let remark = words.compactMap { $0 }.joined(separator: ", ")
            let gap = String(repeating: " ", count: width - command.count)
            return remark.isEmpty ? command : "\(command)\(gap)   # \(remark)"
        }
        let places = outlets.map { "\($0.id)" }.joined(separator: ", ")
        return .failure(
            .usage, "'\(target)' may be any of \(places); nothing was switched. Type one of:", details: details,
            json: json)
    }

    /// A number or a name that fits one outlet proves nothing while a device that may have such an outlet too is silent.
    private static func refuseGuess(
        _ action: OutletAction, _ target: String, _ outlet: OutletPicture, _ picture: ServerPicture, flags: String,
        json: Bool
    ) throws(Outcome) {
        let silent = picture.devices.filter { $0.trouble != nil }.map(\.name)
        guard !target.contains("/"), !silent.isEmpty else { return }
        throw .failure(
            .usage,
            "'\(target)' may be an outlet of \(silent.joined(separator: " or ")) too, of which nothing is known now; "
                + "nothing was switched. If this one is meant, type:",
            details: [Self.command(action, outlet, flags: flags)], json: json)
    }

    private static func unknown(
        _ action: OutletAction, _ target: String, _ nearest: [String], _ picture: ServerPicture, flags: String,
        json: Bool
    ) -> Outcome {
        let silent = picture.devices.filter { $0.trouble != nil }.map { "\($0.name): \($0.trouble ?? "")" }
        if let pdu = target.split(separator: "/").first, let trouble = picture.device(pdu)?.trouble {
            return .failure(.failed, "\(pdu): \(trouble), so that nothing is known of its outlets", json: json)
        }
        guard !picture.outlets.isEmpty else {
            let sentence = silent.isEmpty ? "the server has no outlets" : "nothing is known of any outlet:"
            return .failure(silent.isEmpty ? .usage : .failed, sentence, details: silent, json: json)
        }
        guard nearest.isEmpty else {
            let details = nearest.map { "pductl\(flags) \(action.rawValue) outlet \($0)" }
            return .failure(.usage, "no outlet is called '\(target)'. Did you mean:", details: details, json: json)
        }
        return .failure(
            .usage, "no outlet is called '\(target)'. See:", details: ["pductl\(flags) list outlets"], json: json)
    }

    /// The device has other commands, but not this one.
    private func missing(flags: String, json: Bool) -> Outcome {
        let sentence = "\(self.outlet.id.pdu) has no command to \(self.action.rawValue) outlet \(self.outlet.id.number)"
        guard self.action == .cycle, Set(self.outlet.actions).isSuperset(of: [.on, .off]) else {
            return .failure(.failed, sentence, json: json)
        }
        let details = [OutletAction.off, .on].map { Self.command($0, self.outlet, flags: flags) }
        return .failure(.failed, "\(sentence), only off and on. Type:", details: details, json: json)
    }

    private static func command(_ action: OutletAction, _ outlet: OutletPicture, flags: String) -> String {
        "pductl\(flags) \(action.rawValue) outlet \(outlet.id)"
    }
}
