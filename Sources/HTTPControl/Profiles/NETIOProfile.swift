internal import PowerCore

/// NETIO's JSON interface: one document, `/netio.json`, read with GET and changed with POST.
///
/// From the vendor's documentation (AN21 and the manuals' list of actions: 0 off, 1 on, 2 off for a while, 5 nothing); seen
/// on no device here. The interface must be enabled, and has users of its own for reading and for writing.
struct NETIOProfile: OutletProfile {
    let login = HTTPLogin.basic

    private static let path = "/netio.json"
    /// The longest `Delay` that is sent, in seconds: longer than anybody keeps a host off.
    private static let offTimes = 1...3600

    func read(by device: any HTTPExchange) async throws(HTTPProblem) -> PDUReading {
        let answer = try await device.document(.get(Self.path))
        guard let outputs = answer["Outputs"]?.items else { throw .lacks("Outputs", in: Self.path) }
        let voltage = answer["GlobalMeasure"]?["Voltage"]?.number
        let outlets = outputs.compactMap { Self.outlet($0, voltage) }
        guard !outlets.isEmpty else { throw .lacks("output with an ID", in: Self.path) }
        let agent = answer["Agent"]
        let variables = PDUReading.variables([
            "device.mfr": "NETIO", "device.model": agent?["Model"]?.text,
            "device.serial": agent?["SerialNumber"]?.text, "device.description": agent?["DeviceName"]?.text,
        ])
        return PDUReading(variables: variables, outlets: outlets)
    }

    func turn(_ outlet: Int, _ position: OutletPosition, by device: any HTTPExchange) async throws(HTTPProblem) {
        try await Self.order(["ID": .whole(outlet), "Action": position == .on ? 1 : 0], by: device)
    }

    func cycle(_ outlet: Int, offTime: Duration, by device: any HTTPExchange) async throws(HTTPProblem) {
        let milliseconds = offTime.seconds(in: Self.offTimes) * 1000
        try await Self.order(["ID": .whole(outlet), "Action": 2, "Delay": .whole(milliseconds)], by: device)
    }

    private static func order(_ output: JSONValue, by device: any HTTPExchange) async throws(HTTPProblem) {
        try await device.order(.send(.post, Self.path, ["Outputs": [output]]))
    }

    /// One output; currents are in milliamperes, energies in watt hours.
    private static func outlet(_ output: JSONValue, _ voltage: Double?) -> OutletReading? {
        guard let number = output["ID"]?.whole, (1...HTTPLimits.outlets).contains(number) else { return nil }
        let state = output["State"]?.whole
        return OutletReading(
            number: number, name: output["Name"]?.text?.outletName,
            position: state == 1 ? .on : state == 0 ? .off : nil, power: output["Load"]?.number.map { Watts($0) },
            current: output["Current"]?.number.map { $0 / 1000 }, voltage: voltage,
            energy: output["Energy"]?.number.map { WattHours($0) })
    }
}
