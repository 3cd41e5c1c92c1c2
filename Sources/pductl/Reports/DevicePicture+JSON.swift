import PowerCore

extension DevicePicture {
    /// The device as JSON, in the shape of its kind.
    var json: JSONValue {
        switch self.kind {
        case .ups, .lab: self.upsJSON
        case .pdu: self.pduJSON
        case .host: self.hostJSON
        }
    }

    /// Name, description, trouble and the status as a list of words.
    private var headJSON: [(String, JSONValue)] {
        let words = (self["ups.status"] ?? "").split(separator: " ").map { JSONValue.string(String($0)) }
        return [
            ("name", .string(self.name)), ("description", .string(orNull: self.description)),
            ("trouble", .string(orNull: self.trouble)), ("status", .array(words)),
        ]
    }

    /// A UPS.
    var upsJSON: JSONValue {
        .object(
            self.headJSON + [
                ("charge", .number(orNull: self["battery.charge"])),
                ("runtime", .number(orNull: self["battery.runtime"])),
                ("watts", .number(orNull: self["ups.realpower"])), ("load", .number(orNull: self["ups.load"])),
            ])
    }

    /// A PDU with its outlets.
    var pduJSON: JSONValue {
        .object(self.headJSON + [("outlets", .array(self.outlets.map(\.json)))])
    }

    /// A host with what the server says of its plans.
    var hostJSON: JSONValue {
        let feeds = (self["host.feeds"] ?? "").split(separator: " ").map { JSONValue.string(String($0)) }
        let needs = (self["host.needs"] ?? "").split(separator: " ").map { JSONValue.string(String($0)) }
        return .object(
            self.headJSON + [
                ("phase", .string(orNull: self["host.phase"])), ("tier", .string(orNull: self["host.tier"])),
                ("feeds", .array(feeds)), ("needs", .array(needs)),
                ("runtime", .number(orNull: self["battery.runtime"])),
                ("explanation", .array(self.explanation.map { .string($0) })),
            ])
    }

    /// All variables as JSON, by name.
    var variablesJSON: JSONValue {
        .object(self.variables.map { ($0.name, .string($0.value)) })
    }

    /// The sentences in which the server explains a host, in their order.
    var explanation: [String] {
        let prefix = "host.explain."
        let numbered = self.variables.compactMap { variable -> (Int, String)? in
            guard variable.name.hasPrefix(prefix), let number = Int(variable.name.dropFirst(prefix.count)) else {
                return nil
            }
            return (number, variable.value)
        }
        return numbered.sorted { $0.0 < $1.0 }.map(\.1)
    }

    /// The sentences, one a line; empty for what is no host.
    var explanationText: String {
        self.explanation.map { PlainText.printable($0) + "\n" }.joined()
    }
}
