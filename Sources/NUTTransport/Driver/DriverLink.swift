internal import NIOCore
internal import NUTProtocol
internal import PowerCore

/// An open connection to one of NUT's drivers.
final class DriverLink: SourcedLink {
    /// Updates that wait to be read; each says everything, so that only the newest matter.
    static let unreadUpdates = 8

    let updates: AsyncStream<SourcedUpdate>
    private let device: String
    private let channel: any Channel

    init(device: String, channel: any Channel, updates: AsyncStream<SourcedUpdate>) {
        self.device = device
        self.channel = channel
        self.updates = updates
    }

    func set(_ variable: String, to value: String) async throws(DeviceFailure) {
        try await self.order(["SET", variable, value])
    }

    func run(_ command: String, parameter: String?) async throws(DeviceFailure) {
        try await self.order(["INSTCMD", command] + (parameter.map { [$0] } ?? []))
    }

    func close() async {
        try? await self.channel.close()
    }

    private func order(_ words: [String]) async throws(DeviceFailure) {
        let promise = self.channel.eventLoop.makePromise(of: DriverVerdict.self)
        let lost = DeviceFailure(.gone, device: self.device, detail: "the driver has closed the connection")
        // A write that fails means that the connection is gone; the handler never sees such an order.
        self.channel.writeAndFlush(DriverOrder(words: words, answer: promise)).whenFailure { promise.fail($0) }
        let verdict: DriverVerdict
        do {
            verdict = try await promise.futureResult.get()
        } catch {
            throw error as? DeviceFailure ?? lost
        }
        if let failure = verdict.failure(of: words, device: self.device) { throw failure }
    }
}

extension DriverVerdict {
    /// What went wrong; nil where nothing did.
    fileprivate func failure(of words: [String], device: String) -> DeviceFailure? {
        let order = words.joined(separator: " ")
        return switch self {
        case .done: nil
        case .unknown: DeviceFailure(.notSupported, device: device, detail: "the driver does not know \(order)")
        case .invalid, .notConvertible:
            DeviceFailure(.notSupported, device: device, detail: "the driver does not take the value of \(order)")
        case .failed:
            DeviceFailure(
                .stalled, device: device, detail: "\(order) failed", remedy: "the driver's own log says why")
        }
    }
}
