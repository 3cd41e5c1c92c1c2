import HTTPControl
import PowerCore

/// A NETIO 4All with its JSON interface, as the vendor's documentation describes it.
struct FakeNETIO: FakeDevice {
    let profile = Configuration.HTTPOutlets.Profile.netio
    let door = BasicGuard(user: "admin", password: "s3cret&=?\"\\")

    func answer(_ request: LoopbackServer.Request, _ strip: FakeStrip) -> LoopbackServer.Reply {
        if let refusal = self.door.refusal(of: request) { return refusal }
        guard request.path == "/netio.json" else { return .answer(404) }
        for output in request.json["Outputs"] as? [[String: Any]] ?? [] {
            guard let outlet = output["ID"] as? Int, let action = output["Action"] as? Int,
                (1...strip.count).contains(outlet)
            else { return .answer(400) }
            guard Self.take(action, outlet, output, strip) == .taken else { return .answer(403) }
        }
        return .json(Self.document(strip))
    }

    private static func take(
        _ action: Int, _ outlet: Int, _ output: [String: Any], _ strip: FakeStrip
    ) -> FakeStrip.Taken {
        switch action {
        case 0, 1: strip.turn(outlet, action == 1)
        case 2: strip.cycle(outlet, seconds: (output["Delay"] as? Double ?? 5000) / 1000)
        default: .taken
        }
    }

    private static func document(_ strip: FakeStrip) -> [String: Any] {
        [
            "Agent": [
                "Model": "NETIO 4All", "DeviceName": "rack", "SerialNumber": "24:A4:2C:39:11:5A",
                "NumOutputs": strip.count,
            ] as [String: Any],
            "GlobalMeasure": ["Voltage": 239.1, "Frequency": 50.1],
            "Outputs": strip.outlets.enumerated().map { index, outlet in
                [
                    "ID": index + 1, "Name": outlet.name, "State": outlet.isOn ? 1 : 0, "Action": 6, "Delay": 5000,
                    "Current": 126, "PowerFactor": 0.9, "Load": outlet.isOn ? 27 : 0, "Energy": 2081,
                ] as [String: Any]
            },
        ]
    }
}
