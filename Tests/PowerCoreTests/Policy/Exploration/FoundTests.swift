import Testing

@testable import PowerCore

/// What the exploration has found, each on its shortest way; what comes of it is judged as there, crashes and all.
@Suite struct FoundTests {
    struct Found: CustomTestStringConvertible, Sendable {
        var testDescription: String
        /// Hosts that were off before.
        var off: Set<Int> = []
        var moves: [Move]
    }

    static let all = [
        Found(
            testDescription:
                "an outlet that a person cycled, and that goes off when nobody waits any more, is not left off",
            moves: [.mainsLost(0), .reacts(2), .isDown(2), .wait, .ordered(.cycle, 1), .wait]),
        Found(
            testDescription: "a load that was cut is not taken for one that somebody switched off after a restart",
            moves: Self.stopped + [.answer(pdu: 1)]),
        Found(
            testDescription: "outlets of a PDU without power are not switched for ever",
            moves: [.mainsLost(0), .batteryLow(0), .batteryEmpty(0)]),
        Found(
            testDescription: "an order to cut that failed is not given again to a host that came up",
            moves: [.mainsLost(0), .batteryLow(0), .reacts(2), .isDown(2), .wait, .batteryEmpty(0)]),
        Found(
            testDescription: "a host that comes up by one feed gets the other one back as well",
            moves: Self.stopped + [.answer(pdu: 1), .wait, .answer(pdu: 0), .batteryEmpty(1)]),
        Found(
            testDescription: "a machine that boots is not taken for one that is up",
            moves: Self.stopped
                + [.answer(pdu: 1), .wait, .answer(pdu: 0), .answer(pdu: 1), .answer(pdu: 0), .batteryEmpty(1)]),
        Found(
            testDescription: "a host that booted while nobody looked is not cut",
            moves: [.mainsLost(1), .wait, .batteryLow(1), .reacts(0), .isDown(0), .wait, .batteryEmpty(1)]),
        Found(
            testDescription: "a start goes on after a restart, although an outlet was not read yet",
            moves: [
                .mainsLost(1), .wait, .wait, .reacts(0), .mainsBack(1), .isDown(0), .wait, .wait, .answer(pdu: 0),
                .answer(pdu: 1), .wait, .mainsLost(1), .wait, .answer(pdu: 0), .answer(pdu: 1), .answer(pdu: 0),
                .answer(pdu: 1), .wait, .wait,
            ]),
        Found(
            testDescription: "a host that is forced down when it is down already is started again",
            moves: [.mainsLost(0), .wait, .wait, .hostForced(2)]),
        Found(
            testDescription: "what was cut is started in its order, although its outlets were not read yet",
            moves: [
                .mainsLost(1), .wait, .wait, .reacts(0), .isDown(0), .reacts(1), .isDown(1), .wait, .answer(pdu: 0),
                .mainsLost(0), .answer(pdu: 0), .upsDies(0),
            ]),
        Found(
            testDescription: "a load is not cut when what needs it has come up again",
            moves: [
                .mainsLost(0), .mainsLost(1), .wait, .upsDies(0), .wait, .reacts(0), .isDown(0), .reacts(1), .isDown(1),
                .wait, .answer(pdu: 1), .answer(pdu: 1),
            ]),
        Found(
            testDescription: "a person's order that is given again does not cut what has become the last feed",
            moves: [
                .mainsLost(1), .wait, .wait, .reacts(0), .upsDies(1), .isDown(0), .ordered(.off, 1), .wait,
                .answer(pdu: 0),
            ]),
        Found(
            testDescription: "an outlet that a person cycled and that stuck is switched on later",
            moves: [
                .ordered(.cycle, 0), .answer(pdu: 0), .wait, .sticks(pdu: 0), .wait, .answer(pdu: 0), .wait,
                .answer(pdu: 0),
            ]),
        Found(
            testDescription: "power that ends under a host that has just stopped is noticed at once",
            off: [2],
            moves: [
                .mainsLost(0), .ordered(.off, 3), .answer(pdu: 1), .wait, .wait, .reacts(0), .isDown(0), .reacts(1),
                .isDown(1), .upsDies(0), .wait,
            ]),
        Found(
            testDescription: "a host that was told to stop comes back, although somebody switched one of its feeds off",
            moves: [
                .mainsLost(1), .wait, .wait, .reacts(0), .isDown(0), .ordered(.cycle, 2), .answer(pdu: 0), .upsDies(1),
                .wait,
            ]),
        Found(
            testDescription: "a host that loses its other feed while one is cycled is not left alone",
            moves: [
                .mainsLost(1), .wait, .wait, .reacts(0), .ordered(.cycle, 2), .answer(pdu: 0), .upsDies(1), .isDown(0),
                .wait,
            ]),
        Found(
            testDescription: "a host that only boots does not count as up when a shutdown is called off",
            off: [2],
            moves: [
                .mainsLost(0), .ordered(.off, 3), .answer(pdu: 1), .wait, .wait, .deafCrash, .logsIn(0), .logsIn(1),
                .reacts(1), .isDown(1), .wait, .answer(pdu: 0), .answer(pdu: 0), .answer(pdu: 1), .reacts(0),
                .isDown(0),
            ]),
        Found(
            testDescription: "a host that somebody has given power is not started once more before what it needs is up",
            moves: [
                .mainsLost(1), .reacts(0), .isDown(0), .reacts(1), .isDown(1), .answer(pdu: 1), .wait, .wait,
                .answer(pdu: 0), .answer(pdu: 1), .answer(pdu: 0), .answer(pdu: 1), .ordered(.on, 0), .answer(pdu: 0),
                .forcedOff(0), .answer(pdu: 0), .wait,
            ]),
        Found(
            testDescription: "a start is not turned round after a restart for an outlet that was not read yet",
            moves: [
                .mainsLost(1), .reacts(0), .isDown(0), .reacts(1), .isDown(1), .answer(pdu: 1), .wait, .wait,
                .answer(pdu: 0), .answer(pdu: 1), .answer(pdu: 0), .answer(pdu: 1), .ordered(.on, 2), .answer(pdu: 0),
                .isUp(1), .upsForced(0),
            ]),
        Found(
            testDescription: "what was shut down by hand is not up for what needs it, long before that is believed",
            moves: [.shutByHand(1), .isDown(1), .ordered(.cycle, 3), .answer(pdu: 1), .wait, .mainsLost(0)]),
    ]

