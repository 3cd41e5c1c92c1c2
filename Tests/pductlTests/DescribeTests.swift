import Testing

@testable import pductl

@Suite struct DescribeTests {
    static func report(_ text: String) throws -> Report {
        let things = try Selection(picture: Racks.own, kind: nil).things([try Selector(text)])
        return DescribeReport(thing: things[0], clients: ["192.0.2.7"]).report
    }

    @Test func `an outlet with everything that is known of it`() throws {
        #expect(
            try Self.report("modem").text(false) == """
                outlet rack-b/2
                  name         modem
                  feeds        modem
                  description  feeds modem
                  status       on
                  groups       lab
                  protected    yes
                  takes        on, off, cycle, lock, unlock
                  realpower    40.5

                """)
        let json = try Self.report("modem").json.line
        #expect(json.hasPrefix(#"{"name": "rack-b/2", "kind": "outlet", "outlet": "rack-b/2""#))
    }

    @Test func `a host with its outlets, its sentences and its clients`() throws {
        let text = try Self.report("pve1").text(false)
        #expect(text.hasPrefix("host pve1\n  status   OB DISCHRG\n  phase    running\n"))
        #expect(text.contains("\n  clients  192.0.2.7\n"))
        #expect(text.contains("rack-b/1  pve1"))
        #expect(text.contains("\nFirst.\nSecond.\nTenth.\n"))
        #expect(text.contains("\n  battery.runtime: 9480\n"))
        #expect(!text.contains("host.explain"))
    }

    @Test func `a UPS, a PDU, a group and a load`() throws {
        #expect(try Self.report("river").text(false).contains("  charge       30 %\n"))
        #expect(try Self.report("rack-a").text(false).contains("rack-a/2  storage"))
        #expect(try Self.report("group=lab").text(false).hasPrefix("group lab\n  outlets  rack-a/2 rack-b/2\n"))
        #expect(try Self.report("host=storage").text(false).hasPrefix("host storage\n  feeds  rack-a/2\n"))
    }
}
