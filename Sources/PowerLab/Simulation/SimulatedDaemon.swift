import PowerCore

/// The daemon of a simulated rack: the engine, what would stand in its journal, and whether it lives.
struct SimulatedDaemon: Sendable {
    var engine: PolicyEngine
    /// What the engine asked to be kept; a new engine goes on from it after a crash.
    var memory = PolicyMemory()
    /// How many reasons there are for it to be gone.
    var absences = 0
    /// Which of its lives this is.
    var epoch = 0
    /// When the engine wants to be called.
    var wakeAt: Moment?

    var isUp: Bool { self.absences == 0 }

    init(_ engine: PolicyEngine) {
        self.engine = engine
    }
}
