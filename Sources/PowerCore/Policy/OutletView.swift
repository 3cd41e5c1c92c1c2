/// What the engine knows of one outlet, and what it is doing with it.
struct OutletView: Hashable, Sendable {
    /// An order in flight.
    struct Task: Hashable, Sendable {
        /// The steps that are left; the first is the one in flight or to be given next.
        var steps: [OutletPosition]
        /// When the first step was given, nil while it waits for its place in the stagger.
        var issued: Moment?
        /// Before this moment the first step is not given.
        var notBefore: Moment
        /// How often the first step was given without success.
        var attempts = 0
        /// Why it is done.
        var reason: PolicyReason
        /// The number of the order to be answered, where a client gave it.
        var order: Int?
        /// The name that who gave the order typed: it lifts the interlocks of what is called so, and of nothing else.
        var force: String?
        /// When the step is due by the plan, whatever attempts there have been.
        var due: Moment
        /// Whether it only waits for the delay that was asked for; nothing has been done yet.
        var isDelayed = false
        /// How long the outlet stays off before it is switched on again.
        var offTime = PolicyEngine.cyclePause
        /// Whether the PDU itself is to switch it off and on; then there is one step, and it ends on.
        var isNative = false
        /// Whether it is one of several feeds that are switched together: all are off before one goes on.
        var isJoined = false

        /// Makes a task whose first step is given at `notBefore`.
        init(steps: [OutletPosition], notBefore: Moment, reason: PolicyReason, order: Int? = nil) {
            self.steps = steps
            self.notBefore = notBefore
            self.due = notBefore
            self.reason = reason
            self.order = order
        }

        /// Whether the step in flight or to be given next takes the power away.
        var takesPower: Bool { self.isNative || self.steps.first == .off }

        /// The task without what comes after the step in flight.
        var onlyFirstStep: Task {
            var task = self
            task.steps = Array(self.steps.prefix(1))
            return task
        }
    }

    /// The position last read back, nil while nothing is known.
    var position: OutletPosition?
    /// The power last measured.
    var power: Watts?
    /// When the power was measured.
    var measured: Moment?
    /// Whether what is known is too old to prove anything.
    var isOld = true
    /// When it was last switched on by an order; nil while it is off, or where nobody here did that.
    var switchedOn: Moment?
    /// When the last order was given up; nothing is tried again by itself for a while.
    var gaveUp: Moment?
    /// The order in flight, at most one.
    var task: Task?
    /// What of the order in flight was written to the journal.
    var written: OutletMemory?

    /// The power, where it was measured after `moment` and is not old.
    func power(since moment: Moment) -> Watts? {
        guard let measured, measured > moment, !self.isOld else { return nil }
        return self.power
    }
}
