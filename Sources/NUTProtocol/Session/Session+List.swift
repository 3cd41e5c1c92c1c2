internal import PowerCore

extension Session {
    private enum ListTopic: String, CaseIterable {
        static let table = KeywordTable<ListTopic>()

        case devices = "UPS"
        case variables = "VAR"
        case writable = "RW"
        case commands = "CMD"
        case clients = "CLIENT"
        case enumeration = "ENUM"
        case range = "RANGE"

        /// Words behind the topic; more are ignored.
        var arguments: Int {
            switch self {
            case .devices: 0
            case .variables, .writable, .commands, .clients: 1
            case .enumeration, .range: 2
            }
        }
    }

    func list(_ line: Line, in world: some SessionWorld, replies: inout ReplyBuffer) throws(ErrorWord) {
        guard let topic = ListTopic.table[line.keyword(1)], line.count >= topic.arguments + 2 else {
            throw .invalidArgument
        }
        switch topic {
        case .devices: self.listDevices(in: world, replies: &replies)
        case .variables: try self.listVariables(line, in: world, replies: &replies)
        case .writable: try self.listWritable(line, in: world, replies: &replies)
        case .commands: try self.listCommands(line, in: world, replies: &replies)
        case .clients: try self.listClients(line, in: world, replies: &replies)
        case .enumeration: try self.listEnumeration(line, in: world, replies: &replies)
        case .range: try self.listRange(line, in: world, replies: &replies)
        }
    }

    private func listDevices(in world: some SessionWorld, replies: inout ReplyBuffer) {
        replies.appendLine("BEGIN LIST UPS")
        replies.appendLines(world.catalogue.deviceLines(for: self.address)[...])
        replies.appendLine("END LIST UPS")
    }

    private func listVariables(
        _ line: Line, in world: some SessionWorld, replies: inout ReplyBuffer
    ) throws(ErrorWord) {
        let page = try self.availablePage(line[2], in: world)
        let device = line[2] ?? page.name
        replies.appendFrame("BEGIN LIST VAR", device)
        let start = replies.bytes.count
        replies.appendLines(page.variableLines[...])
        if device != page.name {
            for entry in page.variables {
                replies.overwrite(at: start + entry.lineStart + "VAR ".utf8.count, with: device)
            }
        }
        replies.appendFrame("END LIST VAR", device)
    }

    private func listWritable(_ line: Line, in world: some SessionWorld, replies: inout ReplyBuffer) throws(ErrorWord) {
        let page = try self.availablePage(line[2], in: world)
        let device = line[2] ?? page.name
        replies.appendFrame("BEGIN LIST RW", device)
        for entry in page.variables where page.device.variables[entry.index].isWritable {
            replies.append("RW")
            replies.appendWord(device)
            // The name and the value of the `VAR` line, with the space before them.
            replies.appendLines(page.variableLines[(entry.name.lowerBound - 1)..<entry.lineEnd])
        }
        replies.appendFrame("END LIST RW", device)
    }

    private func listCommands(_ line: Line, in world: some SessionWorld, replies: inout ReplyBuffer) throws(ErrorWord) {
        let page = try self.availablePage(line[2], in: world)
        let device = line[2] ?? page.name
        replies.appendFrame("BEGIN LIST CMD", device)
        let start = replies.bytes.count
        replies.appendLines(page.commandLines[...])
        if device != page.name {
            for entry in page.commands {
                replies.overwrite(at: start + entry.lineStart + "CMD ".utf8.count, with: device)
            }
        }
        replies.appendFrame("END LIST CMD", device)
    }

    private func listClients(_ line: Line, in world: some SessionWorld, replies: inout ReplyBuffer) throws(ErrorWord) {
        let page = try self.page(line[2], in: world)
        let device = line[2] ?? page.name
        replies.appendFrame("BEGIN LIST CLIENT", device)
        for address in world.clients(of: page.device.id) {
            replies.append("CLIENT")
            // NUT shows the configured name here, and the client's spelling in the frame.
            replies.appendWord(page.name)
            replies.appendWord(address)
            replies.endLine()
        }
        replies.appendFrame("END LIST CLIENT", device)
    }

    private func listEnumeration(
        _ line: Line, in world: some SessionWorld, replies: inout ReplyBuffer
    ) throws(ErrorWord) {
        let (variable, device, name) = try self.variable(of: line, in: world)
        replies.appendFrame("BEGIN LIST ENUM", device, name)
        if case .enumeration(let texts) = variable.kind {
            for text in texts {
                replies.append("ENUM")
                replies.appendWord(device)
                replies.appendWord(name)
                replies.appendQuoted(text)
                replies.endLine()
            }
        }
        replies.appendFrame("END LIST ENUM", device, name)
    }

    private func listRange(_ line: Line, in world: some SessionWorld, replies: inout ReplyBuffer) throws(ErrorWord) {
        let (variable, device, name) = try self.variable(of: line, in: world)
        replies.appendFrame("BEGIN LIST RANGE", device, name)
        if case .range(let bounds) = variable.kind {
            replies.append("RANGE")
            replies.appendWord(device)
            replies.appendWord(name)
            replies.appendQuoted(String(bounds.lowerBound))
            replies.appendQuoted(String(bounds.upperBound))
            replies.endLine()
        }
        replies.appendFrame("END LIST RANGE", device, name)
    }

    private func variable(
        of line: Line, in world: some SessionWorld
    ) throws(ErrorWord) -> (Variable, device: ArraySlice<UInt8>, name: ArraySlice<UInt8>) {
        let page = try self.availablePage(line[2], in: world)
        guard let device = line[2], let name = line[3], let entry = page.variable(name) else {
            throw .variableNotSupported
        }
        return (page.device.variables[entry.index], device, name)
    }
}
