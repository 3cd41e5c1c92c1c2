import Foundation
import SNMPTables

/// A recording of a real device, with outlets that can be switched where it says so.
struct Recording {
    /// A line of a live outlet: `d=rpdu,o=3,r=st`.
    struct Live {
        var dialect: String
        var outlet: Int
        var role: String
        var isOn: Bool
    }

    static let folder = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "shared/data/pdu/snmprec")

    /// Whether the recordings are there at all.
    static var arePresent: Bool { FileManager.default.fileExists(atPath: self.folder.path) }

    var objects: [OID: SNMPValue] = [:]
    var live: [OID: Live] = [:]

    init(_ name: String) throws {
        let text = try String(contentsOf: Self.folder.appending(path: "\(name).snmprec"), encoding: .utf8)
        for line in text.split(separator: "\n") {
            let parts = line.split(separator: "|", maxSplits: 2, omittingEmptySubsequences: false)
            guard parts.count == 3, let name = OID(String(parts[0])) else { continue }
            if parts[1] == "2:outlet" {
                self.live[name] = Self.live(parts[2])
            } else {
                self.objects[name] = Self.value(parts[1], String(parts[2]))
            }
        }
    }

    private static func value(_ tag: Substring, _ text: String) -> SNMPValue {
        switch tag {
        case "2": Int64(text).map { .integer($0) } ?? .null
        case "4": .octets(Array(text.utf8))
        case "4x": .octets(text.split(separator: " ").compactMap { UInt8($0, radix: 16) })
        case "6": OID(text).map { .oid($0) } ?? .null
        case "65", "66", "67", "70": UInt64(text).map { .unsigned($0) } ?? .null
        default: .null
        }
    }

    private static func live(_ text: Substring) -> Live {
        let pairs = text.split(separator: ",").map { $0.split(separator: "=", maxSplits: 1).map(String.init) }
        let words = Dictionary(pairs.compactMap { $0.count == 2 ? ($0[0], $0[1]) : nil }) { first, _ in first }
        return Live(
            dialect: words["d"] ?? "", outlet: words["o"].flatMap { Int($0) } ?? 0, role: words["r"] ?? "",
            isOn: words["init"] != "off")
    }

    /// What a live object says: dialect and role, and the numbers for on and off.
    private static let shown: [String: (on: Int64, off: Int64)] = [
        "spdu ctl": (1, 2), "rpdu ctl": (1, 2), "rpdu st": (1, 2), "rpdu2 ctl": (1, 2), "rpdu2 st": (2, 1),
        "cps ctl": (1, 2), "cps st": (1, 2), "eaton st": (1, 0), "eaton on": (-1, -1), "eaton off": (-1, -1),
        "eaton cyc": (-1, -1),
    ]

    /// The agent that plays it: orders 1 and 2 switch, and Eaton's columns of seconds.
    func agent() -> FakeAgent {
        let agent = FakeAgent(self.objects)
        let live = self.live
        agent.change { state in
            for (name, object) in live {
                Self.show(object, object.isOn, name, &state)
                state.effects[name] = { value, state in
                    guard let isOn = Self.wanted(object, value) else { return }
                    for (other, same) in live where same.outlet == object.outlet {
                        Self.show(same, isOn, other, &state)
                    }
                }
            }
        }
        return agent
    }

    private static func show(_ object: Live, _ isOn: Bool, _ name: OID, _ state: inout FakeAgent.State) {
        guard object.role != "pend" else {
            state.objects[name] = .integer(2)
            return
        }
        guard let shown = self.shown["\(object.dialect) \(object.role)"] else { return }
        state.objects[name] = .integer(isOn ? shown.on : shown.off)
    }

    private static func wanted(_ object: Live, _ value: SNMPValue) -> Bool? {
        switch (object.dialect, object.role, value) {
        case ("eaton", "on", .integer(0)): true
        case ("eaton", "off", .integer(0)): false
        case ("eaton", _, _): nil
        case (_, "ctl", .integer(1)): true
        case (_, "ctl", .integer(2)): false
        default: nil
        }
    }
}
