internal import PowerCore

/// What a Kasa plug or strip says of itself.
struct KasaDevice: Hashable {
    /// One outlet.
    struct Outlet: Hashable {
        /// What the strip calls it in orders; nil for the one outlet of a plug.
        var child: String?
        var name: String?
        var position: OutletPosition?
    }

    var variables: [Variable]
    /// In the order that is printed on the device.
    var outlets: [Outlet]
    var hasMeter: Bool

    /// Reads the answer to ``KasaRequest/information``.
    init(_ information: JSONTree) throws(UnusableAnswer) {
        self.variables = Self.variables(information)
        self.hasMeter = information["feature"].text?.split(separator: ":").contains("ENE") ?? false
        if information["children"] != .nothing || information["child_num"] != .nothing {
            self.outlets = try Self.outlets(information["children"].items ?? [])
        } else {
            // Bulbs speak the same protocol and have no relay.
            guard information["relay_state"] != .nothing else { throw UnusableAnswer("it tells of no outlet") }
            self.outlets = [
                Outlet(name: Self.name(information), position: Self.position(information["relay_state"]))
            ]
        }
    }

    /// An outlet without a name of its own in orders would make an order one to all of them.
    private static func outlets(_ children: [JSONTree]) throws(UnusableAnswer) -> [Outlet] {
        guard !children.isEmpty else { throw UnusableAnswer("it is a strip that lists no outlets") }
        guard children.count <= OutletLimits.outlets else {
            throw UnusableAnswer("it lists \(children.count) outlets, more than any strip has")
        }
        let outlets = children.map { child in
            Outlet(child: child["id"].text, name: Self.name(child), position: Self.position(child["state"]))
        }
        let ids = Set(outlets.compactMap(\.child).filter { !$0.isEmpty })
        guard ids.count == outlets.count else { throw UnusableAnswer("it lists outlets that cannot be told apart") }
        return outlets
    }

    private static func name(_ tree: JSONTree) -> String? {
        tree["alias"].text.map(\.shown).flatMap { $0.isEmpty ? nil : $0 }
    }

    private static func position(_ tree: JSONTree) -> OutletPosition? {
        switch tree {
        case .number(1): .on
        case .number(0): .off
        default: nil
        }
    }

    private static func variables(_ information: JSONTree) -> [Variable] {
        let texts = [
            ("device.model", information["model"].text), ("device.serial", information["deviceId"].text),
            ("device.macaddr", information["mac"].text ?? information["mic_mac"].text),
            ("ups.firmware", information["sw_ver"].text),
        ]
        return [Variable("device.mfr", "TP-Link"), Variable("device.type", "pdu")]
            + texts.compactMap { name, text in text.map(\.shown).flatMap { $0.isEmpty ? nil : Variable(name, $0) } }
    }
}
