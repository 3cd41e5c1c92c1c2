import PowerCore
import Testing

@testable import pductl

@Suite struct WatchTests {
    static func sighting(_ picture: ServerPicture) -> Sighting {
        Sighting([Kind.ups, .pdu, .host].flatMap { picture.things($0) })
    }

    @Test func `at first everything is told, once`() {
        let lines = Self.sighting(Racks.own).changes(since: nil).map { $0.line(at: "12:00:00") }
        #expect(lines.first == "12:00:00  ups river  reached: yes")
        #expect(lines.filter { $0.contains("outlet rack-a/1  status: on") }.count == 1)
        #expect(lines.contains("12:00:00  host pve1  phase: running"))
    }

    @Test func `then only what is different`() {
        var picture = Racks.own
        let before = Self.sighting(picture)
        #expect(before.changes(since: before) == [])
        picture.devices[1].variables = picture.devices[1].variables.map { name, value in
            (name, name == "outlet.2.status" ? "off" : name == "outlet.2.realpower" ? "0" : value)
        }
        picture.devices[2] = DevicePicture(name: "rack-b", variables: [("device.type", "pdu")])
        let changes = Self.sighting(picture).changes(since: before)
        #expect(changes.first?.line(at: "t") == "t  outlet rack-a/2  status: on -> off")
        #expect(
            changes.first?.json(at: "t").line
                == #"{"time": "t", "kind": "outlet", "name": "rack-a/2", "field": "status", "from": "on", "to": "off"}"#
        )
        #expect(changes.contains { $0.line(at: "t") == "t  outlet rack-b/2  status: on -> gone" })
    }

    @Test func `what draws the most comes first`() {
        var picture = Racks.own
        picture.devices[1].variables = picture.devices[1].variables.map { name, value in
            (name, name == "outlet.2.realpower" ? "100" : value)
        }
        let report = TopReport(picture: picture, limit: 2).report
        #expect(
            report.text(false) == """
                4 outlets draw 222 W

                OUTLET    NAME     STATUS  POWER  SHARE  FEEDS
                rack-a/2  storage  on      100 W   45 %  storage
                rack-a/1  pve1     on       41 W   18 %  pve1

                """)
        #expect(report.json.names == ["rack-a/2", "rack-a/1"])
        let none = TopReport(picture: Racks.foreign).report.text(false)
        #expect(none == "the server has no outlet whose power is measured\n")
    }

    @Test func `completion offers places, names and groups, each once`() {
        let names = Complete.names(.targets, in: Racks.own)
        #expect(Set(names).count == names.count)
        #expect(Set(names).isSuperset(of: ["outlet", "rack-a/1", "river", "pve1", "modem", "group=lab"]))
        #expect(Complete.names(.hosts, in: Racks.own) == ["pve1"])
        #expect(Complete.names(.outlets, in: Racks.own).count == 4)
    }

    @Test(arguments: ["$(touch x)", "`id`", "a b", "a;b", "a*", "~x", "-x", "a'b", "a\u{1b}b", "\u{e9}"])
    func `a name that a shell could take for more than a word is not offered`(name: String) {
        let picture = ServerPicture(devices: [DevicePicture(name: name), DevicePicture(name: "plain")])
        #expect(Complete.names(.devices, in: picture) == ["plain"])
    }
}
