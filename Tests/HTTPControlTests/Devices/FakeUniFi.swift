import HTTPControl
import PowerCore
import Synchronization

/// A UniFi controller with one PDU, as programs that use its interface describe it.
final class FakeUniFi: FakeDevice {
    let profile = Configuration.HTTPOutlets.Profile.unifi
    let device: String? = "aa:bb:cc:00:01:02"
    let secrets: HTTPSecrets
    /// Whether it is a program of its own, without `/proxy/network`.
    let isProgram: Bool
    private let session = Mutex<Int?>(nil)
    private let logins = Mutex(0)
    /// What comes with every override and must come back to the letter.
    static let extra = "0.10 é"

    init(token: String? = "key", isProgram: Bool = false) {
        self.secrets = HTTPSecrets(user: "admin", password: token == nil ? "s3cret" : nil, token: token)
        self.isProgram = isProgram
    }

    /// The controller forgets who is logged in.
    func forget() { self.session.withLock { $0 = nil } }

    func answer(_ request: LoopbackServer.Request, _ strip: FakeStrip) -> LoopbackServer.Reply {
        let login = self.isProgram ? "/api/login" : "/api/auth/login"
        if request.path == login { return self.logIn(request) }
        let root = (self.isProgram ? "" : "/proxy/network") + "/api/s/default"
        guard request.path.hasPrefix(root) else { return .answer(404) }
        guard self.isKnown(request) else { return Self.error("api.err.LoginRequired", 401) }
        switch (request.method, String(request.path.dropFirst(root.count))) {
        case ("GET", "/stat/device/aa:bb:cc:00:01:02"): return Self.ok([Self.entry(strip)])
        case ("GET", _): return Self.ok([])
        case ("PUT", "/rest/device/60a1b2c3d4e5f67890123456"): return Self.override(request, strip)
        case ("POST", "/cmd/devmgr"): return Self.command(request, strip)
        default: return .answer(404)
        }
    }

    private func logIn(_ request: LoopbackServer.Request) -> LoopbackServer.Reply {
        guard request.json["username"] as? String == "admin", request.json["password"] as? String == "s3cret" else {
            return .json(["code": "AUTHENTICATION_FAILED_INVALID_CREDENTIALS"], status: 401)
        }
        let number = self.logins.withLock { logins in
            logins += 1
            return logins
        }
        self.session.withLock { $0 = number }
        let cookie = ("Set-Cookie", "TOKEN=t\(number); path=/; secure; httponly")
        return self.isProgram
            ? .json(["meta": ["rc": "ok"]], headers: [cookie, ("Set-Cookie", "csrf_token=c\(number); path=/")])
            : .json(["unique_id": "x"], headers: [cookie, ("X-CSRF-Token", "c\(number)")])
    }

    private func isKnown(_ request: LoopbackServer.Request) -> Bool {
        if let token = self.secrets.token { return request.headers["x-api-key"] == token }
        guard let number = self.session.withLock({ $0 }), let cookie = request.headers["cookie"],
            cookie.contains("TOKEN=t\(number)")
        else { return false }
        return request.method == "GET" || request.headers["x-csrf-token"] == "c\(number)"
    }

    private static func entry(_ strip: FakeStrip) -> [String: Any] {
        let table = strip.outlets.enumerated().map { index, outlet in
            [
                "index": index + 1, "name": outlet.name, "relay_state": outlet.isOn, "cycle_enabled": false,
                "outlet_caps": 3, "outlet_voltage": "118.566", "outlet_current": "0.11", "outlet_power": "6.50",
            ] as [String: Any]
        }
        // The first outlet has no override yet.
        let overrides = strip.outlets.enumerated().dropFirst().map { index, outlet in
            [
                "index": index + 1, "name": outlet.name, "relay_state": outlet.isOn, "cycle_enabled": index == 2,
                "note": Self.extra,
            ] as [String: Any]
        }
        return [
            "_id": "60a1b2c3d4e5f67890123456", "mac": "aa:bb:cc:00:01:02", "model": "USPPDUP", "name": "rack",
            "serial": "AABBCC000102", "state": 1, "outlet_table": table, "outlet_overrides": overrides,
        ]
    }

    /// Takes a whole list of overrides, refuses one that has lost anything, and moves what it changes.
    private static func override(_ request: LoopbackServer.Request, _ strip: FakeStrip) -> LoopbackServer.Reply {
        let overrides = request.json["outlet_overrides"] as? [[String: Any]] ?? []
        let kept = overrides.filter { $0["note"] as? String == Self.extra }.compactMap { $0["index"] as? Int }
        guard kept == Array(2...strip.count) else { return self.error("api.err.InvalidPayload", 400) }
        for override in overrides {
            guard let index = override["index"] as? Int, let isOn = override["relay_state"] as? Bool,
                let name = override["name"] as? String
            else { return self.error("api.err.InvalidPayload", 400) }
            strip.rename(index, name)
            guard strip.outlets[index - 1].isOn != isOn else { continue }
            guard strip.turn(index, isOn) == .taken else { return self.error("api.err.NoPermission", 200) }
        }
        return self.ok([])
    }

    private static func command(_ request: LoopbackServer.Request, _ strip: FakeStrip) -> LoopbackServer.Reply {
        let table = request.json["outlet_table"] as? [[String: Any]] ?? []
        guard request.json["cmd"] as? String == "outlet-ctl", request.json["mac"] as? String == "aa:bb:cc:00:01:02",
            let index = table.first?["index"] as? Int
        else { return self.error("api.err.InvalidPayload", 400) }
        return strip.cycle(index, seconds: 3) == .taken ? self.ok([]) : self.error("api.err.NoPermission", 403)
    }

    private static func ok(_ data: [[String: Any]]) -> LoopbackServer.Reply {
        .json(["meta": ["rc": "ok"], "data": data])
    }

    private static func error(_ words: String, _ status: Int) -> LoopbackServer.Reply {
        .json(["meta": ["rc": "error", "msg": words], "data": []], status: status)
    }
}
