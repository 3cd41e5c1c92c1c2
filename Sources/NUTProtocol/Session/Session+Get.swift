internal import PowerCore

extension Session {
    private enum GetTopic: String, CaseIterable {
        static let table = KeywordTable<GetTopic>()

        case variable = "VAR"
        case type = "TYPE"
        case description = "DESC"
        case commandDescription = "CMDDESC"
        case deviceDescription = "UPSDESC"
        case loginCount = "NUMLOGINS"
        case tracking = "TRACKING"

        /// Words behind the topic; more are ignored.
        var arguments: Int {
            switch self {
            case .tracking: 0
            case .deviceDescription, .loginCount: 1
            case .variable, .type, .description, .commandDescription: 2
            }
        }
    }

    func get(_ line: Line, in world: some SessionWorld, replies: inout ReplyBuffer) throws(ErrorWord) {
        guard let topic = GetTopic.table[line.keyword(1)], line.count >= topic.arguments + 2 else {
            throw .invalidArgument
        }
        switch topic {
        case .variable: try self.getVariable(line, in: world, replies: &replies)
        case .type: try self.getType(line, in: world, replies: &replies)
        case .description: try self.getDescription(line, in: world, replies: &replies)
        case .commandDescription: try self.getCommandDescription(line, in: world, replies: &replies)
        case .deviceDescription: try self.getDeviceDescription(line, in: world, replies: &replies)
        case .loginCount: try self.getLoginCount(line, in: world, replies: &replies)
        case .tracking: try self.getTracking(line, in: world, replies: &replies)
        }
    }

    private func getVariable(_ line: Line, in world: some SessionWorld, replies: inout ReplyBuffer) throws(ErrorWord) {
        guard let name = line[3] else { throw .invalidArgument }
        if let serverVariable = try self.serverVariable(name, in: world) {
            // NUT does not look at the device's name here, so it may be anything.
            return try self.echo("VAR", line, quoted: serverVariable, replies: &replies)
        }
        let page = try self.availablePage(line[2], in: world)
        guard let entry = page.variable(name) else { throw .variableNotSupported }
        let start = replies.bytes.count
        replies.appendLines(page.variableLines[entry.lineStart..<entry.lineEnd])
        // The names in the client's own spelling: some clients compare them with case.
        if let device = line[2] { replies.overwrite(at: start + "VAR ".utf8.count, with: device) }
        replies.overwrite(at: start + entry.name.lowerBound - entry.lineStart, with: name)
    }

    private static let serverPrefix = ArraySlice("server.".utf8)
    private static let serverInfo = Keyword("server.info")
    private static let serverVersion = Keyword("server.version")

    private func serverVariable(
        _ name: ArraySlice<UInt8>, in world: some SessionWorld
    ) throws(ErrorWord) -> String? {
        guard ASCII.hasPrefix(name, Self.serverPrefix) else { return nil }
        switch Keyword(name.span) {
        case Self.serverInfo: return world.version.text
        case Self.serverVersion: return world.version.number
        default: throw .variableNotSupported
        }
    }

    private func getType(_ line: Line, in world: some SessionWorld, replies: inout ReplyBuffer) throws(ErrorWord) {
        let page = try self.availablePage(line[2], in: world)
        guard let device = line[2], let name = line[3], let entry = page.variable(name) else {
            throw .variableNotSupported
        }
        let variable = page.device.variables[entry.index]
        replies.append("TYPE")
        replies.appendWord(device)
        replies.appendWord(name)
        if variable.isWritable { replies.append(" RW") }
        switch variable.kind {
        case .number: replies.append(" NUMBER")
        case .range: replies.append(" RANGE NUMBER")
        case .string(let length): replies.appendWord("STRING:\(length)")
        case .enumeration(let texts):
            replies.append(" ENUM")
            replies.appendWord("STRING:\(texts.map(\.utf8.count).max() ?? 0)")
        }
        replies.endLine()
    }

    private func getDescription(
        _ line: Line, in world: some SessionWorld, replies: inout ReplyBuffer
    ) throws(ErrorWord) {
        _ = try self.availablePage(line[2], in: world)
        let text = Descriptions.variable(line.text(3) ?? "")
        try self.echo("DESC", line, quoted: text ?? Descriptions.none, replies: &replies)
    }

    private func getCommandDescription(
        _ line: Line, in world: some SessionWorld, replies: inout ReplyBuffer
    ) throws(ErrorWord) {
        let page = try self.availablePage(line[2], in: world)
        let own = line[3].flatMap { page.command($0) }.flatMap { page.device.commands[$0.index].description }
        let text = own ?? Descriptions.command(line.text(3) ?? "") ?? Descriptions.none
        try self.echo("CMDDESC", line, quoted: text, replies: &replies)
    }

    private func getDeviceDescription(
        _ line: Line, in world: some SessionWorld, replies: inout ReplyBuffer
    ) throws(ErrorWord) {
        let page = try self.page(line[2], in: world)
        replies.append("UPSDESC")
        replies.appendWord(line[2] ?? page.name)
        replies.appendQuoted(page.device.description ?? "Unavailable")
        replies.endLine()
    }

    private func getLoginCount(
        _ line: Line, in world: some SessionWorld, replies: inout ReplyBuffer
    ) throws(ErrorWord) {
        let page = try self.availablePage(line[2], in: world)
        replies.append("NUMLOGINS")
        replies.appendWord(line[2] ?? page.name)
        replies.appendWord(String(world.clients(of: page.device.id).count))
        replies.endLine()
    }

    private func getTracking(_ line: Line, in world: some SessionWorld, replies: inout ReplyBuffer) throws(ErrorWord) {
        guard let id = line.text(2) else { return replies.appendLine(self.isTracking ? "ON" : "OFF") }
        guard self.isTracking else { throw .featureNotConfigured }
        switch world.trackingState(of: id) {
        case nil: throw .unknown
        case .pending: replies.appendLine("PENDING")
        case .finished(.done): replies.appendLine("SUCCESS")
        case .finished(.failed(let reason, let trouble)): replies.appendError(.failed, reason, trouble)
        }
    }

    /// Answers with two words of the request as they came, and a text.
    ///
    /// They may be up to 512 bytes long each, as they need not name anything we know; an answer of more than a line
    /// cannot be given.
    private func echo(
        _ kind: StaticString, _ line: Line, quoted text: String, replies: inout ReplyBuffer
    ) throws(ErrorWord) {
        guard let device = line[2], let name = line[3],
            replies.hasRoom(for: kind.utf8CodeUnitCount + device.count + name.count + Self.shortestText)
        else { throw .invalidArgument }
        replies.append(kind)
        replies.appendWord(device)
        replies.appendWord(name)
        replies.appendQuoted(text)
        replies.endLine()
    }

    /// The least room for an echo's text: three spaces, two quotes and one of our sentences.
    private static let shortestText = 80
}
