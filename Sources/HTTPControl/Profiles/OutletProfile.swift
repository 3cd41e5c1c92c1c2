internal import PowerCore

/// What one family of devices is asked and told, and how its answers are read: the only thing that a new device needs.
///
/// A profile holds no secret, keeps nothing between calls and touches nothing but the exchange it is handed; every order
/// it is asked for is for an outlet that its own reading has listed. It sends each order once and reads nothing back.
protocol OutletProfile: Sendable {
    /// How the device is told who asks.
    var login: HTTPLogin { get }
    /// Reads the device and all its outlets, numbered as they are printed on it, from 1.
    func read(by device: any HTTPExchange) async throws(HTTPProblem) -> PDUReading
    /// Tells the device to put one outlet into a position.
    func turn(_ outlet: Int, _ position: OutletPosition, by device: any HTTPExchange) async throws(HTTPProblem)
    /// Tells the device to take one outlet's power away and to give it again by itself.
    func cycle(_ outlet: Int, offTime: Duration, by device: any HTTPExchange) async throws(HTTPProblem)
    /// Stores another name for an outlet in the device.
    func rename(_ outlet: Int, to name: String, by device: any HTTPExchange) async throws(HTTPProblem)
}

extension OutletProfile {
    func cycle(_ outlet: Int, offTime: Duration, by device: any HTTPExchange) async throws(HTTPProblem) {
        throw HTTPProblem(
            .notSupported, "it cannot switch an outlet off and on by itself", remedy: "leave out --native")
    }

    func rename(_ outlet: Int, to name: String, by device: any HTTPExchange) async throws(HTTPProblem) {
        throw HTTPProblem(
            .notSupported, "names cannot be stored in it", remedy: "name the outlet under outlets: in the configuration"
        )
    }
}

extension Configuration.HTTPOutlets {
    /// The profile that these options name.
    var outletProfile: any OutletProfile {
        switch self.profile {
        case .shelly: ShellyProfile()
        case .shellyGen1: ShellyGen1Profile()
        case .tasmota: TasmotaProfile()
        case .digitalLoggers: DigitalLoggersProfile()
        case .netio: NETIOProfile()
        case .redfish: RedfishProfile(device: self.device)
        case .unifi: UniFiProfile(mac: self.device ?? "", site: self.site)
        }
    }
}

extension Duration {
    /// Whole seconds, rounded up, within what a device takes.
    func seconds(in bounds: ClosedRange<Int>) -> Int {
        let (seconds, rest) = self.components
        let whole = seconds + (rest > 0 ? 1 : 0)
        return min(max(Int(clamping: whole), bounds.lowerBound), bounds.upperBound)
    }
}

extension PDUReading {
    /// The variables of a device, without those whose value is not known.
    static func variables(_ values: KeyValuePairs<String, String?>) -> [Variable] {
        values.compactMap { name, value in
            value.map { Variable(name, HTTPAnswer.plain($0)) }
        }
    }
}

extension String {
    /// A device's name for an outlet on one line; nil for none.
    var outletName: String? {
        let name = HTTPAnswer.plain(self)
        return name.allSatisfy { $0 == " " } ? nil : name
    }
}

extension OutletPosition {
    /// The position that a relay's `true` or `false` means.
    init(_ isOn: Bool) {
        self = isOn ? .on : .off
    }
}
