import Foundation
import PowerCore
import PowerLab
import Testing

@testable import pductl

private let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Fixtures/Scenarios").path

private let scenarios =
    ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).filter { $0.hasSuffix(".scenario") }.sorted()

@Suite struct ScenarioFileTests {
    @Test func `there are scenarios`() {
        #expect(scenarios.count >= 8)
    }

    /// Where the policy was changed on purpose: `pductl simulate --record Tests/Fixtures/Scenarios/*.scenario`.
    @Test(arguments: scenarios)
    func `a scenario goes as it is expected to`(name: String) throws {
        let outcome = try ScenarioFile.outcome(of: ["\(folder)/\(name)"], .check, json: false)
        #expect(outcome.status == .done, "\(outcome.complaint)")
    }

    @Test(arguments: scenarios)
    func `every line fits into a hundred columns, and every line of JSON is one`(name: String) throws {
        let text = try ScenarioFile.run("\(folder)/\(name)", json: false).text
        #expect(text.split(separator: "\n").allSatisfy { $0.utf8.count <= Timeline.width })
        let lines = try ScenarioFile.run("\(folder)/\(name)", json: true).text.split(separator: "\n")
        for line in lines {
            let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
            #expect(object?["event"] is String)
        }
        #expect(lines.last?.contains("\"summary\"") == true)
    }

    @Test func `what differs is shown, and a recording is what is expected from then on`() throws {
        let place = FileManager.default.temporaryDirectory.appending(path: "scenario-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: place) }
        let path = place.appending(path: "x.scenario").path
        try "rack demo\noutage 60s\n".write(toFile: path, atomically: true, encoding: .utf8)
        #expect(throws: Outcome.self) { try ScenarioFile.outcome(of: [path], .check, json: false) }
        #expect(try ScenarioFile.outcome(of: [path], .record, json: false).status == .done)
        #expect(try ScenarioFile.outcome(of: [path], .check, json: false) == .done("\(path): as expected\n"))
        try "rack demo\noutage 61s\n".write(toFile: path, atomically: true, encoding: .utf8)
        let outcome = try ScenarioFile.outcome(of: [path], .check, json: false)
        #expect(outcome.status == .failed && outcome.complaint.contains("is:"))
    }

    @Test func `a scenario with a loss ends with status 1, one without with 0`() throws {
        var scenario = Scenario(rack: .demo)
        scenario.outages = [.init(stretch: .init(from: .zero, to: .seconds(60)), upses: [])]
        #expect(try ScenarioRun(scenario, folder: nil, json: false).outcome.status == .done)
        scenario.faults = [try ScenarioWords.fault("river=dies@10s")]
        #expect(try ScenarioRun(scenario, folder: nil, json: false).outcome.status == .failed)
    }

    @Test func `a file that cannot be read is a wrong command line`() {
        for path in ["/nonexistent.scenario", folder] {
            #expect {
                try ScenarioFile.outcome(of: [path], .show, json: false)
            } throws: { ($0 as? Outcome)?.status == .usage }
        }
    }

    @Test func `times are short and texts are broken between words`() {
        #expect(Timeline.time(.milliseconds(125_300)) == "2m05.3s")
        #expect(Timeline.time(.seconds(3607)) == "1h00m07s")
        #expect(Timeline.time(.seconds(90_061)) == "1d01h01m")
        #expect(Timeline.time(.milliseconds(-500)) == "-0.5s")
        #expect("a bc def".wrapped(to: 4) == ["a bc", "def"])
        #expect("abcdef".wrapped(to: 4) == ["abcdef"] && "".wrapped(to: 4) == [""])
    }

    @Test func `storms on two threads are the storms of one`() async throws {
        let rack = Rack(
            upses: [RackUPS(id: "ups", capacity: 100)],
            consumers: [
                Consumer(id: "host", kind: .host(StopPlan()), tier: "core", feeds: [.ups("ups")], watts: 88)
            ], tiers: ["core"])
        let season = StormSeason(rack: rack, settings: PolicySettings())
        let both = await StormRun(season, count: 2, seed: 3, json: true).outcome()
        #expect(both.output == StormReport(playing: season, seeds: 3..<5).json.line + "\n")
    }
}
