import Testing

@testable import PowerCore

/// The validation apart from any file: places are indices of the rack.
@Suite struct RackValidationTests {
    static let river = RackUPS(id: "river", capacity: 286)
    static let pdu = RackPDU(id: "rack-a", feed: "river")

    /// A rack on one PDU with two tiers.
    static func rack(_ consumers: Consumer...) -> Rack {
        Rack(upses: [river], pdus: [pdu], consumers: consumers, tiers: ["soft", "core"])
    }

    /// A host on an outlet.
    static func host(_ id: HostID, _ outlet: Int, needs: [HostID] = [], tier: String = "core") -> Consumer {
        Consumer(
            id: id, kind: .host(StopPlan()), tier: tier, feeds: [.outlet(OutletID("rack-a", outlet))], needs: needs)
    }

    @Test func `a sound rack has no problem`() {
        let rack = Self.rack(
            Self.host("pve1", 1, needs: ["storage"], tier: "soft"), Self.host("storage", 2))
        #expect(RackValidation(rack: rack, outlets: ["rack-a": 8]).problems() == [])
        #expect(RackValidation(rack: Rack()).problems() == [])
    }

    @Test func `every circle is named once, from where it is entered`() {
        let rack = Self.rack(
            Self.host("a", 1, needs: ["b"]), Self.host("b", 2, needs: ["c"]), Self.host("c", 3, needs: ["a", "d"]),
            Self.host("d", 4, needs: ["d"]), Self.host("e", 5, needs: ["a"]))
        let problems = RackValidation(rack: rack).problems()
        #expect(
            problems.map(\.message) == [
                "the needs go in a circle: a needs b, b needs c, c needs a",
                "the needs go in a circle: d needs d",
            ])
        #expect(problems.map(\.place) == [.need(0, 0), .need(3, 0)])
    }

    @Test func `a chain as long as a rack may be does not overflow the stack`() {
        let count = 100_000
        let hosts = (0..<count).map { index in
            Consumer(
                id: HostID("h\(index)"), kind: .load, tier: "core", feeds: [],
                needs: [HostID("h\((index + 1) % count)")])
        }
        var validation = RackValidation(rack: Rack(consumers: hosts, tiers: ["core"]))
        #expect(validation.circleProblems().count == 1)
        validation = RackValidation(rack: Rack(consumers: Array(hosts.dropLast()), tiers: ["core"]))
        #expect(validation.circleProblems().isEmpty)
        #expect(validation.energyProblems().isEmpty)
    }

    @Test func `a PDU whose outlets are not known may have any number of them`() {
        let rack = Self.rack(Self.host("a", 40))
        #expect(RackValidation(rack: rack).problems() == [])
        #expect(RackValidation(rack: rack, outlets: ["rack-a": 8]).problems().map(\.place) == [.feed(0, 0)])
    }

    @Test func `two of one name are said to be so`() {
        let rack = Self.rack(Self.host("a", 1), Self.host("A", 2), Self.host("Rack-A", 3))
        let problems = RackValidation(rack: rack).problems()
        #expect(problems.map(\.kind) == [.sameName, .sameName])
        #expect(problems.map(\.place) == [.consumer(1), .consumer(2)])
    }

    @Test func `hosts on a source whose watts are not all known are not said to be too late`() {
        var host = Self.host("a", 1)
        host.kind = .host(StopPlan(timeout: .seconds(86400)))
        #expect(RackValidation(rack: Self.rack(host)).problems() == [])
        host.watts = 1000
        #expect(RackValidation(rack: Self.rack(host)).problems().map(\.severity) == [.error])
        #expect(RackValidation(rack: Self.rack(host, Self.host("b", 2))).problems() == [])
    }

    @Test func `what draws nothing lasts for ever`() {
        var host = Self.host("a", 1)
        host.watts = 0
        #expect(RackValidation(rack: Self.rack(host)).problems() == [])
    }
}
