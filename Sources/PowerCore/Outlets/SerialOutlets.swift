/// Lets one call at a time through to a PDU: old network cards lose requests that come together, and two orders at once leave
/// open which was the last.
public actor SerialOutlets: OutletController {
    /// Calls that may wait: an order and a reading for each outlet of the largest PDU. Beyond that, callers are refused.
    public static let queueLimit = 128

    private let pdu: DeviceID
    private let controller: any OutletController
    private var isBusy = false
    private var waiting: [CheckedContinuation<Void, Never>] = []
    private var next = 0

    /// Makes a queue in front of `controller`.
    public init(_ pdu: DeviceID, _ controller: any OutletController) {
        self.pdu = pdu
        self.controller = controller
    }

    /// Reads the PDU when its turn has come.
    public func read() async throws(DeviceFailure) -> PDUReading {
        try await self.enter()
        defer { self.leave() }
        return try await self.controller.read()
    }

    /// Switches an outlet when its turn has come.
    public func turn(_ outlet: Int, _ position: OutletPosition) async throws(DeviceFailure) {
        try await self.enter()
        defer { self.leave() }
        try await self.controller.turn(outlet, position)
    }

    /// Lets the PDU switch an outlet off and on when its turn has come.
    public func cycle(_ outlet: Int, offTime: Duration) async throws(DeviceFailure) {
        try await self.enter()
        defer { self.leave() }
        try await self.controller.cycle(outlet, offTime: offTime)
    }

    /// Renames an outlet when its turn has come.
    public func rename(_ outlet: Int, to name: String) async throws(DeviceFailure) {
        try await self.enter()
        defer { self.leave() }
        try await self.controller.rename(outlet, to: name)
    }

    /// Returns when it is the caller's turn; the turn is handed on without a gap in which somebody could slip in.
    private func enter() async throws(DeviceFailure) {
        guard self.isBusy else {
            self.isBusy = true
            return
        }
        guard self.waiting.count - self.next < Self.queueLimit else {
            throw DeviceFailure(
                .busy, device: self.pdu.name, detail: "\(Self.queueLimit) requests wait for it already",
                remedy: "try again when they are done")
        }
        await withCheckedContinuation { self.waiting.append($0) }
    }

    private func leave() {
        guard self.next < self.waiting.count else {
            self.waiting = []
            self.next = 0
            self.isBusy = false
            return
        }
        let first = self.waiting[self.next]
        self.next += 1
        if self.next == self.waiting.count {
            self.waiting = []
            self.next = 0
        }
        first.resume()
    }
}
