internal import PowerCore

extension Session {
    private enum SetTopic: String, CaseIterable {
        static let table = KeywordTable<SetTopic>()

        case variable = "VAR"
        case tracking = "TRACKING"
    }

    mutating func set(
        _ line: Line, in world: some SessionWorld, replies: inout ReplyBuffer
    ) throws(ErrorWord) -> [SessionEffect] {
        switch SetTopic.table[line.keyword(1)] {
        case .variable: return try self.setVariable(line, in: world)
        case .tracking: try self.setTracking(line, replies: &replies)
        case nil: throw .invalidArgument
        }
        return []
    }

    private static let on = Keyword("ON")
    private static let off = Keyword("OFF")

    private mutating func setTracking(_ line: Line, replies: inout ReplyBuffer) throws(ErrorWord) {
        switch line.keyword(2) {
        case Self.on: self.isTracking = true
        case Self.off: self.isTracking = false
        default: throw .invalidArgument
        }
        replies.appendLine("OK")
    }

    private func setVariable(_ line: Line, in world: some SessionWorld) throws(ErrorWord) -> [SessionEffect] {
        guard let name = line[3], let value = line.text(4) else { throw .invalidArgument }
        let page = try self.availablePage(line[2], in: world)
        let device = page.device.id
        // The right comes before the question whether the variable exists, as in NUT.
        try self.require(.set(variable: String(decoding: name, as: UTF8.self)), on: device, in: world)
        guard let entry = page.variable(name) else { throw .variableNotSupported }
        let variable = page.device.variables[entry.index]
        guard variable.isWritable else { throw .readOnly }
        try variable.kind.check(value)
        return [.submit(.set(device, variable: variable.name, value: value), isTracked: self.isTracking)]
    }

    func instantCommand(_ line: Line, in world: some SessionWorld) throws(ErrorWord) -> [SessionEffect] {
        guard let name = line[2] else { throw .invalidArgument }
        let page = try self.availablePage(line[1], in: world)
        guard let entry = page.command(name) else { throw .commandNotSupported }
        let command = page.device.commands[entry.index].name
        try self.require(.run(command: command), on: page.device.id, in: world)
        // NUT takes one parameter; with more words behind the command it takes none.
        let parameter = line.count == 4 ? line.text(3) : nil
        let order = ClientOrder.command(page.device.id, name: command, parameter: parameter)
        return [.submit(order, isTracked: self.isTracking)]
    }

    /// Needs no fresh values: a silent device is a reason to shut down, not one to refuse it.
    func forcedShutdown(_ line: Line, in world: some SessionWorld) throws(ErrorWord) -> [SessionEffect] {
        guard line.count == 2 else { throw .invalidArgument }
        let device = try self.page(line[1], in: world).device.id
        try self.require(.forceShutdown, on: device, in: world)
        return [.submit(.forcedShutdown(device), isTracked: false)]
    }
}

extension Variable.Kind {
    /// Throws the error word for a value that a variable of this kind cannot take.
    func check(_ value: String) throws(ErrorWord) {
        switch self {
        case .string(let maximum):
            guard maximum > 0 else { throw .setFailed }
            guard value.utf8.count <= maximum else { throw .tooLong }
        case .enumeration(let texts):
            guard texts.contains(value) else { throw .invalidValue }
        case .range(let bounds):
            guard let number = Int(value), bounds.contains(number) else { throw .invalidValue }
        case .number:
            guard Self.isDecimal(value) else { throw .invalidValue }
        }
    }

    /// Whether `text` is a decimal number: digits with at most one point among them, and perhaps a sign before.
    private static func isDecimal(_ text: String) -> Bool {
        let digits = text.utf8.first == UInt8(ascii: "-") ? text.utf8.dropFirst() : text.utf8[...]
        let parts = digits.split(separator: UInt8(ascii: "."), maxSplits: 1, omittingEmptySubsequences: false)
        return parts.allSatisfy { part in !part.isEmpty && part.allSatisfy { (0x30...0x39).contains($0) } }
    }
}
