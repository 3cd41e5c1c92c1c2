public import NIOCore
public import PowerCore

/// A strip or plug with Kasa's local protocol, which knows no password: whoever reaches its port may switch it.
///
/// One connection per call, which is all that some firmware can bear. Facts: recordings of HS300 (1.0.10, 1.0.21).
public struct KasaOutlets: OutletController {
    private typealias Conversation = OutletConversation<[UInt8]>

    private let place: OutletPlace

    /// Newer firmware closes the port, and leaves only a protocol that wants the password of the vendor's cloud.
    static let whenRefused = """
        newer firmware closes this port and speaks only KLAP, which is not spoken here: turn on "third-party \
        compatibility" in the vendor's app
        """

    /// Makes a controller of the device at `address`, which is not connected to before the first call.
    public init(
        _ pdu: DeviceID, at address: Configuration.Endpoint, limits: OutletLimits = OutletLimits(),
        group: (any EventLoopGroup)? = nil
    ) {
        self.place = OutletPlace(pdu, at: address, limits: limits, whenRefused: Self.whenRefused, group: group)
    }

    /// Reads the device, and the meter of each outlet where there is one.
    public func read() async throws(DeviceFailure) -> PDUReading {
        try await self.place.converse({ KasaFrameDecoder() }) { conversation throws(DeviceFailure) in
            let device = try await self.device(conversation)
            var reading = PDUReading(variables: device.variables, outlets: [])
            for (index, outlet) in device.outlets.enumerated() {
                var shown = OutletReading(number: index + 1, name: outlet.name, position: outlet.position)
                if device.hasMeter { shown.take(try await self.meter(of: outlet, conversation)) }
                reading.outlets.append(shown)
            }
            return reading
        }
    }

    /// Switches an outlet, whose name in the device is looked up just before.
    public func turn(_ outlet: Int, _ position: OutletPosition) async throws(DeviceFailure) {
        try await self.order(outlet) { KasaRequest.turn($0, position) }
    }

    /// Gives an outlet another name in the device.
    public func rename(_ outlet: Int, to name: String) async throws(DeviceFailure) {
        try await self.order(outlet) { KasaRequest.rename($0, to: name) }
    }

    private func order(
        _ outlet: Int, _ request: @escaping @Sendable (String?) -> KasaRequest
    ) async throws(DeviceFailure) {
        try await self.place.converse({ KasaFrameDecoder() }) { conversation throws(DeviceFailure) in
            let outlets = try await self.device(conversation).outlets
            guard outlets.indices.contains(outlet - 1) else {
                throw self.place.failure(.notSupported, "there is no outlet \(outlet), there are \(outlets.count)")
            }
            _ = try await self.answer(to: request(outlets[outlet - 1].child), conversation)
        }
    }

    private func device(_ conversation: Conversation) async throws(DeviceFailure) -> KasaDevice {
        let information = try await self.answer(to: .information, conversation)
        do throws(UnusableAnswer) {
            return try KasaDevice(information)
        } catch {
            throw self.place.failure(.stalled, error.reason)
        }
    }

    /// What an outlet draws; nil where the device says that it does not know.
    private func meter(
        of outlet: KasaDevice.Outlet, _ conversation: Conversation
    ) async throws(DeviceFailure) -> KasaMeter? {
        let request = KasaRequest.meter(of: outlet.child)
        guard case .done(let figures) = KasaAnswer(try await conversation.ask(request.bytes), to: request) else {
            return nil
        }
        return KasaMeter(figures)
    }

    /// What the device has been asked for; a refusal is a failure.
    private func answer(
        to request: KasaRequest, _ conversation: Conversation
    ) async throws(DeviceFailure) -> JSONTree {
        let answer = KasaAnswer(try await conversation.ask(request.bytes), to: request)
        switch answer {
        case .done(let tree): return tree
        case .refused(let code, let message):
            let words = message.isEmpty ? "" : ": \(message)"
            throw self.place.failure(
                answer?.isUnknownRequest == true ? .notSupported : .stalled,
                "\(request.command) is refused with code \(code)\(words)")
        case nil: throw self.place.failure(.stalled, "the answer to \(request.command) is not one of a Kasa device")
        }
    }
}

extension OutletReading {
    /// Takes in what the outlet draws.
    fileprivate mutating func take(_ meter: KasaMeter?) {
        self.voltage = meter?.voltage
        self.current = meter?.current
        self.power = meter?.power.map { Watts($0) }
        self.energy = meter?.energy.map { WattHours($0) }
    }
}
