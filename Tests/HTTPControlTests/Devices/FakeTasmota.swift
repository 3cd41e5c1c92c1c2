import HTTPControl
import PowerCore

/// A strip with Tasmota as its documentation describes it.
struct FakeTasmota: FakeDevice {
    let profile = Configuration.HTTPOutlets.Profile.tasmota

    func answer(_ request: LoopbackServer.Request, _ strip: FakeStrip) -> LoopbackServer.Reply {
        guard request.path == "/cm" else { return .answer(404) }
        guard request.query["user"] == "admin", request.query["password"] == "s3cret&=?\"\\" else {
            return .json(["WARNING": "Need user=<username>&password=<password>"], status: 401)
        }
        let command = request.query["cmnd"] ?? ""
        if command == "Status 0" { return .json(Self.status(strip)) }
        if command.hasPrefix("Backlog ") { return Self.backlog(command, strip) }
        return Self.power(command, strip)
    }

    /// A relay's key: there is no number where there is one relay.
    private static func key(_ outlet: Int, _ strip: FakeStrip) -> String {
        strip.count == 1 ? "POWER" : "POWER\(outlet)"
    }

    private static func status(_ strip: FakeStrip) -> [String: Any] {
        var state: [String: Any] = ["Time": "2026-11-28T12:00:00", "Vcc": 3.4, "LoadAvg": 19]
        for (index, outlet) in strip.outlets.enumerated() {
            state[self.key(index + 1, strip)] = outlet.isOn ? "ON" : "OFF"
        }
        return [
            "Status": ["DeviceName": "rack", "FriendlyName": strip.outlets.map(\.name), "Power": "1111"],
            "StatusNET": ["Mac": "2C:3A:E8:00:00:00"],
            "StatusSNS": ["ENERGY": ["Total": 1.5, "Power": strip.outlets.map { $0.isOn ? 7 : 0 }, "Voltage": 231]],
            "StatusSTS": state,
        ]
    }

    private static func power(_ command: String, _ strip: FakeStrip) -> LoopbackServer.Reply {
        let words = command.split(separator: " ")
        guard words.count == 2, words[0].hasPrefix("Power"), let number = Int(words[0].dropFirst(5)) else {
            return .json(["Command": "Unknown"])
        }
        // Like the firmware, which takes a number that it does not have for its first relay: no driver may send one.
        let outlet = (1...strip.count).contains(number) ? number : 1
        guard strip.turn(outlet, words[1] == "On") == .taken else { return .json(["Command": "Error"]) }
        return .json([self.key(outlet, strip): strip.outlets[outlet - 1].isOn ? "ON" : "OFF"])
    }

    private static func backlog(_ command: String, _ strip: FakeStrip) -> LoopbackServer.Reply {
        guard let match = command.wholeMatch(of: /Backlog Power(\d+) Off; Delay (\d+); Power(\d+) On/),
            match.1 == match.3, let outlet = Int(match.1), let tenths = Double(match.2)
        else { return .json(["Command": "Unknown"]) }
        guard strip.cycle(outlet, seconds: tenths / 10) == .taken else { return .json(["Command": "Error"]) }
        return .answer(200, [("Content-Type", "application/json")], "{}")
    }
}
