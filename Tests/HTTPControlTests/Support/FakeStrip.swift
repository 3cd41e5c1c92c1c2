import OutletContract
import PowerCore
import Synchronization

/// The relays of a device that is made up, with the ways in which they misbehave; every fake device speaks for one.
final class FakeStrip: Sendable {
    struct Outlet {
        var name: String
        var isOn = true
        /// What it will be, and from when on.
        var due: (at: ContinuousClock.Instant, isOn: Bool)?
    }

    /// What became of an order.
    enum Taken {
        case taken, refused, locked
    }

    private struct State {
        var outlets: [Outlet]
        var faults: Set<OutletFault> = []
        var awayUntil: ContinuousClock.Instant?
    }

    /// How late a slow relay is, and how long a device is away.
    static let lateness = Duration.seconds(3)

    private let state: Mutex<State>
    let count: Int

    init(count: Int) {
        self.count = count
        self.state = Mutex(State(outlets: (1...count).map { Outlet(name: "socket \($0)") }))
    }

    /// The outlets as they stand now.
    var outlets: [Outlet] {
        self.state.withLock { state in
            Self.settle(&state)
            return state.outlets
        }
    }

    var isSilent: Bool { self.state.withLock { $0.faults.contains(.unreachable) } }
    var isAway: Bool { self.state.withLock { $0.awayUntil.map { $0 > .now } ?? false } }
    func isLocked(_ outlet: Int) -> Bool { self.state.withLock { $0.faults.contains(.locked(outlet)) } }

    func put(_ fault: OutletFault) {
        self.state.withLock { state in
            if case .renamed(let outlet, let name) = fault { state.outlets[outlet - 1].name = name }
            state.faults.insert(fault)
        }
    }

    func heal() {
        self.state.withLock { $0 = State(outlets: (1...self.count).map { Outlet(name: "socket \($0)") }) }
    }

    func rename(_ outlet: Int, _ name: String) {
        self.state.withLock { $0.outlets[outlet - 1].name = name }
    }

    /// Takes an order for an outlet that there is.
    func turn(_ outlet: Int, _ isOn: Bool) -> Taken {
        self.order(outlet) { state in
            let isLate = state.faults.contains(.slow(outlet))
            if isLate {
                state.outlets[outlet - 1].due = (.now + Self.lateness, isOn)
            } else {
                state.outlets[outlet - 1].isOn = isOn
            }
        }
    }

    /// Takes an order to be off for a while.
    func cycle(_ outlet: Int, seconds: Double) -> Taken {
        self.order(outlet) { state in
            state.outlets[outlet - 1].isOn = false
            state.outlets[outlet - 1].due = (.now + .seconds(seconds), true)
        }
    }

    private func order(_ outlet: Int, _ move: (inout State) -> Void) -> Taken {
        self.state.withLock { state in
            Self.settle(&state)
            if state.faults.contains(.refuses(outlet)) { return .refused }
            if state.faults.contains(.locked(outlet)) { return .locked }
            if state.faults.remove(.reboots(outlet)) != nil { state.awayUntil = .now + Self.lateness }
            if !state.faults.contains(.stuck(outlet)) { move(&state) }
            return .taken
        }
    }

    private static func settle(_ state: inout State) {
        for index in state.outlets.indices {
            guard let due = state.outlets[index].due, due.at <= .now else { continue }
            state.outlets[index].isOn = due.isOn
            state.outlets[index].due = nil
        }
    }
}
