/// How the outlets of a PDU are switched that has ready-made variables.
struct OutletWays {
    /// One of the two ways that NUT's drivers know.
    enum Way {
        /// By `outlet.N.load.on` and `outlet.N.load.off`.
        case command
        /// By setting `outlet.N.status`, which some drivers let their clients write.
        case variable
    }

    private let commands: Set<String>
    private let writable: Set<String>

    init(_ state: SourcedState) {
        self.commands = Set(state.commands)
        self.writable = Set(state.variables.lazy.filter(\.isWritable).map(\.name))
    }

    /// How an outlet is switched; nil where it cannot be.
    func way(of outlet: Int) -> Way? {
        let both = [OutletPosition.on, .off].map { Self.command($0, of: outlet) }
        if self.commands.isSuperset(of: both) { return .command }
        return self.writable.contains(Self.variable(of: outlet)) ? .variable : nil
    }

    /// Whether the PDU can be told to switch an outlet off and on by itself.
    func canCycle(_ outlet: Int) -> Bool { self.commands.contains(Self.cycle(of: outlet)) }

    /// Whether another server of ours is at the other end, which takes the words of ``OutletOptions``.
    func isOurs(_ outlet: Int) -> Bool {
        [OutletCommand(outlet, .lock), OutletCommand(outlet, .unlock)].contains { self.commands.contains($0.name) }
    }

    /// The variable that stores an outlet's name in the PDU; nil where there is none that may be set.
    func name(of outlet: Int) -> String? {
        ["outlet.\(outlet).name", "outlet.\(outlet).desc"].first(where: self.writable.contains)
    }

    /// NUT's command that switches an outlet off and on.
    static func cycle(of outlet: Int) -> String { "outlet.\(outlet).load.cycle" }

    /// NUT's command that puts an outlet into a position.
    static func command(_ position: OutletPosition, of outlet: Int) -> String {
        "outlet.\(outlet).load.\(position.rawValue)"
    }

    /// NUT's variable that holds the position of an outlet.
    static func variable(of outlet: Int) -> String {
        "outlet.\(outlet).status"
    }
}
