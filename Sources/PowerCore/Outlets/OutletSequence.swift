/// Decides how one deed at one outlet is carried out: look, order, read back until it stands or the time is over.
///
/// A pure value: it is told what came of its last step, and says the next one. The one place for what every driver has in
/// common: a PDU's "yes" proves nothing, an answer that was lost is looked into and never taken for a refusal, and
/// an order is repeated only where it does the same thing twice.
public struct OutletSequence: Hashable, Sendable {
    /// How long everything may take.
    public struct Patience: Hashable, Sendable {
        /// How long a PDU that says nothing is asked again before anything is ordered.
        public var look: Duration
        /// How long after its beginning an order may still be given: later, nobody waits for it any more.
        public var order: Duration
        /// How long an outlet is read back until the order counts as not verified.
        public var verify: Duration
        /// The pause before the first look at what came of an order; it doubles up to ``pause``.
        public var firstPause: Duration
        /// The longest pause between two looks.
        public var pause: Duration
        /// How often an order whose answer was lost is given again.
        public var repeats: Int

        /// Makes a patience; relays of slow PDUs lag some seconds behind, power-on delays more.
        public init(
            look: Duration = .seconds(6), order: Duration = .seconds(10), verify: Duration = .seconds(20),
            firstPause: Duration = .milliseconds(250), pause: Duration = .seconds(1), repeats: Int = 2
        ) {
            self.look = look
            self.order = order
            self.verify = verify
            self.firstPause = firstPause
            self.pause = pause
            self.repeats = repeats
        }
    }

    /// What is to be done next.
    public enum Step: Hashable, Sendable {
        /// Read the PDU at this moment.
        case read(at: Moment)
        /// Give the order.
        case give
        /// Nothing more: that came of it.
        case end(OutletAnswer)
    }

    /// What came of a step.
    public enum Event: Hashable, Sendable {
        /// The PDU was read.
        case read(PDUReading)
        /// It could not be read.
        case unreadable(DeviceFailure)
        /// The PDU has taken the order.
        case given
        /// It has not, or its answer was lost.
        case refused(DeviceFailure)
    }

    private enum Phase: Hashable {
        case looking
        case ordering
        case confirming(isLost: Bool)
    }

    /// How much longer an outlet is waited for that feeds the way to its own PDU: a switch boots for minutes.
    public static let wayTime = Duration.seconds(180)

    /// What is done.
    public let deed: OutletDeed
    private let patience: Patience
    private let began: Moment
    private var phase = Phase.looking
    /// Until when it is read back, once an order was given.
    private var deadline: Moment?
    private var repeated = 0
    private var nextPause: Duration
    /// Whether a native cycle was seen without power, or on its way there.
    private var wasSeenOff = false

    /// Begins; the first step is ``Step/read(at:)`` at once.
    public init(_ deed: OutletDeed, patience: Patience = Patience(), at now: Moment) {
        self.deed = deed
        self.patience = patience
        self.began = now
        self.nextPause = patience.firstPause
    }

    /// Takes what came of the last step, and says the next one.
    public mutating func take(_ event: Event, at now: Moment) -> Step {
        switch (self.phase, event) {
        case (.looking, .read(let reading)): self.look(at: reading, now)
        case (.looking, .unreadable(let failure)): self.couldNotLook(failure, at: now)
        case (.ordering, .given): self.confirm(isLost: false, at: now)
        case (.ordering, .refused(let failure)): self.refused(failure, at: now)
        case (.confirming(let isLost), .read(let reading)): self.confirm(reading, isLost, at: now)
        case (.confirming, .unreadable(let failure)): self.couldNotConfirm(failure, at: now)
        // Not an answer to what was asked.
        default: .read(at: now + self.patience.pause)
        }
    }

    // MARK: Looking

    private mutating func look(at reading: PDUReading, _ now: Moment) -> Step {
        guard let outlet = self.outlet(in: reading) else { return .end(.unknown(self.noSuchOutlet(in: reading))) }
        if let refusal = self.refusal(of: outlet) { return .end(refusal) }
        if self.deed.action == .turn(self.deed.end), outlet.position == self.deed.end, outlet.pending == nil {
            return .end(.verified)
        }
        if let lock = self.deed.lock { return .end(.locked("outlet \(self.deed.outlet) is \(lock)")) }
        guard !outlet.isLocked else {
            return .end(.locked("outlet \(self.deed.outlet) is locked at the PDU; unlock it there"))
        }
        guard self.mayOrder(at: now) else {
            return .end(.unreachable("\(self.deed.outlet.pdu) took too long to be read; nothing was ordered"))
        }
        self.phase = .ordering
        return .give
    }

    private func mayOrder(at now: Moment) -> Bool { now - self.began <= self.patience.order }

