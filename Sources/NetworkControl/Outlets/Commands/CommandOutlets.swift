public import PowerCore

/// Outlets that programs on this machine read and switch, for everything that has no driver of its own.
///
/// A program is run without a shell and no longer than it may. What its code means: ``CommandCode``.
public final class CommandOutlets: OutletController {
    private let pdu: DeviceID
    private let commands: Configuration.OutletCommands
    /// What the configuration calls the outlets, which comes before what the programs do.
    private let names: [Int: String]
    private let programs: ProgramRunner

    /// Makes a controller; no program is run before the first call.
    public init(
        _ pdu: DeviceID, _ commands: Configuration.OutletCommands, names: [Int: String] = [:],
        searchPath: String? = nil, limits: NetworkLimits = NetworkLimits()
    ) {
        var limits = limits
        limits.program = commands.timeout
        self.pdu = pdu
        self.commands = commands
        self.names = names
        self.programs = ProgramRunner(searchPath: searchPath ?? ProgramRunner.searchPath, limits: limits)
    }

    /// Runs the program that reads.
    public func read() async throws(DeviceFailure) -> PDUReading {
        let words = self.commands.read
        let end = await self.programs.read(self.call(words))
        guard end.how == .exited(0) else { throw self.failure(end, of: words) }
        let program = words.first ?? ""
        guard !end.printed.isCut else {
            throw self.failure(.stalled, "\(program) prints more than \(OutputText.kept) bytes")
        }
        do throws(UnusableAnswer) {
            let outlets = try OutletListing(String(decoding: end.printed.bytes, as: UTF8.self)).outlets
            return PDUReading(variables: [Variable("device.type", "pdu")], outlets: outlets)
        } catch {
            throw self.failure(.stalled, "\(program): \(error.reason)")
        }
    }

    /// Runs the program for that position.
    public func turn(_ outlet: Int, _ position: OutletPosition) async throws(DeviceFailure) {
        try await self.run(position == .on ? self.commands.on : self.commands.off, "\(position.rawValue):", outlet)
    }

    /// Runs the program that switches off and on, which is told the seconds between them.
    public func cycle(_ outlet: Int, offTime: Duration) async throws(DeviceFailure) {
        let seconds = max(0, offTime.components.seconds)
        try await self.run(self.commands.cycle, "cycle:", outlet, [CommandTemplate.seconds: "\(seconds)"])
    }

    /// Runs the program that stores names, which is told the new one.
    public func rename(_ outlet: Int, to name: String) async throws(DeviceFailure) {
        try await self.run(self.commands.rename, "rename:", outlet, [CommandTemplate.name: name])
    }

    /// Runs a program for one outlet; what is not said in `values` is looked up.
    private func run(
        _ words: [String], _ key: String, _ outlet: Int, _ values: [String: String] = [:]
    ) async throws(DeviceFailure) {
        guard !words.isEmpty else {
            throw self.failure(
                .notSupported, "no program for \(key) is configured", remedy: "add \(key) to its section")
        }
        let outlets = try await self.read().outlets
        guard let found = outlets.first(where: { $0.number == outlet }) else {
            let numbers = outlets.map { "\($0.number)" }.joined(separator: ", ")
            throw self.failure(.notSupported, "there is no outlet \(outlet), there are \(numbers)".shown)
        }
        var values = values
        values[CommandTemplate.outlet] = "\(outlet)"
        let template = CommandTemplate(words: words)
        if template.has(CommandTemplate.name), values[CommandTemplate.name] == nil {
            values[CommandTemplate.name] = try self.name(of: found)
        }
        try self.check(values[CommandTemplate.name] ?? "", outlet)
        let filled = template.filled(values)
        let end = await self.programs.run(self.call(filled, outlet))
        guard end.how == .exited(0) else { throw self.failure(end, of: filled) }
    }

    private func name(of outlet: OutletReading) throws(DeviceFailure) -> String {
        guard let name = self.names[outlet.number] ?? outlet.name else {
            throw self.failure(
                .notSupported, "outlet \(outlet.number) has no name that could stand for \(CommandTemplate.name)",
                remedy: "name it under outlets:, or use \(CommandTemplate.outlet)")
        }
        return name
    }

    /// A name may come from the device, and a program that is given one like `-f` takes it for an option.
    private func check(_ name: String, _ outlet: Int) throws(DeviceFailure) {
        guard !name.hasPrefix("-") else {
            throw self.failure(
                .notSupported, "outlet \(outlet) is called '\(name.shown)', which a program would take for an option",
                remedy: "name it otherwise")
        }
    }

    private func call(_ words: [String], _ outlet: Int? = nil) -> ProgramCall {
        var environment = ["UPSD_PDU": self.pdu.name]
        if let outlet { environment["UPSD_OUTLET"] = "\(outlet)" }
        return ProgramCall(words, for: self.pdu.name, environment: environment)
    }

    private func failure(_ end: ProgramEnd, of words: [String]) -> DeviceFailure {
        self.failure(CommandCode.kind(of: end.how), end.sentence(about: words.first ?? ""))
    }

    private func failure(_ kind: DeviceFailure.Kind, _ detail: String, remedy: String = "") -> DeviceFailure {
        DeviceFailure(kind, device: self.pdu.name, detail: detail, remedy: remedy)
    }
}
