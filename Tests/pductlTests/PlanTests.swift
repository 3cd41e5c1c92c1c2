import NUTProtocol
import NUTTransport
import PowerCore
import Testing

@testable import pductl

/// The lines of a server with ten nodes before the others, as they come: sorted by name.
private let lines: [(name: String, value: String)] = [
    ("device.type", "server"),
    ("plan.node.1", "host pve1 running needs=storage before=storage stop=80 limit=240 start=60"),
    ("plan.node.10", "load modem running needs= before= stop=0 limit=0 start=0"),
    ("plan.node.2", "host storage running needs=switch before=switch stop=100 limit=300 start=90"),
    ("plan.node.3", "load switch running needs= before= stop=0 limit=0 start=0"),
]

private func basis(_ change: (inout [(name: String, value: String)]) -> Void = { _ in }) throws -> PlanBasis {
    var lines = lines
    change(&lines)
    return try PlanBasis(lines, json: false)
}

/// The hosts with so many seconds of power each; nil where no end is known.
private func picture(pve1: Int?, storage: Int?) -> ServerPicture {
    let hosts = [("pve1", pve1), ("storage", storage)].map { name, left in
        DevicePicture(
            name: name,
            variables: [("host.phase", "running")] + (left.map { [("battery.runtime", "\($0)")] } ?? []))
    }
    return ServerPicture(devices: hosts)
}

private func report(
    _ words: [String], _ picture: ServerPicture = picture(pve1: nil, storage: nil), down: Bool = false
) throws -> PlanReport {
    let basis = try basis { lines in
        guard down else { return }
        for index in lines.indices { lines[index].value.replace("running", with: "off") }
    }
    return try PlanReport(words, basis, picture, flags: "", json: false)
}

@Suite struct PlanTests {
    @Test func `what a plan is made of comes in the order of the configuration`() throws {
        #expect(try basis().nodes.map(\.id) == ["pve1", "storage", "switch", "modem"])
        #expect(try basis().node("PVE1")?.id == "pve1")
    }

    @Test func `a line that is not understood, and a server without any, are said`() {
        #expect {
            try basis { $0[1].value = "host pve1 running stop=1" }
        } throws: { error in
            (error as? Outcome)?.complaint
                == "pductl: the server's plan.node.1 is not understood: 'host pve1 running stop=1'. Is it as new as this "
                + "pductl?\n"
        }
        #expect {
            try basis { $0 = [] }
        } throws: { error in
            (error as? Outcome)?.status == .failed
        }
        let other = PlanBasis.outcome(of: .refused(.unknownUPS, sentence: nil), json: false)
        #expect(other == Outcome(complaint: "pductl: this server knows no hosts and makes no plans\n", status: .failed))
    }

    @Test func `a plan is a table and a sentence`() throws {
        #expect(
            try report(["stop", "switch"], picture(pve1: 2000, storage: 2000)).text(colour: false) == """
                STEP  NAME     KIND  PHASE    BEGINS   DONE  AT THE LATEST  WAITS FOR
                1     pve1     host  running      0s  1m20s             4m  -
                2     storage  host  running   1m20s     3m             9m  pve1
                3     switch   load  running      3m     3m             9m  storage

                Stopping switch takes 3 min as a rule and 9 min at most; it is feasible: storage has power for 33 min \
                20 s, and of all it has the least to spare.

                """)
    }

    @Test(
        arguments: [
            (nil, nil, nil, "nothing of it lives on battery now, so that no end of its power is in sight."),
            (2000, 600, "yes", "it is feasible: storage has power for 10 min, and of all it has the least to spare."),
            (
                2000, 540, "yes", "it is feasible: storage has power for 9 min, and of all it has the least to spare."
            ),
            (
                2000, 539, "as-usual",
                "it is feasible only if all goes as usual: storage has power for 8 min 59 s and may take 9 min."
            ),
            (
                100, 539, "as-usual",
                "it is feasible only if all goes as usual: pve1 has power for 1 min 40 s and may take 4 min."
            ),
            (
                100, 179, "no",
                "it is not feasible: storage has power for 2 min 59 s and is down after 3 min as a rule."
            ),
        ] as [(Int?, Int?, String?, String)])
    func `the verdict is about the host for which it is tightest`(
        pve1: Int?, storage: Int?, word: String?, said: String
    ) throws {
        let report = try report([], picture(pve1: pve1, storage: storage))
        #expect(
            report.text(colour: false).hasSuffix(
                "\nStopping everything takes 3 min as a rule and 9 min at most; \(said)\n"))
        #expect(report.json.text.contains("\"feasible\": \(word.map { "\"\($0)\"" } ?? "null"),"))
    }

    @Test func `a start has no latest moment and asks no battery`() throws {
        let report = try report(["start", "pve1"], picture(pve1: 1, storage: 1), down: true)
        #expect(
            report.text(colour: false) == """
                STEP  NAME     KIND  PHASE  BEGINS   DONE  WAITS FOR
                1     switch   load  off        0s     0s  -
                2     storage  host  off        0s  1m30s  switch
                3     pve1     host  off     1m30s  2m30s  storage

                Starting pve1 takes 2 min 30 s as a rule, from when the mains are stable and the batteries hold enough.

                """)
    }

    @Test func `a start of everything is one of what is down`() throws {
        #expect(
            try report(["start"], down: true).text(colour: false).hasSuffix(
                "\nStarting everything that is down takes 2 min 30 s as a rule, from when the mains are stable and the "
                    + "batteries hold enough.\n"))
    }

    @Test func `nothing to do is a sentence`() throws {
        #expect(try report(["start"]).text(colour: false) == "nothing to start: everything is up\n")
        #expect(try report(["start", "pve1"]).text(colour: false) == "nothing to start: pve1 (running) is up\n")
        #expect(
            try report(["pve1", "storage"], down: true).text(colour: false)
                == "nothing to stop: pve1 (off), storage (off) are down\n")
    }

    @Test(arguments: [
        (["pve"], "no host or load is called 'pve'. Did you mean:\n  pductl plan stop pve1\n"),
        (
            ["start", "nobody"],
            "no host or load is called 'nobody'. There are:\n  pductl plan start pve1\n  pductl plan start storage\n"
                + "  pductl plan start switch\n  pductl plan start modem\n"
        ),
    ])
    func `an unknown target is a wrong command line`(words: [String], said: String) {
        #expect {
            try report(words)
        } throws: { error in
            (error as? Outcome) == Outcome(complaint: "pductl: \(said)", status: .notFound)
        }
    }

    @Test func `JSON has seconds and names`() throws {
        #expect(
            try report(["pve1"], picture(pve1: 300, storage: nil)).json.text == """
                {
                  "direction": "stop",
                  "targets": [
                    "pve1"
                  ],
                  "steps": [
                    {
                      "name": "pve1",
                      "kind": "host",
                      "phase": "running",
                      "begins": 0,
                      "done": 80,
                      "latest": 240,
                      "after": []
                    }
                  ],
                  "length": 80,
                  "limit": 240,
                  "feasible": "yes",
                  "tightest": "pve1",
                  "left": 300,
                  "summary": "Stopping pve1 takes 1 min 20 s as a rule and 4 min at most; it is feasible: pve1 has power \
                for 5 min, and of all it has the least to spare."
                }
                """)
    }
}
