import PowerCore
import Testing

@testable import pductl

@Suite struct ReportTests {
    @Test func `the status is three tables`() {
        let text = StatusReport(picture: Racks.own).report().text(false)
        #expect(
            text == """
                UPS    STATUS      CHARGE  RUNTIME   LOAD  DESCRIPTION
                river  OB DISCHRG    30 %   11m40s  390 W  EcoFlow River 3 Plus

                PDU     STATUS  OUTLETS ON  POWER  DESCRIPTION
                rack-a  ok      2 of 2       81 W  -
                rack-b  ok      2 of 2       81 W  -

                HOST  PHASE    STATUS       LEFT  TIER     FEEDS
                pve1  running  OB DISCHRG  2h38m  cluster  rack-a/1 rack-b/1

                """)
    }

    @Test func `another server's status has what it tells, made printable`() {
        let text = StatusReport(picture: Racks.foreign).report().text(false)
        #expect(
            text == """
                UPS   STATUS         CHARGE  RUNTIME  LOAD  DESCRIPTION
                apc   OL              100 %        -  23 %  -
                gone  not connected       -        -     -  -

                PDU    STATUS  OUTLETS ON  POWER  DESCRIPTION
                strip  ok      2 of 3          -  A ?[31mstrip

                """)
        #expect(StatusReport(picture: ServerPicture()).report().text(false) == "the server has no devices\n")
    }

    @Test func `colours stand around the words and leave the columns where they are`() {
        let plain = StatusReport(picture: Racks.own).report().text(false)
        let coloured = StatusReport(picture: Racks.own).report().text(true)
        #expect(coloured.contains("\u{1b}[33mOB DISCHRG\u{1b}[0m"))
        #expect(coloured.contains("\u{1b}[32mrunning\u{1b}[0m"))
        #expect(coloured.replacing(/\u{1b}\[[0-9]*m/, with: "") == plain)
    }

    /// The status of what a text means.
    private static func status(_ text: String) throws -> Report {
        let things = try Selection(picture: Racks.own, kind: nil).things([try Selector(text)])
        return StatusReport(picture: Racks.own).report(of: things)
    }

    @Test func `the status of one thing is its row and what belongs to it`() throws {
        #expect(
            try Self.status("PVE1").text(false) == """
                HOST  PHASE    STATUS       LEFT  TIER     FEEDS
                pve1  running  OB DISCHRG  2h38m  cluster  rack-a/1 rack-b/1

                First.
                Second.
                Tenth.

                """)
        #expect(
            try Self.status("storage").text(false) == """
                OUTLET    NAME     STATUS  POWER  FEEDS
                rack-a/2  storage  on       41 W  storage

                """)
        #expect(try Self.status("rack-b").text(false).contains("rack-b/2  modem"))
        #expect(try Self.status("group=lab").text(false).split(separator: "\n").count == 3)
    }

    @Test func `with more columns an outlet shows what keeps it from being switched`() throws {
        #expect(
            try Self.status("modem").printed(as: .wide, colour: false) == """
                OUTLET    NAME   STATUS  POWER  CURRENT  VOLTAGE  ENERGY  FEEDS  GROUPS  NOTES
                rack-b/2  modem  on       41 W        -        -       -  modem  lab     protected

                """)
    }

    @Test func `lists are a line each`() {
        let report = ListReport(picture: Racks.own)
        #expect(
            report.report(nil).text(false) == """
                DEVICE  KIND  DESCRIPTION
                river   ups   EcoFlow River 3 Plus
                rack-a  pdu   -
                rack-b  pdu   -
                pve1    host  -
                lab     lab   -

                """)
        #expect(
            report.report(.outlet).text(false) == """
                OUTLET    NAME     STATUS  POWER  FEEDS
                rack-a/1  pve1     on       41 W  pve1
                rack-a/2  storage  on       41 W  storage
                rack-b/1  pve1     on       41 W  pve1
                rack-b/2  modem    on       41 W  modem

                """)
        #expect(report.report(.pdu).text(false).split(separator: "\n").count == 3)
        #expect(report.report(.ups).text(false).split(separator: "\n").count == 2)
        #expect(report.report(.host).text(false).split(separator: "\n").count == 2)
        #expect(ListReport(picture: Racks.foreign).report(.host).text(false) == "the server has no hosts\n")
    }

    @Test func `variables are printed like upsc does, or one alone`() throws {
        let report = GetReport(picture: Racks.own)
        #expect(
            try report.report(of: "River", variable: nil, json: false).text(false) == """
                battery.charge: 30
                battery.runtime: 700
                ups.realpower: 389.6
                ups.status: OB DISCHRG

                """)
        #expect(try report.report(of: "river", variable: "UPS.Status", json: false).text(false) == "OB DISCHRG\n")
        #expect(
            try report.report(of: "river", variable: "battery.charge", json: true).printed(as: .json, colour: false)
                == """
                {
                  "battery.charge": "30"
                }

                """)
    }

    @Test(arguments: [
        ("rivr", nil, "no device is called 'rivr'. Did you mean:\n  pductl get river\n"),
        ("river", "ups.sttus", "river has no variable 'ups.sttus'. Did you mean:\n  pductl get river ups.status\n"),
        ("river", "x", "river has no variable 'x'. See:\n  pductl get river\n"),
    ])
    func `what is not there is said with the nearest that is`(device: String, variable: String?, said: String) {
        #expect {
            try GetReport(picture: Racks.own).report(of: device, variable: variable, json: false)
        } throws: { error in
            (error as? Outcome) == Outcome(complaint: "pductl: \(said)", status: .notFound)
        }
    }

    @Test func `a device without data is a failure`() {
        #expect {
            try GetReport(picture: Racks.foreign).report(of: "gone", variable: nil, json: false)
        } throws: { error in
            (error as? Outcome) == Outcome(complaint: "pductl: gone: not connected\n", status: .unreachable)
        }
    }

    @Test func `an explanation is the server's sentences in their order`() throws {
        #expect(
            try ExplainReport(picture: Racks.own).report(of: "pve1", json: false).text(false) == """
                pve1
                  phase   running
                  tier    cluster
                  status  OB DISCHRG
                  feeds   rack-a/1 rack-b/1
                  needs   storage

                First.
                Second.
                Tenth.

                """)
        let json = try ExplainReport(picture: Racks.own).report(of: "pve1", json: true).json.text
        #expect(json.contains("\"explanation\": [\n    \"First.\",\n    \"Second.\",\n    \"Tenth.\"\n  ]"))
    }

    @Test func `without a host every host has a line with its first sentence`() throws {
        let report = ExplainReport(picture: Racks.own)
        #expect(
            try report.overview(json: false).text(false) == """
                HOST  PHASE    EXPLANATION
                pve1  running  First.

                """)
        #expect(try report.overview(json: true).json.text.hasPrefix("[\n  {\n    \"name\": \"pve1\""))
        #expect {
            try ExplainReport(picture: Racks.foreign).overview(json: false)
        } throws: { error in
            (error as? Outcome)
                == Outcome(complaint: "pductl: this server knows no hosts and does not explain\n", status: .failed)
        }
    }

    @Test(arguments: [
        ("apc", "this server knows no hosts and does not explain\n", Ending.failed, false),
        ("nobody", "this server knows no hosts and does not explain\n", .failed, false),
        ("river", "river is no host. There are:\n  pductl explain pve1\n", .notFound, true),
        ("pve", "no host is called 'pve'. Did you mean:\n  pductl explain pve1\n", .notFound, true),
        ("nobody", "no host is called 'nobody'. There are:\n  pductl explain pve1\n", .notFound, true),
    ])
    func `what is not explained is said`(host: String, said: String, status: Ending, isOwn: Bool) {
        #expect {
            try ExplainReport(picture: isOwn ? Racks.own : Racks.foreign).report(of: host, json: false)
        } throws: { error in
            (error as? Outcome) == Outcome(complaint: "pductl: \(said)", status: status)
        }
    }

    @Test func `JSON has numbers where NUT has numbers`() {
        let text = StatusReport(picture: Racks.own).report().json.text
        #expect(text.contains("\"charge\": 30,"))
        #expect(text.contains("\"watts\": 389.6,"))
        #expect(text.contains("\"status\": [\n        \"OB\",\n        \"DISCHRG\"\n      ]"))
        #expect(ListReport(picture: Racks.foreign).report(nil).json.text.contains("\"trouble\": \"not connected\""))
    }
}
