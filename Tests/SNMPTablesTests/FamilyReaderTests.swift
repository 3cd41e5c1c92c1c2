import PowerCore
import SNMPFamilies
import SNMPTables
import Testing

private let acme = """
    family: acme
    title: Acme Strip
    kind: pdu
    base: 1.3.6.1.4.1.99999.1
    outlets:
      name: .2
      state: {object: .3, on: 1, off: [0, 2]}
      switch: {object: .3, on: 1, off: 0}
    """

/// The problems of a file, each on one line.
private func problems(_ text: String) -> [String] {
    FamilyFile.read(text).problems.map { $0.line(in: "acme.yaml") }
}

@Test func `a user's family is read, and its device found`() async throws {
    let family = try #require(FamilyFile.read(acme).family)
    let families = SNMPFamilies(EmbeddedFamilies.all.all + [family])
    let agent = FakeAgent(
        FamilyCase.columns("1.3.6.1.4.1.99999.1", [("2", "web", "db"), ("3", 1, 2)], rows: ("1", "2")))
    let pdu = SNMPOutlets(id: "strip", port: agent, families: families)
    #expect(try await pdu.read().outlets.map(\.position) == [.on, .off])
    try await pdu.turn(2, .on)
    #expect(agent.orders.map(\.name) == [.of("1.3.6.1.4.1.99999.1.3.2")])
}

@Test func `a user's family takes the place of ours with its name`() throws {
    let text = acme.replacing("family: acme", with: "family: apc-rpdu")
    let family = try #require(FamilyFile.read(text).family)
    let families = SNMPFamilies(EmbeddedFamilies.all.all + [family])
    #expect(families.family("apc-rpdu")?.title == "Acme Strip")
    #expect(families.all.count == EmbeddedFamilies.all.all.count)
}

@Test(arguments: [
    ("family: acme\n", "", "1:1: error: family is missing; add family:"),
    ("kind: pdu", "kind: pud", "3:7: error: kind is 'pud'; write one of: pdu, ups"),
    ("title: Acme Strip", "titel: Acme Strip", "2:1: error: unknown key titel; did you mean title?"),
    ("object: .3, on: 1, off: [0, 2]", "object: .3, on: 1, off: [0, 1]", "7:10: error: outlets: state has one number"),
    ("object: .3, on: 1, off: [0, 2]", "object: .3, on: 1", "7:10: error: outlets: state needs object:, on: and off:"),
    ("object: .3, on: 1, off: [0, 2]", "object: .x, on: 1, off: 2", "7:19: error: outlets: state: object is '.x'"),
    ("object: .3, on: 1, off: [0, 2]", "object: .3, on: yes, off: 2", "7:27: error: outlets: state: on is 'yes'"),
    ("object: .3, on: 1, off: 0}", "object: .3, on: 1}", "8:11: error: outlets: switch has only one of on and off"),
    ("object: .3, on: 1, off: 0}", "on: 1, off: 0}", "8:16: error: outlets: switch: on is '1'"),
    ("base: 1.3.6.1.4.1.99999.1", "base: acme", "4:7: error: base is 'acme'"),
    ("name: .2", "name: .2\n  power: {object: .5, unit: A}", "7:10: error: outlets: power needs object:, and unit: in W"),
    ("name: .2", "name: .2\n  power: {object: .5, unit: bananas}", "7:29: error: outlets: power: unit is 'bananas'"),
    ("name: .2", "name: .2\n  refused: {40: no}", "7:13: error: outlets: refused: '40' is no error status"),
    ("name: .2", "name: .2\n  rename: {object: .5}", "7:11: error: outlets: rename needs object: and longest:"),
    ("name: .2", "name: .2\n  pending: {object: .5}", "7:12: error: outlets: pending needs object: and yes:"),
    ("title: Acme Strip", "rank: 100", "2:7: error: rank is 100"),
    ("title: Acme Strip", "variables: {battery: .2}", "2:13: error: 'battery' is no NUT variable"),
    ("title: Acme Strip", "variables: {ups.load: {unit: W}}", "2:13: error: ups.load has no object"),
    ("kind: pdu", "kind: ups", "1:1: error: a UPS needs status:"),
    ("title: Acme Strip", "status: {.1: {2: ON}}", "2:10: error: 'ON' is no word of ups.status"),
    ("outlets:\n  name", "outlets: 8\nno:\n  name", "5:10: error: outlets must be a group of keys"),
])
func `what is wrong is named with its place and what to do`(old: String, new: String, wanted: String) {
    let text = acme.replacing(old, with: new)
    #expect(text != acme)
    let found = problems(text)
    #expect(found.contains { $0.hasPrefix("acme.yaml:\(wanted)") && $0.contains("; ") }, "\(found)")
}

@Test(arguments: ["", "[]", "family", "family: [a", "outlets: {state: {on: 1}}", "\u{0}", "family: a\nfamily: b"])
func `a file that is none of ours gives problems and no family`(text: String) {
    let outcome = FamilyFile.read(text)
    #expect(outcome.family == nil)
    #expect(!outcome.problems.isEmpty)
}

@Test func `a file with a problem in every line names at most fifty`() {
    let text = acme + "\n" + (0..<200).map { "key\($0): 1" }.joined(separator: "\n")
    #expect(problems(text).count == 50)
}
