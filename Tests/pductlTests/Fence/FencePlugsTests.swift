import PowerCore
import Testing

@testable import pductl

@Suite struct FencePlugsTests {
    static func plugs(_ lines: String, in picture: ServerPicture = Racks.own) throws -> [String] {
        let request = try FenceRequest(FenceInput(lines: "action=off\n" + lines))
        let plugs = try FencePlugs(request, in: picture)
        try plugs.checkProtection(request)
        return plugs.plugs.map { "\($0.outlet.id) \($0.force ?? "-")" }
    }

    /// What is said of plugs that cannot be fenced.
    static func refusal(_ lines: String, in picture: ServerPicture = Racks.own) -> String? {
        do {
            _ = try Self.plugs(lines, in: picture)
            return nil
        } catch {
            return (error as? FenceEnd).map { "\($0.status) \($0.complaint)" }
        }
    }

    @Test func `a host is all outlets that feed it, and is named to the server`() throws {
        #expect(try Self.plugs("port=pve1") == ["rack-a/1 pve1", "rack-b/1 pve1"])
        #expect(try Self.plugs("nodename=PVE1") == ["rack-a/1 pve1", "rack-b/1 pve1"])
        #expect(try Self.plugs("port=rack-a/1,rack-b/1,rack-a/1") == ["rack-a/1 pve1", "rack-b/1 pve1"])
        #expect(try Self.plugs("port=rack-a/1;rack-b/1\nplug_separator=;") == ["rack-a/1 pve1", "rack-b/1 pve1"])
    }

    @Test func `of an outlet that feeds several things the one that is meant is named`() throws {
        var picture = Racks.own
        let index = try #require(picture.devices[2].variables.firstIndex { $0.name == "outlet.1.desc" })
        picture.devices[2].variables[index].value = "feeds pve1, switch"
        #expect(try Self.plugs("port=rack-b/1", in: picture) == ["rack-b/1 -"])
        #expect(try Self.plugs("port=rack-b/1\nnodename=pve1", in: picture) == ["rack-b/1 pve1"])
        #expect(try Self.plugs("port=rack-b/1\nforce=switch", in: picture) == ["rack-b/1 switch"])
    }

    @Test func `a server of another make gets no name`() throws {
        #expect(try Self.plugs("port=strip/1", in: Racks.foreign) == ["strip/1 -"])
    }

    @Test func `half a host is no host`() {
        var picture = Racks.own
        picture.devices[1] = DevicePicture(name: "rack-a", trouble: "stale")
        #expect(
            Self.refusal("port=pve1", in: picture)
                == "1 fence_pductl: pve1 is fed by rack-a/1 too, which is not known now\n")
        picture = Racks.own
        let index = picture.devices[3].variables.firstIndex { $0.name == "host.feeds" } ?? 0
        picture.devices[3].variables[index].value = "rack-a/1 river"
        #expect(
            Self.refusal("port=pve1", in: picture)
                == "1 fence_pductl: pve1 is fed by river too, which is not known now\n")
    }

    @Test func `what is protected, ambiguous, unknown or no outlet is refused`() {
        #expect(
            Self.refusal("port=modem")
                == "1 fence_pductl: outlet rack-b/2 (modem) is protected; name what it feeds with force\n")
        #expect(Self.refusal("port=modem\nforce=modem") == nil)
        #expect(Self.refusal("port=1")?.hasPrefix("1 fence_pductl: '1' may be any of rack-a/1, rack-b/1.") == true)
        #expect(Self.refusal("port=pve9")?.hasPrefix("1 fence_pductl: nothing is called 'pve9'.") == true)
        #expect(Self.refusal("port=rack-a") == "1 fence_pductl: pdu rack-a is no outlet and no host\n")
        #expect(Self.refusal("port=group=lab") == "1 fence_pductl: group lab is no outlet and no host\n")
    }

    static let states: [([String?], FenceState)] = [
        ([], .unknown), (["on"], .on), (["off"], .off), (["off", "OFF"], .off), (["off", "on"], .on),
        (["off", nil], .unknown), (["on", nil], .on), (["pending"], .unknown), ([nil], .unknown),
    ]

    @Test(arguments: states) func `off is every plug off, and nothing else is`(words: [String?], state: FenceState) {
        #expect(FenceState(of: words) == state)
    }

    @Test func `lists have a line for each outlet and host, and the same columns everywhere`() {
        let list = FenceList(picture: Racks.own, separator: ",")
        #expect(
            list.text(withStatus: true) == """
                rack-a/1,pve1,ON
                rack-a/2,storage,ON
                rack-b/1,pve1,ON
                rack-b/2,modem,ON
                pve1,rack-a/1 rack-b/1,ON
                storage,rack-a/2,ON
                modem,rack-b/2,ON

                """)
        #expect(list.text(withStatus: false).hasPrefix("rack-a/1,pve1\n"))
    }
}
