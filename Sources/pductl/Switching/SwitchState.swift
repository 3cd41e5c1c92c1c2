import PowerCore

/// How one order stands.
enum SwitchState: Equatable {
    /// Its turn has not come.
    case waiting
    /// The server has been told.
    case underWay
    /// It has been carried out; how the outlet stands, where that is known.
    case done(String?)
    /// The server has taken it, to be carried out later or without anybody waiting for it.
    case taken
    /// It came to nothing.
    case failed(Ending, String)

    /// How a command with this order alone ends.
    var ending: Ending {
        switch self {
        case .failed(let ending, _): ending
        case .waiting, .underWay, .done, .taken: .done
        }
    }

    /// The word for programs.
    var word: String {
        switch self {
        case .waiting: "waiting"
        case .underWay: "ordered"
        case .done: "done"
        case .taken: "taken"
        case .failed: "failed"
        }
    }

    /// The line for people: what it is about and how it stands.
    func line(of order: SwitchOrder) -> String {
        let words: String =
            switch self {
            case .waiting: "waits"
            case .underWay: order.action.underWay
            case .done(let status): order.action.done + (status.map { "; it is \($0)" } ?? "")
            case .taken:
                order.delay.map { "will be \(order.action.done) in \(Duration.seconds($0).inShort)" }
                    ?? "the server has taken the order"
            case .failed: "not \(order.action.done)"
            }
        return PlainText.printable("\(order.title): \(words)")
    }

    /// The object for programs.
    func json(of order: SwitchOrder) -> JSONValue {
        var entries: [(String, JSONValue)] = [
            ("target", .string(order.name)), ("kind", .string(order.kind.rawValue)),
            ("action", .string(order.action.rawValue)), ("state", .string(self.word)),
        ]
        if case .done(let status) = self { entries.append(("status", .string(orNull: status))) }
        if case .failed(let ending, let sentence) = self {
            entries += [("exit", .number("\(ending.rawValue)")), ("message", .string(sentence))]
        }
        return .object(entries)
    }
}
