import HTTPControl
import PowerCore

/// A Digital Loggers controller with its REST interface, as the vendor's page and programs that use it describe it.
struct FakeDigitalLoggers: FakeDevice {
    let profile = Configuration.HTTPOutlets.Profile.digitalLoggers
    let door = DigestGuard("MD5", user: "admin", password: "s3cret&=?\"\\", saysStale: false)

    func answer(_ request: LoopbackServer.Request, _ strip: FakeStrip) -> LoopbackServer.Reply {
        if let refusal = self.door.refusal(of: request) { return refusal }
        let parts = request.path.split(separator: "/").map(String.init)
        guard parts.count == 5, Array(parts[0...2]) == ["restapi", "relay", "outlets"] else { return .answer(404) }
        if parts[3] == "all;", request.method == "GET" {
            guard parts[4] == "=name,physical_state" else { return .answer(404) }
            return .json(strip.outlets.flatMap { [$0.name, $0.isOn] as [Any] }, status: 207)
        }
        guard let index = Int(parts[3]), (0..<strip.count).contains(index) else { return .answer(404) }
        guard request.headers["x-csrf"] != nil else { return .answer(400, [], "CSRF protection") }
        return Self.order(request, parts[4], index + 1, strip)
    }

    private static func order(
        _ request: LoopbackServer.Request, _ part: String, _ outlet: Int, _ strip: FakeStrip
    ) -> LoopbackServer.Reply {
        switch (request.method, part, request.body) {
        case ("PUT", "state", "value=true"): return self.reply(strip.turn(outlet, true))
        case ("PUT", "state", "value=false"): return self.reply(strip.turn(outlet, false))
        case ("POST", "cycle", ""): return self.reply(strip.cycle(outlet, seconds: 3))
        case ("PUT", "name", let body) where body.hasPrefix("value="):
            strip.rename(outlet, String(body.dropFirst(6)).replacing("%20", with: " "))
            return .answer(204)
        default: return .answer(400)
        }
    }

    private static func reply(_ taken: FakeStrip.Taken) -> LoopbackServer.Reply {
        taken == .taken ? .answer(204) : .answer(403, [], "Forbidden")
    }
}
