import NUTTransport
import PowerCore
import Testing

@testable import pductl

private func basis(storage: String = "running", pve1: String = "running") throws -> PlanBasis {
    try PlanBasis(
        [
            ("plan.node.1", "host pve1 \(pve1) needs=storage before=storage stop=80 limit=240 start=60"),
            ("plan.node.2", "host storage \(storage) needs=switch before=switch stop=100 limit=300 start=90"),
            ("plan.node.3", "load switch running needs= before= stop=0 limit=0 start=0"),
        ], json: false)
}

private func plan(_ name: String = "storage") throws -> DrillPlan {
    try DrillPlan(name, try basis(), flags: " --server h:1", json: false)
}

private func sights(_ phases: [HostID: String]) -> [HostID: DrillProgress.Sight] {
    phases.mapValues { DrillProgress.Sight(phase: $0) }
}

/// A drill of `storage` from its beginning to its end, a look every ten seconds.
private let course: [[HostID: String]] = [
    ["pve1": "asked", "storage": "waiting"], ["pve1": "stopping", "storage": "waiting"],
    ["pve1": "stopped", "storage": "asked"], ["pve1": "off", "storage": "stopped"],
    ["pve1": "off", "storage": "off"], ["pve1": "off", "storage": "starting"],
    ["pve1": "starting", "storage": "running"], ["pve1": "running", "storage": "running"],
]

private func progress(after looks: Int = course.count) throws -> (DrillProgress, [String]) {
    var progress = DrillProgress(try plan())
    var lines: [String] = []
    for (index, phases) in course.prefix(looks).enumerated() {
        lines += progress.take(sights(phases), at: .seconds(index * 10))
    }
    return (progress, lines)
}

@Suite struct DrillTests {
    @Test func `what needs the host stops as well and is named`() throws {
        #expect(
            try plan("STORAGE").text(colour: false) == """
                A drill stops storage for real and starts it again; what needs it stops as well: pve1.

                Stopping:
                STEP  NAME     KIND  PHASE    BEGINS   DONE  AT THE LATEST  WAITS FOR
                1     pve1     host  running      0s  1m20s             4m  -
                2     storage  host  running   1m20s     3m             9m  pve1

                Starting:
                STEP  NAME     KIND  PHASE  BEGINS   DONE  WAITS FOR
                1     storage  host  off        0s  1m30s  -
                2     pve1     host  off     1m30s  2m30s  storage


                """)
        #expect(try plan().question == "Stop and start pve1, storage now? [y/N] ")
        #expect(
            try plan("pve1").text(colour: false).hasPrefix(
                "A drill stops pve1 for real and starts it again; nothing else stops."))
    }

    @Test func `it waits as long as every step and every attempt may take`() throws {
        #expect(try plan().limit == .seconds(540 + 3 * 150 + 300))
    }

    @Test func `a load and an unknown name are a wrong command line`() throws {
        for name in ["switch", "nobody"] {
            #expect {
                try plan(name)
            } throws: { error in
                (error as? Outcome)
                    == Outcome(
                        complaint: "pductl: no host is called '\(name)'. There are:\n"
                            + "  pductl --server h:1 test pve1\n  pductl --server h:1 test storage\n", status: .notFound
                    )
            }
        }
    }

    @Test func `a host that is down is no subject of a drill`() {
        #expect {
            try DrillPlan("storage", try basis(storage: "off"), flags: "", json: false)
        } throws: { error in
            (error as? Outcome) == Outcome(complaint: "pductl: storage is off, not running\n", status: .failed)
        }
    }

    @Test func `without a terminal somebody must have agreed`() throws {
        #expect(
            try plan().unasked(flags: " --server h:1", json: false)
                == Outcome(
                    complaint: "pductl: a drill stops pve1, storage; without a terminal type:\n"
                        + "  pductl --server h:1 test storage --yes\n", status: .usage))
    }

    @Test func `every change is a line with its time`() throws {
        let (progress, lines) = try progress()
        #expect(
            lines == [
                "     0s  pve1 is told to stop", "     0s  storage is to stop when its turn comes",
                "    10s  pve1 is going down", "    20s  pve1 is down", "    20s  storage is told to stop",
                "    30s  pve1 is off", "    30s  storage is down", "    40s  storage is off",
                "    50s  storage is being started", "     1m  pve1 is being started", "     1m  storage is up again",
                "  1m10s  pve1 is up again",
            ])
        #expect(progress.state == .done)
    }

    @Test func `it is over when all are up again and not before`() throws {
        for looks in 0..<course.count { #expect(try progress(after: looks).0.state == .underWay) }
        var progress = DrillProgress(try plan())
        // Before the first change is seen everything still runs.
        #expect(progress.take(sights(["pve1": "running", "storage": "running"]), at: .zero) == [])
        #expect(progress.state == .underWay)
    }

    @Test func `the end says how long each took to stop and to start`() throws {
        let report = DrillReport(progress: try progress().0, time: .seconds(70))
        #expect(
            report.done(json: false).output == """
                pve1 stopped in 20 s and started in 10 s
                storage stopped in 10 s and started in 10 s
                the drill took 1 min 10 s

                """)
        #expect(report.done(json: true).output.contains("\"stop\": 20,\n      \"start\": 10,\n      \"proved\": true"))
    }

    @Test func `a host that was only taken to be down is named`() throws {
        var progress = DrillProgress(try plan("pve1"))
        let sentence = "pve1 is down for 0 s: \(StopWitness.timeout.sentence)."
        _ = progress.take(["pve1": .init(phase: "asked")], at: .zero)
        #expect(
            progress.take(["pve1": .init(phase: "stopped", sentence: sentence)], at: .seconds(240))
                == ["     4m  \(sentence)"])
        #expect(progress.unproved == ["pve1"])
        let done = DrillReport(progress: progress, time: .seconds(300)).done(json: false)
        #expect(done.output.contains("pve1 ran out of its time to stop: nothing proved that it was down\n"))
    }

    @Test func `a host that does not come up ends the drill`() throws {
        var (progress, _) = try progress(after: 6)
        #expect(
            progress.take(sights(["storage": "failed"]), at: .seconds(900)).last == "    15m  storage did not come up")
        #expect(progress.state == .failed("storage"))
        let outcome = DrillReport(progress: progress, time: .seconds(900)).failed("storage", flags: "", json: false)
        #expect(outcome.status == .failed)
        #expect(outcome.complaint.contains("storage did not come up again, 15 min after the drill began"))
    }

    @Test func `what is not over in time is said with how it stands`() throws {
        let open = DrillReport(progress: try progress(after: 6).0, time: .seconds(60)).tooLong(flags: "", json: false)
        #expect(
            open
                == Outcome(
                    complaint:
                        "pductl: the drill is not over after 1 min: pve1 is off, storage is starting. The server "
                        + "goes on with it; see:\n  pductl explain pve1\n  pductl explain storage\n", status: .failed))
        let lost = DrillReport(progress: try progress(after: 6).0, time: .seconds(60)).lost(.closed, json: false)
        #expect(lost.status == .unreachable)
    }
}
