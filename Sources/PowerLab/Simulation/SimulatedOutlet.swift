import PowerCore

/// An outlet of a simulated rack and the orders it has been given.
struct SimulatedOutlet {
    /// An order on its way through the PDU.
    struct Order {
        /// The position ordered.
        var position: OutletPosition
        /// When the outlet moves, or when it is answered.
        var at: Moment
        /// The answer, once it is known.
        var answer: OutletAnswer?
        /// Which life of the daemon gave it: a later one is not answered.
        var epoch: Int
        /// When it was given.
        var given: Moment
    }

    var position = OutletPosition.on
    /// The power drawn from it, and what was last told of that.
    var drawn = 0.0
    var toldWatts = -1.0
    /// How many faults hold that keep it from moving.
    var sticks = 0
    /// The orders, the first to be carried out first.
    var orders: [Order] = []
    /// When it is read next.
    var reportAt: Moment?
}
