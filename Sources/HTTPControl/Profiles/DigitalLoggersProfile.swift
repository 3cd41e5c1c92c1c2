internal import PowerCore

/// Digital Loggers' power controllers with the REST interface (Pro, EPCR, LPC9).
///
/// From the vendor's page (digital-loggers.com/rest.html) and programs that use it; seen on no device here. Relays are
/// counted from 0, outlets from 1. What is read is the relay (`physical_state`), what is set is the state that comes back
/// after an outage of the controller (`state`). A change needs the header `X-CSRF`, with any value.
struct DigitalLoggersProfile: OutletProfile {
    let login = HTTPLogin.digest([.sha256, .md5])

    private static let outlets = "/restapi/relay/outlets"

    func read(by device: any HTTPExchange) async throws(HTTPProblem) -> PDUReading {
        // Answered with 207 and one flat list: name, state, name, state ...
        let path = "\(Self.outlets)/all;/=name,physical_state/"
        guard let values = try await device.document(.get(path)).items, !values.isEmpty,
            values.count.isMultiple(of: 2), values.count <= 2 * HTTPLimits.outlets
        else { throw .lacks("list of names and states", in: path) }
        let outlets = stride(from: 0, to: values.count, by: 2).map { place in
            OutletReading(
                number: place / 2 + 1, name: values[place].text?.outletName,
                position: values[place + 1].boolean.map { OutletPosition($0) })
        }
        return PDUReading(variables: [Variable("device.mfr", "Digital Loggers")], outlets: outlets)
    }

    func turn(_ outlet: Int, _ position: OutletPosition, by device: any HTTPExchange) async throws(HTTPProblem) {
        try await device.order(Self.order(.put, outlet, "state", "value=\(position == .on)"))
    }

    /// The off time is the device's own (Setup, Delay).
    func cycle(_ outlet: Int, offTime: Duration, by device: any HTTPExchange) async throws(HTTPProblem) {
        try await device.order(Self.order(.post, outlet, "cycle", ""))
    }

    func rename(_ outlet: Int, to name: String, by device: any HTTPExchange) async throws(HTTPProblem) {
        try await device.order(Self.order(.put, outlet, "name", "value=\(HTTPCall.encoded(name))"))
    }

    private static func order(_ method: HTTPCall.Method, _ outlet: Int, _ part: String, _ form: String) -> HTTPCall {
        HTTPCall(
            method: method, path: "\(Self.outlets)/\(outlet - 1)/\(part)/",
            headers: [HTTPCall.Field(name: "X-CSRF", value: "x")], body: .form(form), isOrder: true)
    }
}
