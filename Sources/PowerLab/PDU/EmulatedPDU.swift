public import PowerCore
import Synchronization

/// A PDU whose outlets can be switched and read, and that can be made to misbehave while it runs.
///
/// Its relays take ``switchingTime`` to move. Without power it does not answer, and it has its positions back when
/// power returns.
public final class EmulatedPDU: OutletController {
    /// A relay that moved, or will have.
    struct Move: Hashable, Sendable {
        var moment: Moment
        var outlet: Int
        var position: OutletPosition
    }

    private struct State {
        var positions: [OutletPosition]
        var watts: [Watts]
        var moves: [Move] = []
        var isPowered = true
        var fault: PDUFault?
        var troubles: [Int: OutletTrouble] = [:]
        /// Names as they are stored.
        var names: [Int: String] = [:]
        /// Names that somebody has put over them, until it is healed.
        var otherNames: [Int: String] = [:]
        var restartsAfterOrder = false
        var awayUntil: Moment?
    }

    /// The name commands and outlets know it by.
    public let id: DeviceID
    /// How many outlets it has, numbered from 1.
    public let outletCount: Int
    /// From an order to the relay's movement; relay PDUs take a good part of a second.
    public static let switchingTime: Duration = .milliseconds(300)
    /// After this long a question has found no answer; SNMP's usual three tries of a second and some.
    public static let answerTimeout: Duration = .seconds(2)
    /// How long it is away when it starts anew; the relays stay as they are.
    public static let restartTime: Duration = .seconds(3)
    /// So many movements are remembered with their moments for a rack that has not looked yet. Nobody switches more
    /// than that between two looks; beyond it the oldest is taken as long past.
    public static let moveLimit = 64

    private let timekeeper: any Timekeeper
    private let state: Mutex<State>

    /// Makes a PDU with power whose outlets are all on; less than one outlet becomes one.
    public init(_ id: DeviceID, outletCount: Int, timekeeper: any Timekeeper) {
        self.id = id
        self.outletCount = max(1, outletCount)
        self.timekeeper = timekeeper
        self.state = Mutex(
            State(
                positions: Array(repeating: .on, count: self.outletCount),
                watts: Array(repeating: .zero, count: self.outletCount)))
    }

    /// Reads the PDU and all its outlets.
    public func read() async throws(DeviceFailure) -> PDUReading {
        try await self.answer("read")
        let now = self.timekeeper.now
        return self.state.withLock { state in
            let positions = Self.positions(of: state, at: now)
            return PDUReading(
                variables: [
                    Variable("device.mfr", "upsd-swift"), Variable("device.model", "Emulated PDU"),
                    Variable("device.serial", "LAB-\(self.id)"), Variable("device.type", "pdu"),
                ],
                outlets: positions.indices.map { index in
                    OutletReading(
                        number: index + 1, name: state.otherNames[index + 1] ?? state.names[index + 1],
                        position: positions[index], power: positions[index] == .on ? state.watts[index] : .zero,
                        isLocked: state.troubles[index + 1] == .locked)
                })
        }
    }

    /// Takes an order; the relay moves ``switchingTime`` later, or not at all when it is stuck.
    public func turn(_ outlet: Int, _ position: OutletPosition) async throws(DeviceFailure) {
        let delay = try await self.take("turn outlet \(outlet) \(position.rawValue)", outlet)
        self.move(outlet, position, at: self.timekeeper.now + Self.switchingTime + delay)
    }

    /// Takes an order to switch an outlet off and, `offTime` later, on again, which needs nobody any more.
    public func cycle(_ outlet: Int, offTime: Duration) async throws(DeviceFailure) {
        let delay = try await self.take("cycle outlet \(outlet)", outlet)
        let off = self.timekeeper.now + Self.switchingTime + delay
        self.move(outlet, .off, at: off)
        self.move(outlet, .on, at: off + max(.zero, offTime))
    }

    /// Stores another name for an outlet.
    public func rename(_ outlet: Int, to name: String) async throws(DeviceFailure) {
        _ = try await self.take("rename outlet \(outlet)", outlet)
        self.state.withLock { $0.names[outlet] = name }
    }

    /// Takes or refuses an order to an outlet, and says by how much it is late.
    private func take(_ order: String, _ outlet: Int) async throws(DeviceFailure) -> Duration {
        guard (1...self.outletCount).contains(outlet) else {
            throw DeviceFailure(
                .notSupported, device: self.id.name, detail: "no outlet \(outlet), there are \(self.outletCount)")
        }
        let delay = try await self.answer(order)
        switch self.state.withLock({ $0.troubles[outlet] }) {
        case .denied:
            throw DeviceFailure(.notPermitted, device: self.id.name, detail: "\(order): this user may only read")
        case .locked: throw DeviceFailure(.locked, device: self.id.name, detail: "\(order): it is locked here")
        case .late, .stuck, nil: break
        }
        let now = self.timekeeper.now
        self.state.withLock { state in
            guard state.restartsAfterOrder else { return }
            state.restartsAfterOrder = false
            state.awayUntil = now + Self.restartTime
        }
        return delay
    }

