/// What a Kasa device has answered to a request.
enum KasaAnswer: Hashable {
    /// What it was asked for.
    case done(JSONTree)
    /// That it does not do it, with its own number and words.
    case refused(code: Int, message: String)

    /// The numbers with which firmware says that it has no such module or command.
    private static let unknownRequest = [-1, -2]

    /// Reads an answer; nil where it is no answer to `request`.
    init?(_ bytes: [UInt8], to request: KasaRequest) {
        guard let module = JSONTree(parsing: bytes)?[request.module] else { return nil }
        // A module that the device does not have answers for itself.
        let answer = module[request.command] == .nothing ? module : module[request.command]
        guard let code = answer["err_code"].number, let code = Int(exactly: code) else { return nil }
        self = code == 0 ? .done(answer) : .refused(code: code, message: answer["err_msg"].text?.shown ?? "")
    }

    /// Whether the device does not know the request at all.
    var isUnknownRequest: Bool {
        if case .refused(let code, _) = self { Self.unknownRequest.contains(code) } else { false }
    }
}
