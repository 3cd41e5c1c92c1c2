public import PowerCore

/// A machine with an operating system and a client that watches its virtual UPS, as a state machine without a clock.
///
/// It boots when power comes back to it, not when it was shut down and its power stayed. The built-in client
/// stands back for a real one: then the machine stops when the last real one has logged out under a forced shutdown.
public struct EmulatedHost: Hashable, Sendable {
    /// What tells this host from others.
    public let plan: LabHostPlan
    /// What it is doing.
    public private(set) var state: HostState
    /// Whether its feeds give it power.
    public private(set) var isPowered: Bool
    /// Whether its built-in client is logged in.
    public private(set) var isLoggedIn = false
    /// How often its power ended while it was not off.
    public private(set) var crashes = 0
    /// Whether it never finishes stopping.
    public private(set) var isHung = false
    /// When the state ends by itself.
    private var stateEnds: Moment?
    /// When the built-in client acts upon the forced shutdown it was shown.
    private var reacts: Moment?
    private var isForced = false
    private var realClients = 0

    /// Makes a powered host that has been running for long, or one that has been shut down.
    public init(_ plan: LabHostPlan) {
        self.plan = plan
        self.state = plan.startsRunning ? .running : .off
        self.isPowered = true
        self.isLoggedIn = plan.startsRunning && plan.agentDelay != nil
    }

    /// What the host draws.
    public var watts: Watts {
        guard self.isPowered else { return .zero }
        switch self.state {
        case .off: return self.plan.standby
        case .booting, .running, .stopping: return self.plan.watts
        }
    }

    /// The next moment at which it does something by itself, nil where it waits for something from outside.
    public var nextMoment: Moment? {
        [self.stateEnds, self.reacts].compactMap(\.self).min()
    }

    /// Gives it power or takes it away.
    public mutating func power(_ isPowered: Bool, at now: Moment) -> [HostChange] {
        guard isPowered != self.isPowered else { return [] }
        self.isPowered = isPowered
        if isPowered { return self.boot(at: now) }
        self.reacts = nil
        self.stateEnds = nil
        guard self.state != .off else { return [] }
        let interrupted = self.state
        self.state = .off
        self.crashes += 1
        return self.logOut() + [.crashed(while: interrupted), .became(.off)]
    }

    /// Shows it what its virtual UPS says, and how many real clients are logged in there for it.
    public mutating func show(forcedShutdown: Bool, realClients: Int, at now: Moment) -> [HostChange] {
        let hadRealClients = self.realClients > 0
        self.isForced = forcedShutdown
        self.realClients = max(0, realClients)
        guard self.state == .running else { return [] }
        if self.isForced, hadRealClients, self.realClients == 0 { return self.stop(at: now) }
        let changes = self.settleClient()
        self.settleReaction(at: now)
        return changes
    }

    /// Makes it do what is due at `now`; called at ``nextMoment``, or later without harm.
    public mutating func advance(to now: Moment) -> [HostChange] {
        if let reacts = self.reacts, reacts <= now { return self.stop(at: reacts) + self.advance(to: now) }
        guard let ends = self.stateEnds, ends <= now else { return [] }
        self.stateEnds = nil
        switch self.state {
        case .booting: return self.becomeRunning(at: ends)
        case .stopping:
            self.state = .off
            return [.became(.off)]
        case .off, .running: return []
        }
    }

    /// Presses its power button, or sends it what has the same effect: a running host stops, one that is off boots.
    public mutating func pressPower(toStart: Bool, at now: Moment) -> [HostChange] {
        switch (self.state, toStart) {
        case (.running, false): self.stop(at: now)
        case (.off, true) where self.isPowered: self.boot(at: now)
        case (.running, true), (.off, _), (.booting, _), (.stopping, _): []
        }
    }

    /// Makes it hang when it stops next, or in the stop under way.
    public mutating func hang() {
        self.isHung = true
        if self.state == .stopping { self.stateEnds = nil }
    }

    /// Makes it stop as it should again; a stop that hung begins anew.
    public mutating func heal(at now: Moment) {
        guard self.isHung else { return }
        self.isHung = false
        if self.state == .stopping { self.stateEnds = now + self.plan.stopTime }
    }

    private mutating func boot(at now: Moment) -> [HostChange] {
        self.state = .booting
        self.stateEnds = now + self.plan.bootTime
        return [.became(.booting)]
    }

    private mutating func becomeRunning(at now: Moment) -> [HostChange] {
        self.state = .running
        let changes = [.became(.running)] + self.settleClient()
        self.settleReaction(at: now)
        return changes
    }

    private mutating func stop(at now: Moment) -> [HostChange] {
        self.reacts = nil
        self.state = .stopping
        self.stateEnds = self.isHung ? nil : now + self.plan.stopTime
        return self.logOut() + [.became(.stopping)]
    }

    /// The built-in client is there whenever no real one is.
    private mutating func settleClient() -> [HostChange] {
        guard self.plan.agentDelay != nil, self.realClients == 0 else { return self.logOut() }
        guard !self.isLoggedIn else { return [] }
        self.isLoggedIn = true
        return [.loggedIn]
    }

    /// A forced shutdown taken back before the client saw it is forgotten.
    private mutating func settleReaction(at now: Moment) {
        guard self.isForced, self.isLoggedIn, let delay = self.plan.agentDelay else { return self.reacts = nil }
        if self.reacts == nil { self.reacts = now + delay }
    }

    private mutating func logOut() -> [HostChange] {
        guard self.isLoggedIn else { return [] }
        self.isLoggedIn = false
        return [.loggedOut]
    }
}
