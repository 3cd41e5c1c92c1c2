@testable import PowerCore

/// What is true around the engine, whether it knows or not; without any time of its own.
struct SmallWorld: Hashable {
    enum Battery: UInt8 {
        case full, low, dead
    }

    enum Machine: UInt8 {
        /// Without power.
        case dark
        /// Halted, and with power.
        case off
        case booting
        case running
        /// On its way down.
        case going
        /// On its way down, where it has got stuck.
        case hung
    }

    /// Whether a host is to be up in the end.
    enum Wish: UInt8 {
        case up
        /// It was off before, or a person shut it down, and the engine knows.
        case down
        /// A person meddled, or it could not be started in time: both ends are right.
        case either
    }

    /// An order to an outlet that is on its way.
    struct Order: Hashable {
        var outlet: Int
        var isOn: Bool
    }

    var hasMains = [true, true]
    var battery: [Battery] = [.full, .full]
    /// Whether the daemon hears the UPS.
    var isHeard = [true, true]
    /// Whether the PDU answers.
    var isReachable = [true, true]
    var isOn = Array(repeating: true, count: 6)
    /// Outlets that take orders and do nothing.
    var isStuck = Array(repeating: false, count: 6)
    var machines: [Machine] = [.running, .running, .running]
    /// Whether the client of the host is logged in.
    var isLoggedIn = [true, true, true]
    /// The orders on their way, sorted by outlet.
    var pending: [Order] = []

    /// Outlets that a person has ordered off.
    var isOffByHand = Array(repeating: false, count: 6)

    /// Hosts that a person has given power while they had none, when nobody expected it.
    var isByHand = [false, false, false]

    var wishes: [Wish] = [.up, .up, .up]
    /// Hosts whose time to stop ran out, so that they may be cut as they are.
    var isTimedOut = [false, false, false]
    /// Hosts whose time to start ran out, so that they may be power-cycled as they are.
    var isLate = [false, false, false]

    func isLive(ups: Int) -> Bool { self.hasMains[ups] || self.battery[ups] != .dead }

    func isLive(outlet: Int) -> Bool { self.isOn[outlet] && self.isLive(ups: SmallRack.pduOfOutlet[outlet]) }

    func isPowered(_ consumer: Int) -> Bool {
        SmallRack.outletsOfConsumer[consumer].contains { self.isLive(outlet: $0) }
    }

    /// Whether a host could lose something if its power went away.
    func isUp(_ host: Int) -> Bool { self.machines[host] != .dark && self.machines[host] != .off }

    /// What the outlet measures: few watts of a machine that is halted.
    func watts(of outlet: Int) -> Watts {
        guard self.isLive(outlet: outlet) else { return 0 }
        let consumer = SmallRack.consumerOfOutlet[outlet]
        return consumer == SmallRack.load || self.isUp(consumer) ? 40 : 2
    }

    /// What a UPS says of itself.
    func condition(of ups: Int) -> UPSCondition {
        if self.hasMains[ups] { return UPSCondition(supply: .mains) }
        switch self.battery[ups] {
        case .full: return UPSCondition(supply: .battery, runtime: .seconds(100))
        case .low: return UPSCondition(supply: .battery, runtime: .seconds(20), saysLow: true)
        case .dead: return UPSCondition(supply: .off)
        }
    }
}
