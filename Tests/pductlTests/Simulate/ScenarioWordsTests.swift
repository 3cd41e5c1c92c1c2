import PowerCore
import Testing

@testable import pductl

@Suite struct ScenarioWordsTests {
    private static let stretches: [(String, Duration, Duration?)] = [
        ("45m", .zero, .seconds(2700)), ("10m..55m", .seconds(600), .seconds(3300)), ("10m..", .seconds(600), nil),
        ("0s..1h30m", .zero, .seconds(5400)),
    ]

    @Test(arguments: stretches)
    func `an outage lasts for a time, or from one to another, or for ever`(text: String, from: Duration, to: Duration?)
        throws
    {
        #expect(try ScenarioWords.outage(text) == ScenarioWords.Stretch(from: from, to: to))
    }

    @Test(arguments: [
        ("soon", "'soon' is not a time such as 250ms, 5s, 2m or 1h30m"),
        ("20m..10m", "'20m..10m' ends before it begins"),
        ("..10m", "'' is not a time such as 250ms, 5s, 2m or 1h30m"), ("5m..5m", "'5m..5m' ends before it begins"),
    ])
    func `a time that is none is refused with a sentence`(text: String, sentence: String) {
        #expect(throws: ScenarioWords.Failure(sentence: sentence)) { try ScenarioWords.outage(text) }
    }

    @Test func `a charge is of all batteries or of one`() throws {
        let all = try ScenarioWords.charge("charge=80%")
        #expect(all.ups == nil && all.charge == 80)
        let one = try ScenarioWords.charge("river.charge=60%")
        #expect(one.ups == "river" && one.charge == 60)
    }

    @Test(arguments: ["charge", "river=80%", ".charge=1%", "a.b.charge=1%", "charge=101%", "charge=x", "=1%", ""])
    func `a charge that is none is refused`(text: String) {
        #expect(throws: ScenarioWords.Failure.self) { try ScenarioWords.charge(text) }
    }

    private static let faults: [(String, String?, ScenarioWords.FaultWord, Duration, Duration?)] = [
        ("pve2=hangs", "pve2", .hangs, .zero, nil), ("river=silent@10m", "river", .silent, .seconds(600), nil),
        ("river=silent@10m..20m", "river", .silent, .seconds(600), .seconds(1200)),
        ("a/4=sticks", "a/4", .sticks, .zero, nil), ("crash@12m", nil, .crash, .seconds(720), nil),
        ("flickers", nil, .flickers, .zero, nil), ("pve1=stays-off", "pve1", .staysOff, .zero, nil),
    ]

    @Test(arguments: faults)
    func `a fault has a subject, a word and a time`(
        text: String, subject: String?, word: ScenarioWords.FaultWord, from: Duration, to: Duration?
    ) throws {
        let stretch = ScenarioWords.Stretch(from: from, to: to)
        #expect(
            try ScenarioWords.fault(text) == ScenarioWords.Fault(subject: subject, word: word, stretch: stretch))
    }

    @Test(arguments: ["", "pve2", "pve2=explodes", "=hangs", "pve2=hangs@", "pve2=hangs@soon", "@5m"])
    func `a fault that is none is refused with all words there are`(text: String) {
        #expect {
            try ScenarioWords.fault(text)
        } throws: { error in
            guard let failure = error as? ScenarioWords.Failure else { return false }
            return failure.sentence.contains("boots-late") || failure.sentence.contains("is not a time")
        }
    }
}
