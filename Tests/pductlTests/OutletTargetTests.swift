import PowerCore
import Testing

@testable import pductl

@Suite struct OutletTargetTests {
    /// The outlets that a text may mean.
    static func meant(_ text: String, in picture: ServerPicture) -> [String] {
        switch OutletTarget(text, in: picture) {
        case .found(let outlet): ["\(outlet.id)"]
        case .ambiguous(let outlets): outlets.map { "\($0.id)" }
        case .unknown: []
        }
    }

    @Test func `an outlet is found by its number, its place, its name or what it feeds`() {
        #expect(Self.meant("rack-a/2", in: Racks.own) == ["rack-a/2"])
        #expect(Self.meant("RACK-A/2", in: Racks.own) == ["rack-a/2"])
        #expect(Self.meant("storage", in: Racks.own) == ["rack-a/2"])
        #expect(Self.meant("Modem", in: Racks.own) == ["rack-b/2"])
        #expect(Self.meant("5", in: Racks.foreign) == ["apc/5"])
        #expect(Self.meant("3", in: Racks.foreign) == ["strip/3"])
    }

    @Test func `what may be several is never guessed`() {
        #expect(Self.meant("1", in: Racks.own) == ["rack-a/1", "rack-b/1"])
        #expect(Self.meant("pve1", in: Racks.own) == ["rack-a/1", "rack-b/1"])
        guard case .ambiguous = OutletTarget("pve1", in: Racks.own) else {
            Issue.record("pve1 has two feeds")
            return
        }
    }

    @Test func `a host's own list of feeds finds outlets that do not name it`() {
        var picture = Racks.own
        picture.devices[1].variables.removeAll { $0.name.hasPrefix("outlet.1.") }
        picture.devices[1].variables.append(("outlet.1.status", "on"))
        #expect(Self.meant("pve1", in: picture) == ["rack-b/1", "rack-a/1"])
    }

    @Test(arguments: ["", "/", "rack-a/", "rack-a/0", "rack-a/99", "-1", "99999999999999999999", "rack-c/1x", "nobody"])
    func `what is nothing is unknown`(text: String) {
        #expect(Self.meant(text, in: Racks.own) == [])
    }

    @Test func `the nearest names are offered`() {
        #expect(OutletTarget("stroage", in: Racks.own) == .unknown(nearest: ["storage"]))
        #expect(OutletTarget("rack-c/2", in: Racks.own) == .unknown(nearest: ["rack-a/2", "rack-b/2", "rack-a/1"]))
        #expect(OutletTarget("stroage", in: ServerPicture()) == .unknown(nearest: []))
    }

    @Test func `variables of no numbered outlet are no outlets`() {
        #expect(Racks.foreign.outlets.map { "\($0.id)" } == ["strip/1", "strip/2", "strip/3", "apc/5"])
        #expect(Racks.foreign.devices.map(\.kind) == [.pdu, .ups, .ups])
        #expect(Racks.own.devices.map(\.kind) == [.ups, .pdu, .pdu, .host, .lab])
    }
}