    /// River's neighbour is low, and everything that hangs on the switch has been stopped in order.
    private static let stopped: [Move] = [
        .mainsLost(1), .batteryLow(1), .reacts(0), .isDown(0), .reacts(1), .isDown(1),
    ]

    @Test(arguments: all)
    func `what was found once is mended`(found: Found) {
        var situation = Situation(off: found.off)
        var futures = Futures()
        for move in found.moves {
            situation.make(move)
            #expect(situation.sins == [])
        }
        #expect(futures.judge(situation).map(\.sin) == [])
    }

    /// Stock clients try every 5 s to connect anew, and may have been up all the time that no daemon was there.
    @Test
    func `a host that came up while the daemon was away is not power-cycled before its client had time to log in`() {
        var situation = Situation()
        for move in Self.stopped + [.answer(pdu: 1), .wait] { situation.make(move) }
        for _ in 0..<4 { if let move = situation.obedientMoves.first { situation.make(move) } }
        situation.make(.mainsBack(1))
        while situation.engine.consumers[1].phase != .running, situation.now < Moment.origin + .seconds(100) {
            situation.make(situation.obedientMoves.first ?? .wait)
        }
        guard case .starting(let round, _, let deadline) = situation.engine.consumers[0].phase else {
            Issue.record("pve is \(situation.engine.consumers[0].phase.word)")
            return
        }
        while let move = situation.obedientMoves.first, move != .isUp(0) { situation.make(move) }
        situation.now = deadline
        situation.make(.crash(isCarriedOut: true))
        situation.now = situation.now + PolicyEngine.reconnectTime - .seconds(1)
        situation.tell(.deadlineReached)
        #expect(round == 1)
        #expect(situation.world.pending.isEmpty)
    }
}
