import PowerCore
import Testing

private let outlet = OutletID(rackA, 2)

private func reading(
    _ position: OutletPosition?, pending: OutletPosition? = nil, name: String? = nil, isSwitchable: Bool = true,
    isLocked: Bool = false
) -> OutletSequence.Event {
    .read(
        PDUReading(outlets: [
            OutletReading(number: 1, position: .on),
            OutletReading(
                number: 2, name: name, position: position, pending: pending, isSwitchable: isSwitchable,
                isLocked: isLocked),
        ]))
}

private func failure(_ kind: DeviceFailure.Kind) -> DeviceFailure {
    DeviceFailure(kind, device: "rack-a", detail: "no answer")
}

/// A sequence with its clock: told what comes of each step, it says the next.
private struct Run {
    var sequence: OutletSequence
    var now = Moment.origin
    private var due: Moment

    init(_ deed: OutletDeed) {
        self.sequence = OutletSequence(deed, at: .origin)
        self.due = .origin
    }

    /// Goes to the moment of the look that is due, and says what came of it.
    mutating func take(_ event: OutletSequence.Event) -> OutletSequence.Step {
        self.now = max(self.now, self.due)
        let step = self.sequence.take(event, at: self.now)
        if case .read(let moment) = step { self.due = moment }
        return step
    }

    /// The same event again and again, until the sequence ends.
    mutating func end(_ event: OutletSequence.Event) -> OutletAnswer? {
        for _ in 0..<200 {
            if case .end(let answer) = self.take(event) { return answer }
        }
        return nil
    }
}

private func off(nameAtDevice: String? = nil, lock: String? = nil) -> Run {
    Run(OutletDeed(outlet, .turn(.off), nameAtDevice: nameAtDevice, lock: lock))
}

@Suite struct OutletSequenceTests {
    @Test func `it looks, orders, and believes only what is read back`() {
        var run = off()
        #expect(run.take(reading(.on)) == .give)
        guard case .read = run.take(.given), case .read = run.take(reading(.on)) else {
            Issue.record("it did not look again")
            return
        }
        #expect(run.take(reading(.off)) == .end(.verified))
    }

    @Test func `what stands already is not ordered again, not even where it is locked`() {
        var run = off(lock: "locked by anna")
        #expect(run.take(reading(.off)) == .end(.verified))
    }

    @Test func `an outlet that is about to go the other way is ordered all the same`() {
        var run = off()
        #expect(run.take(reading(.off, pending: .on)) == .give)
    }

    @Test func `a relay that does not move is not verified, after its whole time and no earlier`() {
        var run = off()
        _ = run.take(reading(.on))
        _ = run.take(.given)
        #expect(run.end(reading(.on)) == .notVerified)
        #expect(run.now - .origin >= OutletSequence.Patience().verify)
    }

    @Test func `a state that cannot be read is neither on nor off`() {
        var run = off()
        #expect(run.take(reading(nil)) == .give)
        _ = run.take(.given)
        #expect(run.end(reading(nil)) == .notVerified)
    }

    @Test func `a lost answer is looked into, and the order given again where that does the same`() {
        var run = off()
        _ = run.take(reading(.on))
        _ = run.take(.refused(failure(.timedOut)))
        #expect(run.take(reading(.on)) == .give)
        _ = run.take(.given)
        #expect(run.take(reading(.off)) == .end(.verified))
    }

    @Test func `an order whose answer is lost for ever is given three times and no more`() {
        var run = off()
        var given = 0
        var step = run.take(reading(.on))
        for _ in 0..<200 {
            switch step {
            case .give:
                given += 1
                step = run.take(.refused(failure(.timedOut)))
            case .read: step = run.take(reading(.on))
            case .end(let answer):
                #expect(answer == .notVerified)
                #expect(given == 3)
                return
            }
        }
        Issue.record("it never ended")
    }

    @Test func `an order for which nobody waits any more is not given`() {
        var slow = off()
        slow.now = .origin + .seconds(11)
        guard case .end(.unreachable) = slow.take(reading(.on)) else {
            Issue.record("it was ordered long after its beginning")
            return
        }
        var lost = off()
        _ = lost.take(reading(.on))
        lost.now = .origin + .seconds(11)
        _ = lost.take(.refused(failure(.timedOut)))
        guard case .read = lost.take(reading(.on)) else {
            Issue.record("it was ordered again long after its beginning")
            return
        }
    }

