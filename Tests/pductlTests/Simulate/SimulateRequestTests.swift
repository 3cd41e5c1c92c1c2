import ArgumentParser
import PowerCore
import PowerLab
import RackFile
import Testing

@testable import pductl

private func request(_ line: String...) throws -> SimulateRequest {
    let command = try #require(try Pductl.parseAsRoot(["simulate"] + line) as? Simulate)
    return try SimulateRequest(command.words)
}

@Suite struct SimulateRequestTests {
    @Test func `a command line is a scenario`() throws {
        let asked = try request(
            "--demo", "--outage", "45m", "--ups", "river", "--at", "charge=80%", "--at", "river.charge=60%", "--fault",
            "pve2=hangs", "--fault", "crash@12m", "--seed", "3")
        var scenario = Scenario(rack: .demo)
        scenario.outages = [.init(stretch: .init(from: .zero, to: .seconds(2700)), upses: ["river"])]
        scenario.charges = [nil: 80, "river": 60]
        scenario.faults = [try ScenarioWords.fault("pve2=hangs"), try ScenarioWords.fault("crash@12m")]
        scenario.seed = 3
        #expect(asked == .scenario(scenario))
    }

    @Test func `seasons and files are asked for apart`() throws {
        #expect(try request("--config", "r.yaml", "--storms", "9") == .storms(.file("r.yaml"), count: 9, seed: 1))
        #expect(try request("--demo", "--storms", "9", "--seed", "7") == .storms(.demo, count: 9, seed: 7))
        #expect(try request("a.scenario", "b.scenario") == .files(["a.scenario", "b.scenario"], .show))
        #expect(try request("a.scenario", "--check") == .files(["a.scenario"], .check))
        #expect(try request("a.scenario", "--record") == .files(["a.scenario"], .record))
    }

    @Test(arguments: [
        [], ["--demo"], ["--outage", "45m"], ["--demo", "--config", "x", "--outage", "1m"],
        ["--demo", "--ups", "river", "--fault", "crash"], ["--demo", "--outage", "forty"], ["a.scenario", "--demo"],
        ["a.scenario", "--check", "--record"], ["a.scenario", "--seed", "1"], ["--demo", "--outage", "1m", "--check"],
        ["--demo", "--storms", "0"], ["--demo", "--storms", "5", "--outage", "1m"], ["--storms", "5"],
        ["--demo", "--outage", "1m", "--length", "x"],
    ])
    func `a command line that makes no sense is refused`(line: [String]) throws {
        let command = try #require(try Pductl.parseAsRoot(["simulate"] + line) as? Simulate)
        #expect(throws: ScenarioWords.Failure.self) { try SimulateRequest(command.words) }
    }

    @Test func `what is wrong with the command line ends with status 2 and a sentence`() async throws {
        let command = try #require(
            try Pductl.parseAsRoot(["simulate", "--demo", "--outage", "1m", "--fault", "pve9=hangs"]) as? Simulate)
        await #expect {
            try await command.run()
        } throws: { error in
            (error as? Outcome)
                == Outcome(complaint: "pductl: the rack has no host 'pve9'; did you mean pve1?\n", status: .usage)
        }
    }

    @Test func `a scenario becomes a plan for the rack`() throws {
        let configuration = try #require(ConfigurationFile.read(DemoRack.yaml).configuration)
        var scenario = try Scenario(
            file: """
                rack demo            # a remark
                outage 10m river
                outage 20m..30m

                charge 80%
                charge river 60%
                fault rack-a=silent@1m..2m
                fault river=silent
                fault rack-a/8=sticks
                fault flickers@5m
                fault crash@1m..2m
                length 2h
                seed 5
                needless 3m
                """)
        let plan = try scenario.plan(for: configuration)
        #expect(
            plan.cuts == [.init(of: ["river"], to: .seconds(600)), .init(from: .seconds(1200), to: .seconds(1800))])
        #expect(plan.charges == ["river": 60, "delta": 80])
        #expect(
            plan.faults.map(\.kind) == [
                .pduSilent("rack-a"), .upsSilent("river"), .outletSticks(OutletID("rack-a", 8)), .mainsFlicker([]),
                .daemonCrash,
            ])
        #expect(plan.length == .seconds(7200) && plan.seed == 5 && plan.needlessAbove == .seconds(180))
        #expect(plan.machines["storage"]?.stop == .seconds(50))

        for (fault, sentence) in [
            ("river=hangs", "the rack has no host 'river'; there are gpu, pve1, pve2, pve3, storage"),
            ("rack-a/7=sticks", "the rack has no outlet that feeds something 'rack-a/7'; did you mean rack-a/8?"),
            ("hangs", "a name is missing in front of it, as in gpu=WORD"),
        ] {
            scenario.faults = [try ScenarioWords.fault(fault)]
            #expect(throws: ScenarioWords.Failure(sentence: sentence)) { try scenario.plan(for: configuration) }
        }
    }

    @Test(arguments: [
        ("rack demo\nfoo bar", "line 2: 'foo' is none of rack, outage, charge, fault, length, seed, needless"),
        ("outage", "line 1: outage of what?"), ("seed x", "line 1: 'x' is no whole number"),
        ("length 1h 2h", "line 1: length takes fewer words"), ("charge a b 10%", "line 1: charge takes fewer words"),
    ])
    func `a scenario file that is wrong is refused with its line`(text: String, sentence: String) {
        #expect(throws: ScenarioWords.Failure(sentence: sentence)) { try Scenario(file: text) }
    }
}
