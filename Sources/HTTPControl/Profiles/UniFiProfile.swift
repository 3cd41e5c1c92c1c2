internal import PowerCore

/// A PDU or strip behind a UniFi controller (USP-PDU-Pro, UP6, UP1, UPS 2U).
///
/// The controller's own interface is not documented by its vendor; from programs that use it (aiounifi, and the requests
/// that the web interface itself sends, reported there in issue 667). Seen on no device here. What is read is
/// `outlet_table`, the relays as they stand; what is set is `outlet_overrides`, of which the whole list must be sent.
struct UniFiProfile: OutletProfile {
    let login = HTTPLogin.unifi

    /// The device's MAC in small letters with colons.
    let mac: String
    /// The site's name in paths.
    let site: String

    /// States of a device in which the controller's values are those of an earlier time: not there, does not report,
    /// could not be adopted, cut off.
    private static let lost: Set<Int> = [0, 9, 10, 11]

    private var root: String { "/api/s/\(self.site)" }

    func read(by device: any HTTPExchange) async throws(HTTPProblem) -> PDUReading {
        let entry = try await self.entry(by: device)
        guard let table = entry["outlet_table"]?.items, !table.isEmpty else {
            throw HTTPProblem(
                .notSupported, "the controller lists no outlet of \(self.mac)",
                remedy: "see whether device: is a PDU or strip; gateways have an empty list")
        }
        let variables = PDUReading.variables([
            "device.mfr": "Ubiquiti", "device.model": entry["model"]?.text, "device.serial": entry["serial"]?.text,
            "device.description": entry["name"]?.text,
        ])
        return PDUReading(variables: variables, outlets: table.compactMap(Self.outlet))
    }

    func turn(_ outlet: Int, _ position: OutletPosition, by device: any HTTPExchange) async throws(HTTPProblem) {
        try await self.override(outlet, "relay_state", .boolean(position == .on), by: device)
    }

    /// The off time is the device's own. The request is the one that the web interface sends.
    func cycle(_ outlet: Int, offTime: Duration, by device: any HTTPExchange) async throws(HTTPProblem) {
        let command: JSONValue = [
            "cmd": "outlet-ctl", "mac": .string(self.mac), "outlet_table": [["index": .whole(outlet)]],
        ]
        try Self.check(try await device.document(.send(.post, "\(self.root)/cmd/devmgr", command)))
    }

    func rename(_ outlet: Int, to name: String, by device: any HTTPExchange) async throws(HTTPProblem) {
        try await self.override(outlet, "name", .string(name), by: device)
    }

    /// Sends back every override as it is but for one value of one outlet.
    private func override(
        _ outlet: Int, _ key: String, _ value: JSONValue, by device: any HTTPExchange
    ) async throws(HTTPProblem) {
        let entry = try await self.entry(by: device)
        guard let id = entry["_id"]?.text, id.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber) }) else {
            throw .lacks("_id", in: "stat/device")
        }
        guard let row = (entry["outlet_table"]?.items ?? []).first(where: { $0["index"]?.whole == outlet }) else {
            throw .noOutlet(outlet)
        }
        guard Self.isSwitchable(row) else { throw .fixed(outlet) }
        let overrides = Self.overrides(entry["outlet_overrides"]?.items ?? [], row, key, value)
        let call = HTTPCall.send(.put, "\(self.root)/rest/device/\(id)", ["outlet_overrides": .array(overrides)])
        try Self.check(try await device.document(call))
    }

    /// The overrides with `key` of one outlet saying `value`; one that has none yet gets it from its row of the table.
    static func overrides(
        _ old: [JSONValue], _ row: JSONValue, _ key: String, _ value: JSONValue
    ) -> [JSONValue] {
        let index = row["index"]
        guard old.contains(where: { $0["index"] == index }) else {
            let kept = (row.members ?? []).filter {
                ["index", "name", "relay_state", "cycle_enabled"].contains($0.key)
            }
            return old + [JSONValue.object(kept).setting(key, to: value)]
        }
        return old.map { $0["index"] == index ? $0.setting(key, to: value) : $0 }
    }

    /// What the controller knows of the device.
    private func entry(by device: any HTTPExchange) async throws(HTTPProblem) -> JSONValue {
        let answer = try await device.document(.get("\(self.root)/stat/device/\(self.mac)"))
        try Self.check(answer)
        guard let entry = answer["data"]?.items?.first(where: { $0["mac"]?.text?.lowercased() == self.mac }) else {
            throw HTTPProblem(
                .gone, "the controller knows no device \(self.mac) at site \(self.site)",
                remedy: "see device: and site:")
        }
        if let state = entry["state"]?.whole, Self.lost.contains(state) {
            throw HTTPProblem(
                .gone, "the controller has lost \(self.mac) (state \(state))", remedy: "see its power and its network")
        }
        return entry
    }

    /// The controller says in the document itself whether all is well, sometimes with status 200.
    private static func check(_ answer: JSONValue) throws(HTTPProblem) {
        guard let result = answer["meta"]?["rc"]?.text, result != "ok" else { return }
        let words = HTTPAnswer.plain(answer["meta"]?["msg"]?.text ?? result)
        let isRight = words.contains("NoPermission") || words.contains("LoginRequired")
        throw HTTPProblem(isRight ? .notPermitted : .stalled, "the controller answers \(words)")
    }

    /// Older strips say `has_relay`, PDUs `outlet_caps`: bit 0 is the relay, bit 1 the meter.
    private static func isSwitchable(_ row: JSONValue) -> Bool {
        row["has_relay"]?.boolean ?? row["outlet_caps"]?.whole.map { $0 & 1 == 1 } ?? true
    }

    private static func outlet(_ row: JSONValue) -> OutletReading? {
        guard let number = row["index"]?.whole, (1...HTTPLimits.outlets).contains(number) else { return nil }
        return OutletReading(
            number: number, name: row["name"]?.text?.outletName,
            position: row["relay_state"]?.boolean.map { OutletPosition($0) },
            power: row["outlet_power"]?.number.map { Watts($0) }, isSwitchable: Self.isSwitchable(row),
            current: row["outlet_current"]?.number, voltage: row["outlet_voltage"]?.number)
    }
}
