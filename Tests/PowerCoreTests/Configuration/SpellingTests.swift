import Testing

@testable import PowerCore

@Suite struct SpellingTests {
    @Test(arguments: [
        ("", "", 0), ("a", "", 1), ("", "abc", 3), ("river", "river", 0), ("rivr", "river", 1), ("rievr", "river", 1),
        ("capcity", "capacity", 1), ("stabel", "stable", 1), ("kitten", "sitting", 3),
    ])
    func `a distance counts changed, missing, added and swapped letters`(a: String, b: String, distance: Int) {
        #expect(Spelling.distance(a, b) == distance)
        #expect(Spelling.distance(b, a) == distance)
    }

    @Test func `the nearest come first, and what is far does not come`() {
        let names = ["storage", "switch", "pve1", "pve2", "PVE11"]
        #expect(Spelling.nearest(to: "pve11", among: names) == ["PVE11", "pve1"])
        #expect(Spelling.nearest(to: "pve", among: names) == ["pve1", "pve2"])
        #expect(Spelling.nearest(to: "storge", among: names) == ["storage"])
        #expect(Spelling.nearest(to: "gpu", among: names) == [])
        #expect(Spelling.nearest(to: "pve", among: names, atMost: 1) == ["pve1"])
        #expect(Spelling.nearest(to: "pve", among: names, atMost: -1) == [])
    }

    @Test func `words longer than anybody types are not compared`() {
        let long = String(repeating: "a", count: Spelling.maximumLength + 1)
        #expect(Spelling.distance(long, long) == Int.max)
        #expect(Spelling.nearest(to: long, among: [long]) == [])
    }

    @Test func `a remedy names what is near, or all there is`() {
        #expect(Spelling.remedy(for: "rivr", among: ["river", "delta"]) == "did you mean river?")
        #expect(Spelling.remedy(for: "apc", among: ["river", "delta"]) == "known: river, delta")
        #expect(Spelling.remedy(for: "apc", among: []) == "")
    }
}
