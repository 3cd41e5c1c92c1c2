import NUTProtocol
import PowerCore

extension NUTFuzz {
    /// A client's connection: the answers must not depend on how the bytes were cut.
    static func feedServer(_ bytes: [UInt8], settings: UInt8, _ cuts: Cuts) throws(Violation) {
        let offers: [EncryptionOffer] = [.none, .offered, .required, .offered]
        var whole = FuzzConnection(FuzzWorld(encryption: offers[Int(settings & 3)]))
        whole.turns = settings & 4 == 0 ? 0 : 64
        var cut = whole
        try whole.take(bytes)
        var cuts = cuts
        for part in cuts.parts(of: bytes) where !cut.isOver { try cut.take(part) }
        try Self.require(
            whole.answered == cut.answered && whole.isOver == cut.isOver, "cut otherwise it is answered otherwise")
    }

    /// What a driver says: what is known of it must not depend on the cuts, and must fit into answers.
    static func feedDriver(_ bytes: [UInt8], _ cuts: Cuts) throws(Violation) {
        var cuts = cuts
        let whole = Self.hear([bytes[...]])
        let cut = Self.hear(cuts.parts(of: bytes))
        try Self.require(whole.fault == cut.fault && whole.answers == cut.answers, "cut otherwise it says otherwise")
        guard whole.fault == nil, case .fresh(let state)? = whole.standing else { return }
        try Self.require(cut.standing == whole.standing, "cut otherwise it shows otherwise")
        try Self.require(
            state.variables.count <= DriverLimits.variables && state.commands.count <= DriverLimits.commands
                && Set(state.variables.map(\.name)).count == state.variables.count, "too much, or twice the same")
        _ = (UPSReading(state), PDUReading(sourced: state))
        try Self.show(state)
    }

    private static func hear(
        _ parts: [ArraySlice<UInt8>]
    ) -> (answers: [DriverSession.Answer], fault: DriverFault?, standing: DriverSession.Standing?) {
        var session = DriverSession(at: .origin)
        var answers: [DriverSession.Answer] = []
        do throws(DriverFault) {
            for part in parts { answers += try session.take(part.span, at: .origin) }
        } catch {
            // What was said before the fault is lost or not with the part it came in.
            return ([], error, nil)
        }
        return (answers, nil, session.standing())
    }

    /// Asks for all of it, as clients do.
    private static func show(_ state: SourcedState) throws(Violation) {
        let commands = state.commands.map { InstantCommand($0) }
        let device = DeviceSnapshot(
            id: "ups", description: state.value("device.description"), availability: .fresh,
            variables: state.variables, commands: commands)
        var connection = FuzzConnection(FuzzWorld([device]))
        var requests = ["USERNAME a", "PASSWORD p", "LIST UPS", "LIST VAR ups", "LIST RW UPS", "LIST CMD Ups"]
        for name in state.variables.prefix(32).map(\.name) {
            requests += ["GET VAR", "GET TYPE", "GET DESC", "LIST ENUM", "LIST RANGE"].map { "\($0) ups \(name)" }
            requests.append("SET VAR ups \(name) 20")
        }
        for name in state.commands.prefix(32) { requests += ["GET CMDDESC ups \(name)", "INSTCMD ups \(name)"] }
        for request in requests { try connection.take(Array("\(request)\n".utf8)) }
        try Self.require(!connection.isOver, "a name of a driver ends a client's connection")
    }

    /// Another server's answers, and requests made of the same bytes.
    static func feedClient(_ bytes: [UInt8], _ cuts: Cuts) throws(Violation) {
        var cuts = cuts
        let (whole, cut) = (Self.read([bytes[...]]), Self.read(cuts.parts(of: bytes)))
        try Self.require(whole.answers == cut.answers && whole.fault == cut.fault, "cut otherwise it reads otherwise")
        let words = bytes.prefix(4_096).split(separator: 0x20, omittingEmptySubsequences: false)
            .map { String(decoding: $0, as: UTF8.self) }
        var session = DriverSession(at: .origin)
        if let order = session.order(words) { try Self.check(order.bytes, has: words + ["TRACKING", order.id]) }
        if let request = ClientRequest(words) { try Self.check(request.bytes, has: words) }
    }

    private static func read(_ parts: [ArraySlice<UInt8>]) -> (answers: [ClientAnswer], fault: ClientReplyFault?) {
        var parser = ClientReplyParser()
        var answers: [ClientAnswer] = []
        do throws(ClientReplyFault) {
            for part in parts {
                var index = 0
                let bytes = Array(part)
                while index < bytes.count {
                    let (next, answer) = try parser.consume(bytes.span, from: index)
                    if let answer { answers.append(answer) }
                    index = next
                }
            }
        } catch {
            return (answers, error)
        }
        return (answers, nil)
    }

    /// What is sent must come out as it went in, as one line.
    private static func check(_ bytes: [UInt8], has words: [String]) throws(Violation) {
        var parser = LineParser()
        let (next, event) = parser.consume(bytes.span)
        try Self.require(
            event == .line && next == bytes.count && parser.line.texts == words, "\(words) became \(parser.line.texts)")
    }
}