    private func refusal(of outlet: OutletReading) -> OutletAnswer? {
        if let wanted = self.deed.nameAtDevice, outlet.name != wanted {
            return .renamed(
                "outlet \(self.deed.outlet) is called '\(outlet.name ?? "")' at the PDU and '\(wanted)' in the "
                    + "configuration; look where the cable is plugged in, and correct one of the two")
        }
        guard outlet.isSwitchable else {
            return .failed("outlet \(self.deed.outlet) cannot be switched, says the PDU")
        }
        return nil
    }

    private func noSuchOutlet(in reading: PDUReading) -> String {
        let pdu = self.deed.outlet.pdu
        guard let first = reading.outlets.first, let last = reading.outlets.last else {
            return "\(pdu) has no outlet that could be switched"
        }
        return "\(pdu) has no outlet \(self.deed.outlet.number), only \(first.number) to \(last.number)"
    }

    /// A PDU that just said nothing once is asked again; one that refuses or is not there is not.
    private func couldNotLook(_ failure: DeviceFailure, at now: Moment) -> Step {
        let isPassing = failure.kind == .timedOut || failure.kind == .busy
        guard isPassing, now - self.began < self.patience.look else { return .end(OutletAnswer(failure)) }
        return .read(at: now + self.patience.pause)
    }

    // MARK: Ordering

    /// The PDU may have heard what it did not answer; anything else is a refusal.
    private mutating func refused(_ failure: DeviceFailure, at now: Moment) -> Step {
        switch failure.kind {
        case .timedOut, .gone: self.confirm(isLost: true, at: now)
        case .busy, .notPermitted, .locked, .notSupported, .stalled: .end(OutletAnswer(failure))
        }
    }

    private mutating func confirm(isLost: Bool, at now: Moment) -> Step {
        self.deadline = self.deadline ?? now + self.timeToConfirm
        self.phase = .confirming(isLost: isLost)
        return self.lookAgain(at: now)
    }

    /// How long after the first order an outlet is read back.
    private var timeToConfirm: Duration {
        guard case .cycle(let offTime) = self.deed.action else { return self.patience.verify }
        return self.patience.verify + offTime + (self.deed.losesWay ? Self.wayTime : .zero)
    }

    private func isOver(at now: Moment) -> Bool { self.deadline.map { now >= $0 } ?? false }

    // MARK: Confirming

    private mutating func confirm(_ reading: PDUReading, _ isLost: Bool, at now: Moment) -> Step {
        let outlet = self.outlet(in: reading)
        if outlet?.position == .off || outlet?.pending == .off { self.wasSeenOff = true }
        if let outlet, self.stands(outlet) { return .end(.verified) }
        guard !self.isOver(at: now) else { return .end(.notVerified) }
        if isLost, self.mayRepeat, self.mayOrder(at: now), outlet?.position != nil, outlet?.pending == nil {
            self.repeated += 1
            self.phase = .ordering
            return .give
        }
        return self.lookAgain(at: now)
    }

    private func stands(_ outlet: OutletReading) -> Bool {
        guard outlet.position == self.deed.end, outlet.pending == nil || outlet.pending == self.deed.end else {
            return false
        }
        if case .cycle = self.deed.action { return self.wasSeenOff }
        return true
    }

    /// On and off do the same when they are said twice; a cycle does not.
    private var mayRepeat: Bool {
        if case .cycle = self.deed.action { false } else { self.repeated < self.patience.repeats }
    }

    /// A PDU that starts anew in the middle is waited for; one that is away because its way has no power has done what it was
    /// told.
    private mutating func couldNotConfirm(_ failure: DeviceFailure, at now: Moment) -> Step {
        if self.deed.losesWay, failure.kind == .timedOut || failure.kind == .gone { self.wasSeenOff = true }
        guard !self.isOver(at: now) else {
            return .end(.unreachable("it was told, and could not be read back: \(failure.description)"))
        }
        return self.lookAgain(at: now)
    }

    private mutating func lookAgain(at now: Moment) -> Step {
        defer { self.nextPause = min(self.nextPause * 2, self.patience.pause) }
        return .read(at: now + self.nextPause)
    }

    private func outlet(in reading: PDUReading) -> OutletReading? {
        reading.outlets.first { $0.number == self.deed.outlet.number }
    }
}

extension OutletAnswer {
    /// What a failure of the device means for an order.
    init(_ failure: DeviceFailure) {
        switch failure.kind {
        case .gone, .timedOut, .busy: self = .unreachable(failure.description)
        case .notPermitted: self = .notPermitted(failure.description)
        case .locked: self = .locked(failure.description)
        case .notSupported, .stalled: self = .failed(failure.description)
        }
    }
}