    @Test func `a cycle of the device's own is never repeated, and proved only by having been off`() {
        var lost = Run(OutletDeed(outlet, .cycle(offTime: .seconds(5))))
        _ = lost.take(reading(.on))
        _ = lost.take(.refused(failure(.timedOut)))
        #expect(lost.end(reading(.on)) == .notVerified)

        var seen = Run(OutletDeed(outlet, .cycle(offTime: .seconds(5))))
        _ = seen.take(reading(.on))
        _ = seen.take(.given)
        _ = seen.take(reading(.off, pending: .on))
        #expect(seen.take(reading(.on)) == .end(.verified))
    }

    @Test func `a PDU whose way has no power has done what it was told, and is waited for as long as a switch boots`() {
        var deed = OutletDeed(outlet, .cycle(offTime: .seconds(5)))
        deed.losesWay = true
        var run = Run(deed)
        _ = run.take(reading(.on))
        _ = run.take(.given)
        while run.now - .origin < .seconds(120) {
            guard case .read = run.take(.unreadable(failure(.timedOut))) else {
                Issue.record("it gave up")
                return
            }
        }
        #expect(run.take(reading(.on)) == .end(.verified))
        // Of any other outlet silence proves nothing.
        var other = Run(OutletDeed(outlet, .cycle(offTime: .seconds(5))))
        _ = other.take(reading(.on))
        _ = other.take(.given)
        _ = other.take(.unreadable(failure(.timedOut)))
        #expect(other.end(reading(.on)) == .notVerified)
    }

    @Test func `a PDU that starts anew in the middle is waited for`() {
        var run = off()
        _ = run.take(reading(.on))
        _ = run.take(.given)
        for _ in 0..<3 {
            guard case .read = run.take(.unreadable(failure(.timedOut))) else {
                Issue.record("it gave up")
                return
            }
        }
        #expect(run.take(reading(.off)) == .end(.verified))
    }

    @Test func `silence is unreachable, before the order and after it`() {
        var before = off()
        guard case .unreachable = before.end(.unreadable(failure(.timedOut))) else {
            Issue.record("silence was not called so")
            return
        }
        #expect(before.now - .origin < .seconds(10))
        var after = off()
        _ = after.take(reading(.on))
        _ = after.take(.given)
        guard case .unreachable(let sentence)? = after.end(.unreadable(failure(.timedOut))) else {
            Issue.record("silence was not called so")
            return
        }
        #expect(sentence.contains("it was told, and could not be read back"))
    }

    @Test(arguments: [
        (DeviceFailure.Kind.notPermitted, OutletAnswer.notPermitted("rack-a: no answer")),
        (.locked, .locked("rack-a: no answer")), (.stalled, .failed("rack-a: no answer")),
        (.notSupported, .failed("rack-a: no answer")), (.busy, .unreachable("rack-a: no answer")),
    ])
    func `a refusal is said as what it is`(kind: DeviceFailure.Kind, answer: OutletAnswer) {
        var run = off()
        _ = run.take(reading(.on))
        #expect(run.take(.refused(failure(kind))) == .end(answer))
    }

    @Test func `nothing is ordered at an outlet that is locked, renamed, fixed or not there`() {
        var locked = off(lock: "locked by anna at 192.0.2.7: new power supply")
        #expect(
            locked.take(reading(.on))
                == .end(.locked("outlet rack-a/2 is locked by anna at 192.0.2.7: new power supply")))
        var lockedThere = off()
        #expect(
            lockedThere.take(reading(.on, isLocked: true))
                == .end(.locked("outlet rack-a/2 is locked at the PDU; unlock it there")))
        var renamed = off(nameAtDevice: "Storage A")
        #expect(
            renamed.take(reading(.on, name: "gpu"))
                == .end(
                    .renamed(
                        "outlet rack-a/2 is called 'gpu' at the PDU and 'Storage A' in the configuration; look where the "
                            + "cable is plugged in, and correct one of the two")))
        var same = off(nameAtDevice: "Storage A")
        #expect(same.take(reading(.on, name: "Storage A")) == .give)
        var fixed = off()
        #expect(
            fixed.take(reading(.on, isSwitchable: false))
                == .end(.failed("outlet rack-a/2 cannot be switched, says the PDU")))
        var missing = Run(OutletDeed(OutletID(rackA, 9), .turn(.off)))
        #expect(missing.take(reading(.on)) == .end(.unknown("rack-a has no outlet 9, only 1 to 2")))
    }
}
