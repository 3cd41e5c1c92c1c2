/// The outlets of a family: where each column stands and what its numbers mean.
struct OutletTable: Hashable, Sendable {
    /// More rows than any chain has outlets.
    static let mostRows = 512

    /// A column in which some numbers mean yes.
    struct Flag: Hashable, Sendable {
        var object: ObjectTemplate
        var yes: Set<Int64>
    }

    /// The column with the position; a number that stands nowhere here is neither on nor off.
    struct State: Hashable, Sendable {
        var object: ObjectTemplate
        var on: Set<Int64>
        var off: Set<Int64>
        /// Off, and on soon.
        var pendingOn: Set<Int64> = []
        /// On, and off soon.
        var pendingOff: Set<Int64> = []
    }

    /// What an order writes.
    struct Order: Hashable, Sendable {
        var object: ObjectTemplate
        var value: Int64
    }

    /// What can be ordered.
    enum Deed: String, Hashable, Sendable, CaseIterable {
        case on, off, cycle
    }

    /// A column of numbers with a unit.
    struct Measurement: Hashable, Sendable {
        var object: ObjectTemplate
        var scale: Scale
        /// The column with the number of decimal digits, which comes on top of the scale.
        var digits: ObjectTemplate?
    }

    /// What is measured of an outlet.
    enum Quantity: String, Hashable, Sendable, CaseIterable {
        case power, current, voltage, apparent, energy

        /// What it is measured in.
        var unit: Scale.Unit {
            switch self {
            case .power: .watts
            case .current: .amperes
            case .voltage: .volts
            case .apparent: .voltAmperes
            case .energy: .wattHours
            }
        }
    }

    /// The column with the name, which may be written.
    struct Rename: Hashable, Sendable {
        var object: ObjectTemplate
        /// The longest name in bytes.
        var longest: Int
    }

    /// The parts of the index of a row by name; the last one is the outlet's.
    var index: [String]
    var state: State
    /// The number printed on the device; nil where the index has it.
    var number: ObjectTemplate?
    /// The unit of a chain; nil where the index has it or there are no chains.
    var unit: ObjectTemplate?
    /// The bank or section.
    var group: ObjectTemplate?
    /// Where the name stands; the first that is not empty counts.
    var names: [ObjectTemplate] = []
    var pending: Flag?
    var switchable: Flag?
    var locked: Flag?
    var orders: [Deed: Order] = [:]
    var rename: Rename?
    var measurements: [Quantity: Measurement] = [:]
    /// What it means, and what is to be done, when an order is refused with this error status.
    var refusals: [Int: String] = [:]
}
