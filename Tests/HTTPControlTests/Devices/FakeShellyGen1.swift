import HTTPControl
import PowerCore

/// A Shelly 4Pro of the first generation as its documentation describes it.
struct FakeShellyGen1: FakeDevice {
    let profile = Configuration.HTTPOutlets.Profile.shellyGen1
    let door = BasicGuard(user: "admin", password: "s3cret&=?\"\\")

    func answer(_ request: LoopbackServer.Request, _ strip: FakeStrip) -> LoopbackServer.Reply {
        if let refusal = self.door.refusal(of: request) { return refusal }
        switch request.path {
        case "/status": return .json(Self.status(strip))
        case "/settings": return .json(Self.settings(strip))
        default: return Self.relay(request, strip)
        }
    }

    private static func status(_ strip: FakeStrip) -> [String: Any] {
        [
            "relays": strip.outlets.map {
                ["ison": $0.isOn, "has_timer": $0.due != nil, "timer_remaining": 0, "is_valid": true] as [String: Any]
            },
            "meters": strip.outlets.map {
                ["power": $0.isOn ? 6 : 0, "is_valid": true, "total": 120] as [String: Any]
            },
        ]
    }

    private static func settings(_ strip: FakeStrip) -> [String: Any] {
        [
            "device": ["type": "SHSW-44", "mac": "98F4ABB88DB5", "num_outputs": strip.count] as [String: Any],
            "name": "rack", "relays": strip.outlets.map { ["name": $0.name, "default_state": "last"] },
        ]
    }

    private static func relay(_ request: LoopbackServer.Request, _ strip: FakeStrip) -> LoopbackServer.Reply {
        guard request.path.hasPrefix("/relay/"), let id = Int(request.path.dropFirst(7)), (0..<strip.count).contains(id)
        else { return .answer(404, [], "Not Found") }
        let timer = request.query["timer"].flatMap(Double.init)
        guard let turn = request.query["turn"] else { return .answer(400, [], "Bad turn") }
        let taken = timer.map { strip.cycle(id + 1, seconds: $0) } ?? strip.turn(id + 1, turn == "on")
        guard taken == .taken else { return .answer(403, [], "Forbidden") }
        return .json(["ison": strip.outlets[id].isOn, "has_timer": timer != nil])
    }
}
