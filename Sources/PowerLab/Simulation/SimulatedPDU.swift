import PowerCore

/// A PDU of a simulated rack.
struct SimulatedPDU {
    /// How many faults hold that keep it silent.
    var silences = 0
    /// Since when it cannot be reached.
    var silentSince: Moment?
}
