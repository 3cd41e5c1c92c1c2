public import NIOCore
public import PowerCore

/// The nodes behind a `powermand`, each of them an outlet.
///
/// One connection per call. The daemon keeps no state of its own: every question goes to the devices behind it, and a success
/// that it prints says that a device has answered as its script expects, not that a relay moved.
public struct PowermanOutlets: OutletController {
    private typealias Conversation = OutletConversation<PowermanReply>

    private let place: OutletPlace
    private let nodes: [String]

    /// Makes a controller of nodes, the first of which is outlet 1.
    ///
    /// Without `nodes`, all that the daemon has are listed in its own order, and none can be switched: one more in its
    /// configuration would move the numbers of those behind it.
    public init(
        _ pdu: DeviceID, at address: Configuration.Endpoint, nodes: [String],
        limits: OutletLimits = OutletLimits(call: Configuration.Powerman.callLimit), group: (any EventLoopGroup)? = nil
    ) {
        self.place = OutletPlace(
            pdu, at: address, limits: limits, whenRefused: "start powermand there, and let it listen at that address",
            group: group)
        self.nodes = nodes
    }

    /// Reads the state of every node.
    public func read() async throws(DeviceFailure) -> PDUReading {
        try await self.place.converse({ PowermanReplyDecoder() }) { conversation throws(DeviceFailure) in
            let version = try await self.begin(conversation)
            let there = try await self.knownNodes(conversation)
            let listed = self.nodes.isEmpty ? Array(there.prefix(OutletLimits.outlets)) : self.nodes
            let states = try await self.states(of: listed.filter(there.contains), conversation)
            let outlets = listed.enumerated().map { index, node in
                OutletReading(
                    number: index + 1, name: node, position: states[node],
                    isSwitchable: !self.nodes.isEmpty && there.contains(node))
            }
            return PDUReading(variables: Self.variables(version), outlets: outlets)
        }
    }

    /// Orders the daemon to switch a node; what its devices say against it is a failure.
    public func turn(_ outlet: Int, _ position: OutletPosition) async throws(DeviceFailure) {
        try await self.order(position.rawValue, outlet)
    }

    /// Orders the daemon to switch a node off and on, in the way and for the time that its device's script has.
    ///
    /// A script that waits between the two keeps the daemon from saying anything meanwhile, so that nobody sees it off.
    public func cycle(_ outlet: Int, offTime: Duration) async throws(DeviceFailure) {
        try await self.order("cycle", outlet)
    }

    private static func variables(_ version: String) -> [Variable] {
        [
            Variable("device.mfr", "powerman"), Variable("device.model", "powermand \(version)"),
            Variable("device.type", "pdu"),
        ]
    }

    // MARK: Conversation

    /// Waits for the greeting and asks for lists in which every node has a line; returns the daemon's version.
    private func begin(_ conversation: Conversation) async throws(DeviceFailure) -> String {
        guard let version = try await conversation.next().texts(PowermanReply.Code.version).first else {
            throw self.place.failure(.stalled, "what listens at \(self.place.endpoint) is no powermand")
        }
        // The command turns a switch over, which is off for a new client.
        for _ in 1...2 {
            let reply = try await self.ask("exprange", conversation)
            if reply.end == PowermanReply.Code.rangesExpanded, reply.endText.hasSuffix("ON") { return version.shown }
        }
        throw self.place.failure(.stalled, "it does not list its nodes one by one")
    }

    private func knownNodes(_ conversation: Conversation) async throws(DeviceFailure) -> [String] {
        let reply = try await self.ask("nodes", conversation)
        guard reply.isDone else { throw self.place.failure(.stalled, "it lists no nodes: \(reply.troubles)") }
        return reply.texts(PowermanReply.Code.node).filter(Configuration.Powerman.isNode)
    }

    /// How nodes stand; those that the daemon does not know the state of are left out.
    private func states(
        of nodes: [String], _ conversation: Conversation
    ) async throws(DeviceFailure) -> [String: OutletPosition] {
        guard !nodes.isEmpty else { return [:] }
        let reply = try await self.ask("status \(nodes.joined(separator: ","))", conversation)
        let states = Self.states(in: reply)
        let isQueried = reply.isDone || reply.end == PowermanReply.Code.queriedWithErrors
        // All of them unknown: the device behind the daemon has not said a word.
        guard isQueried, reply.isDone || !states.isEmpty else { throw self.failure(of: "status", reply) }
        return states
    }

    static func states(in reply: PowermanReply) -> [String: OutletPosition] {
        var states: [String: OutletPosition] = [:]
        for text in reply.texts(PowermanReply.Code.state) {
            guard let colon = text.lastIndex(of: ":") else { continue }
            let word = text[text.index(after: colon)...].drop { $0 == " " }
            states[String(text[..<colon])] = OutletPosition(rawValue: String(word))
        }
        return states
    }

    private func order(_ verb: String, _ outlet: Int) async throws(DeviceFailure) {
        try await self.place.converse({ PowermanReplyDecoder() }) { conversation throws(DeviceFailure) in
            _ = try await self.begin(conversation)
            let there = try await self.knownNodes(conversation)
            let node = try self.node(of: outlet, there)
            let reply = try await self.ask("\(verb) \(node)", conversation)
            guard reply.isDone else { throw self.failure(of: "\(verb) \(node)", reply) }
        }
    }

    /// The node that an outlet stands for. A name that the daemon does not list itself may be a name for several of them.
    private func node(of outlet: Int, _ there: [String]) throws(DeviceFailure) -> String {
        guard !self.nodes.isEmpty else {
            throw self.place.failure(
                .notSupported, "no nodes are configured, so that the numbers of its outlets may change",
                remedy: "add nodes: [\(there.prefix(OutletLimits.outlets).joined(separator: ", "))]")
        }
        guard self.nodes.indices.contains(outlet - 1) else {
            throw self.place.failure(.notSupported, "there is no outlet \(outlet), there are \(self.nodes.count)")
        }
        let node = self.nodes[outlet - 1]
        guard there.contains(node) else {
            throw self.place.failure(
                .notSupported, "powermand has no node \(node), which is outlet \(outlet)",
                remedy: "correct nodes:, or powermand's own configuration")
        }
        return node
    }

    private func ask(
        _ command: String, _ conversation: Conversation
    ) async throws(DeviceFailure) -> PowermanReply {
        try await conversation.ask(Array("\(command)\r\n".utf8))
    }

    private func failure(of command: String, _ reply: PowermanReply) -> DeviceFailure {
        let said = "\(command): \(reply.troubles)"
        return switch reply.end {
        case PowermanReply.Code.busy: self.place.failure(.busy, said)
        case PowermanReply.Code.noSuchNode, PowermanReply.Code.cannotBeDone: self.place.failure(.notSupported, said)
        case PowermanReply.Code.queriedWithErrors: self.place.failure(.timedOut, said)
        // Its own words are all there is to tell a device that is away from one that says no.
        case PowermanReply.Code.doneWithErrors where reply.troubles.contains("connect timeout"):
            self.place.failure(.timedOut, said)
        default: self.place.failure(.stalled, said)
        }
    }
}
