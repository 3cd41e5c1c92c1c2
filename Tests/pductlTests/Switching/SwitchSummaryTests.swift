import PowerCore
import Testing

@testable import pductl

@Suite struct SwitchSummaryTests {
    static func orders(_ action: OutletAction, _ target: String) throws -> [SwitchOrder] {
        try SwitchPlanTests.plan(action, target).get().orders
    }

    @Test func `the line says how an order stands, and no more than is known`() throws {
        let order = try Self.orders(.off, "storage")[0]
        let lines = [SwitchState.waiting, .underWay, .done("off"), .done(nil), .taken, .failed(.interlock, "no")]
            .map { $0.line(of: order) }
        #expect(
            lines == [
                "outlet rack-a/2 (storage): waits", "outlet rack-a/2 (storage): switching off",
                "outlet rack-a/2 (storage): switched off; it is off", "outlet rack-a/2 (storage): switched off",
                "outlet rack-a/2 (storage): the server has taken the order",
                "outlet rack-a/2 (storage): not switched off",
            ])
        let later = try SwitchPlanTests.plan(.off, "storage", nil, try OrderOptions(delay: "90", json: false)).get()
        #expect(
            SwitchState.taken.line(of: later.orders[0]) == "outlet rack-a/2 (storage): will be switched off in 1m30s")
    }

    @Test func `a line of JSON has what programs need`() throws {
        let order = try Self.orders(.off, "pve1")[0]
        #expect(
            SwitchState.done("off").json(of: order).line
                == #"{"target": "pve1", "kind": "host", "action": "off", "state": "done", "status": "off"}"#)
        #expect(
            SwitchState.failed(.interlock, "no").json(of: order).line
                == #"{"target": "pve1", "kind": "host", "action": "off", "state": "failed", "exit": 6, "message": "no"}"#
        )
    }

    @Test func `several orders end partly where some failed, and the failures are named`() throws {
        let orders = try Self.orders(.off, "rack-a/[1-2]")
        let summary = SwitchSummary(ends: [
            (order: orders[0], state: .failed(.interlock, "refused: it is needed")),
            (order: orders[1], state: .done("off")),
        ])
        #expect(
            summary.outcome
                == Outcome(
                    complaint: """
                        pductl: outlet rack-a/1 (pve1): refused: it is needed
                        pductl: 1 of 2 done; not done: rack-a/1

                        """, status: .partly))
        let alone = SwitchSummary(ends: [(order: orders[0], state: .failed(.interlock, "no"))])
        #expect(alone.outcome == Outcome(complaint: "pductl: outlet rack-a/1 (pve1): no\n", status: .interlock))
    }

    static let endings: [([Ending], Ending)] = [
        ([], .done), ([.done, .done], .done), ([.interlock, .interlock], .interlock), ([.done, .interlock], .partly),
        ([.unreachable, .interlock], .failed), ([.partly, .unreachable], .partly),
    ]

    @Test(arguments: endings) func `endings are put together`(endings: [Ending], together: Ending) {
        #expect(Ending(of: endings) == together)
    }

    static let kinds: [(String?, Ending)] = [
        ("interlock", .interlock), ("locked", .interlock), ("unreachable", .unreachable),
        ("not-verified", .notVerified), ("not-permitted", .notPermitted), ("partly", .partly), ("not-found", .notFound),
        ("failed", .failed), ("something new", .failed), (nil, .failed),
    ]

    @Test(arguments: kinds)
    func `the server's word for the trouble is the exit status`(kind: String?, ending: Ending) {
        #expect(Ending(kind: kind) == ending)
    }

    @Test func `the numbers are what the manual says`() {
        #expect(Ending.allCases.map(\.rawValue) == Array(0...8))
    }

    @Test func `a rehearsal says what would be ordered`() throws {
        let plan = try SwitchPlanTests.plan(.off, "pve1").get()
        let report = SwitchSummary.rehearsal(plan)
        #expect(
            report.text(false) == """
                TARGET  ACTION  NOW  FEEDS  ORDER
                pve1    off     on   pve1   pve1 load.off

                nothing was done: this was a rehearsal

                """)
    }
}
