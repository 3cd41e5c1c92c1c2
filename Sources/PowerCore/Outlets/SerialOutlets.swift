/// Lets one call at a time through to a PDU: old network cards lose requests that come together, and two orders at once leave
/// open which was the last.
public actor SerialOutlets: OutletController {
    /// Calls that may wait: an order and a reading for each outlet of the largest PDU. Beyond that, callers are refused.
    public static let queueLimit = 128

    private let pdu: DeviceID
    private let controller: any OutletController
    private let turns = Turns(limit: SerialOutlets.queueLimit)
    /// The reading that has not begun yet: whoever asks meanwhile shares it.
    private var nextReading: Task<Result<PDUReading, DeviceFailure>, Never>?

    /// How many wait for a reading, or have one under way.
    private(set) var readers = 0

    /// Makes a queue in front of `controller`.
    public init(_ pdu: DeviceID, _ controller: any OutletController) {
        self.pdu = pdu
        self.controller = controller
    }

    /// Reads the PDU when its turn has come; who asks before it begins gets the same reading.
    ///
    /// A dozen outlets that are read back at once would otherwise keep a slow card busy for longer than anybody waits.
    public func read() async throws(DeviceFailure) -> PDUReading {
        self.readers += 1
        defer { self.readers -= 1 }
        let reading = self.nextReading ?? Task { await self.readInTurn() }
        self.nextReading = reading
        return try await reading.value.get()
    }

    private func readInTurn() async -> Result<PDUReading, DeviceFailure> {
        do throws(DeviceFailure) {
            defer { self.nextReading = nil }
            try await self.enter()
        } catch {
            return .failure(error)
        }
        defer { self.turns.end() }
        do throws(DeviceFailure) {
            return .success(try await self.controller.read())
        } catch {
            return .failure(error)
        }
    }

    /// Switches an outlet when its turn has come.
    public func turn(_ outlet: Int, _ position: OutletPosition) async throws(DeviceFailure) {
        try await self.enter()
        defer { self.turns.end() }
        try await self.controller.turn(outlet, position)
    }

    /// Lets the PDU switch an outlet off and on when its turn has come.
    public func cycle(_ outlet: Int, offTime: Duration) async throws(DeviceFailure) {
        try await self.enter()
        defer { self.turns.end() }
        try await self.controller.cycle(outlet, offTime: offTime)
    }

    /// Renames an outlet when its turn has come.
    public func rename(_ outlet: Int, to name: String) async throws(DeviceFailure) {
        try await self.enter()
        defer { self.turns.end() }
        try await self.controller.rename(outlet, to: name)
    }

    /// Returns when it is the caller's turn, unless nobody waits for what it wants to do any more.
    private func enter() async throws(DeviceFailure) {
        guard await self.turns.begin() else {
            throw self.busy("\(Self.queueLimit) requests wait for it already")
        }
        guard !Task.isCancelled else {
            self.turns.end()
            throw self.busy("the request was given up while it waited")
        }
    }

    private func busy(_ detail: String) -> DeviceFailure {
        DeviceFailure(.busy, device: self.pdu.name, detail: detail, remedy: "try again when they are done")
    }
}
