import PowerCore
import Synchronization

/// The outlets of a fake device, and what is wrong with them.
final class FakeOutlets: Sendable {
    private struct State {
        var isOn: [Bool]
        var stuck: Set<Int> = []
        var refusing: Set<Int> = []
        /// Outlets that move so many readings after the order.
        var slow: Set<Int> = []
        var late: [(readings: Int, outlet: Int, isOn: Bool)] = []
    }

    /// How many readings a slow outlet takes.
    static let delay = 3

    private let state: Mutex<State>

    init(_ count: Int) {
        self.state = Mutex(State(isOn: [Bool](repeating: true, count: count)))
    }

    /// How they stand; each reading brings slow ones on.
    func read() -> [Bool] {
        self.state.withLock { state in
            state.late = state.late.compactMap { order in
                guard order.readings <= 0 else { return (order.readings - 1, order.outlet, order.isOn) }
                state.isOn[order.outlet - 1] = order.isOn
                return nil
            }
            return state.isOn
        }
    }

    /// How an outlet stands.
    func isOn(_ outlet: Int) -> Bool { self.state.withLock { $0.isOn[outlet - 1] } }

    /// Moves an outlet as by a button.
    func set(_ outlet: Int, _ isOn: Bool) {
        self.state.withLock { $0.isOn[outlet - 1] = isOn }
    }

    func order(_ outlet: Int, _ isOn: Bool) throws(DeviceFailure) {
        let isRefused = self.state.withLock { state in
            if state.refusing.contains(outlet) { return true }
            if state.stuck.contains(outlet) { return false }
            if state.slow.contains(outlet) {
                state.late.append((Self.delay, outlet, isOn))
            } else {
                state.isOn[outlet - 1] = isOn
            }
            return false
        }
        if isRefused { throw DeviceFailure(.stalled, device: "fake", detail: "refused") }
    }

    func stick(_ outlet: Int) { self.state.withLock { _ = $0.stuck.insert(outlet) } }
    func refuse(_ outlet: Int) { self.state.withLock { _ = $0.refusing.insert(outlet) } }
    func slow(_ outlet: Int) { self.state.withLock { _ = $0.slow.insert(outlet) } }

    /// All off at once.
    func drop() {
        self.state.withLock { state in state.isOn = state.isOn.map { _ in false } }
    }

    /// All on, nothing wrong.
    func heal() {
        self.state.withLock { $0 = State(isOn: [Bool](repeating: true, count: $0.isOn.count)) }
    }
}

/// A fake board "USBRelayN".
final class FakeRelayBoard: FakeFirmware {
    let outlets: FakeOutlets
    /// Whether a report number stands in front of each answer, as on some ways to the board.
    let isNumbered: Bool
    private let id: Mutex<[UInt8]>

    init(_ id: String = "HURTM", relays: Int, isNumbered: Bool = false) {
        self.outlets = FakeOutlets(relays)
        self.isNumbered = isNumbered
        self.id = Mutex(Array(id.utf8))
    }

    static func identity(_ product: String) -> HIDIdentity {
        HIDIdentity(
            vendorID: 0x16c0, productID: 0x05df, manufacturer: "www.dcttech.com", product: product, portPath: "1-2")
    }

    func change(id: [UInt8]) {
        self.id.withLock { $0 = id }
    }

    func report(_ id: UInt8) throws(DeviceFailure) -> [UInt8] {
        let bits = self.outlets.read().enumerated().reduce(UInt8(0)) { $0 | ($1.element ? 1 << UInt8($1.offset) : 0) }
        return (self.isNumbered ? [0] : []) + self.id.withLock { $0 } + [0, 0, bits]
    }

    func take(_ id: UInt8, _ bytes: [UInt8]) throws(DeviceFailure) {
        try self.outlets.order(Int(bytes[1]), bytes[0] == 0xff)
    }

    /// Relays are held by the bus's own power.
    func lostBus() {
        self.outlets.drop()
    }
}

/// A fake strip "SiS-PM" with four outlets, or the one of the old mSIS-PM.
final class FakePowerStrip: FakeFirmware {
    let outlets: FakeOutlets
    let reports: [UInt8]
    let hasMains = Mutex(true)
    /// What is answered instead of every report.
    let nonsense = Mutex<[UInt8]?>(nil)

    init(reports: [UInt8] = [3, 6, 9, 12]) {
        self.outlets = FakeOutlets(reports.count)
        self.reports = reports
    }

    static func identity(_ product: UInt16, _ name: String = "SiS-PM") -> HIDIdentity {
        HIDIdentity(vendorID: 0x04b4, productID: product, manufacturer: "Gembird", product: name, portPath: "1-3")
    }

    func report(_ id: UInt8) throws(DeviceFailure) -> [UInt8] {
        if let bytes = self.nonsense.withLock({ $0 }) { return bytes }
        if id == 1 { return [1, 2, 3, 0x5a, 0x5b] }
        guard let index = self.reports.firstIndex(of: id) else {
            throw DeviceFailure(.stalled, device: "fake", detail: "no report \(id)")
        }
        return [id, (self.outlets.read()[index] ? 1 : 0) | (self.hasMains.withLock { $0 } ? 2 : 0), 0, 0, 0]
    }

    func take(_ id: UInt8, _ bytes: [UInt8]) throws(DeviceFailure) {
        guard let index = self.reports.firstIndex(of: id), bytes.first == id, bytes.count == 5 else {
            throw DeviceFailure(.stalled, device: "fake", detail: "no report \(id)")
        }
        try self.outlets.order(index + 1, bytes[1] == 3)
    }
}