    private func move(_ outlet: Int, _ position: OutletPosition, at moment: Moment) {
        self.state.withLock { state in
            var moment = moment
            switch state.troubles[outlet] {
            case .stuck: return
            case .late(let delay): moment = moment + delay
            case .denied, .locked, nil: break
            }
            if state.moves.count >= Self.moveLimit { Self.settleFirst(&state) }
            let index = state.moves.firstIndex { $0.moment > moment } ?? state.moves.endIndex
            state.moves.insert(Move(moment: moment, outlet: outlet, position: position), at: index)
        }
    }

    /// Makes it misbehave as a whole, or (nil) behave again; outlets that are stuck stay so.
    public func setFault(_ fault: PDUFault?) {
        self.state.withLock { $0.fault = fault }
    }

    /// Makes an outlet misbehave, in place of what was wrong with it before.
    public func setTrouble(_ trouble: OutletTrouble, at outlet: Int) {
        self.state.withLock { $0.troubles[outlet] = trouble }
    }

    /// Puts another name over that of an outlet, as if somebody had stored one at the PDU.
    public func putName(_ name: String, at outlet: Int) {
        self.state.withLock { $0.otherNames[outlet] = name }
    }

    /// Makes it start anew as soon as it has taken its next order, and be away for ``restartTime``.
    public func restartAfterOrder() {
        self.state.withLock { $0.restartsAfterOrder = true }
    }

    /// Makes everything work again.
    public func heal() {
        self.state.withLock { state in
            state.fault = nil
            state.troubles = [:]
            state.otherNames = [:]
            state.restartsAfterOrder = false
            state.awayUntil = nil
        }
    }

    /// What is wrong with it, in a few words; nil where nothing is.
    public var troubles: String? {
        let now = self.timekeeper.now
        return self.state.withLock { state in
            let outlets = state.troubles.sorted { $0.key < $1.key }.map { "outlet \($0.key) \($0.value)" }
            let names = state.otherNames.sorted { $0.key < $1.key }.map { "outlet \($0.key) called \($0.value)" }
            let restart = state.restartsAfterOrder ? ["restarts after its next order"] : []
            let away = state.awayUntil.map { now < $0 } == true ? ["restarting"] : []
            let all = (state.fault.map { [$0.description] } ?? []) + outlets + names + restart + away
            return all.isEmpty ? nil : all.joined(separator: ", ")
        }
    }

    /// The moment of the first movement not yet taken by ``takeMoves(until:)``.
    var nextMove: Moment? { self.state.withLock { $0.moves.first?.moment } }

    /// The relays that moved until `moment`, in order; they are told once.
    func takeMoves(until moment: Moment) -> [Move] {
        self.state.withLock { state in
            let taken = state.moves.prefix { $0.moment <= moment }
            state.positions = Self.positions(of: state, at: moment)
            state.moves.removeFirst(taken.count)
            return Array(taken)
        }
    }

    /// The positions at the last ``takeMoves(until:)``.
    var positions: [OutletPosition] { self.state.withLock { $0.positions } }

    /// Tells it what its outlets give, and whether it has power itself.
    func measure(_ watts: [Watts], isPowered: Bool) {
        self.state.withLock { state in
            state.isPowered = isPowered
            for index in state.watts.indices { state.watts[index] = index < watts.count ? watts[index] : .zero }
        }
    }

    /// Throws what the fault of the moment makes of a question, or says by how much it is late.
    @discardableResult
    private func answer(_ question: String) async throws(DeviceFailure) -> Duration {
        let now = self.timekeeper.now
        let (isThere, fault) = self.state.withLock { state in
            (state.isPowered && state.awayUntil.map { now >= $0 } != false, state.fault)
        }
        guard isThere else { return try await self.timeOut(question) }
        switch fault {
        case nil: return .zero
        case .unreachable: return try await self.timeOut(question)
        case .refuses: throw DeviceFailure(.stalled, device: self.id.name, detail: "\(question): refused")
        case .slow(let delay) where delay >= Self.answerTimeout: return try await self.timeOut(question)
        case .slow(let delay):
            do { try await self.timekeeper.sleep(until: self.timekeeper.now + delay) } catch {
                throw DeviceFailure(.timedOut, device: self.id.name, detail: "\(question): given up")
            }
            return delay
        }
    }

    private func timeOut(_ question: String) async throws(DeviceFailure) -> Duration {
        try? await self.timekeeper.sleep(until: self.timekeeper.now + Self.answerTimeout)
        throw DeviceFailure(
            .timedOut, device: self.id.name, detail: "\(question): no answer within \(Self.answerTimeout)")
    }

    private static func positions(of state: State, at now: Moment) -> [OutletPosition] {
        var positions = state.positions
        for move in state.moves where move.moment <= now { positions[move.outlet - 1] = move.position }
        return positions
    }

    private static func settleFirst(_ state: inout State) {
        let first = state.moves.removeFirst()
        state.positions[first.outlet - 1] = first.position
    }
}
