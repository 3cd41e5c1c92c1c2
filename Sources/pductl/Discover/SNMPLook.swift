import PowerCore

/// Asks one SNMP agent who it is.
protocol SNMPAsking: Sendable {
    /// What the agent at `address` calls itself (RFC 3418: sysObjectID and sysDescr); nil where nobody answers.
    ///
    /// One request of each version at most, with a limit of a second or two.
    func identity(at address: String, community: String) async -> SNMPIdentity?
}

/// Who an SNMP agent says it is.
struct SNMPIdentity: Equatable {
    /// sysObjectID.0, numbers with points between.
    var objectID: String
    /// sysDescr.0.
    var description: String
    /// Whether it only answered SNMPv1.
    var isVersion1 = false
}

/// Finds PDUs and UPSes among SNMP agents.
enum SNMPLook {
    /// Questions at the same time.
    private static let atOnce = 64

    /// Looks at every address with one community.
    static func look(
        _ addresses: [String], community: String, communityFile: String?, _ asker: any SNMPAsking
    ) async -> [Discovery] {
        await Gather.each(addresses, atOnce: Self.atOnce) { address in
            await asker.identity(at: address, community: community).map {
                Self.discovery($0, at: address, communityFile: communityFile)
            }
        }.compactMap { $0 }
    }

    /// What an agent is, by its sysObjectID.
    static func discovery(_ identity: SNMPIdentity, at address: String, communityFile: String?) -> Discovery {
        let family = Self.families.first {
            identity.objectID == $0.objectID || identity.objectID.hasPrefix($0.objectID + ".")
        }
        var settings = [Discovery.Setting("address", address)]
        if identity.isVersion1 { settings.append(Discovery.Setting("version", "1")) }
        if let communityFile { settings.append(Discovery.Setting("community-file", communityFile)) }
        let words = identity.description.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        let sentence = words.isEmpty ? identity.objectID : "\(words.prefix(80)) (\(identity.objectID))"
        return Discovery(
            use: family?.use ?? .none, driver: "snmp", label: family?.label ?? "agent", settings: settings,
            remark: "SNMP agent \(address): \(sentence)")
    }

    private struct Family {
        var objectID: String
        var use: Discovery.Use
        var label: String
    }

    /// Who numbers agents how (the enterprises of IANA, and the vendors' MIBs); what is longer comes first.
    private static let families: [Family] = {
        let enterprises = "1.3.6.1.4.1"
        let pdus = [
            ("318.1.3.4", "apc-pdu"), ("3808.1.1.3", "cyberpower-pdu"), ("3808.1.1.6", "cyberpower-pdu"),
            ("534.6.6", "eaton-pdu"), ("232.165.7", "hpe-pdu"), ("20677", "eaton-pdu"), ("13742", "raritan-pdu"),
            ("1718", "sentry-pdu"), ("21239", "vertiv-pdu"), ("28507", "gude-pdu"), ("21317", "aten-pdu"),
            ("850.1.3", "tripplite-pdu"), ("2606.7.4", "rittal-pdu"), ("1418.4", "iboot-pdu"),
        ]
        let upses = [
            ("318.1.3", "apc-ups"), ("3808.1.1.1", "cyberpower-ups"), ("534.1", "eaton-ups"), ("705.1", "mge-ups"),
        ]
        return pdus.map { Family(objectID: "\(enterprises).\($0.0)", use: .pdu, label: $0.1) }
            + upses.map { Family(objectID: "\(enterprises).\($0.0)", use: .ups, label: $0.1) }
            + [Family(objectID: "1.3.6.1.2.1.33", use: .ups, label: "ups")]
    }()
}
