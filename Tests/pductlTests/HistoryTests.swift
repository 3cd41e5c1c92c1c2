import EventStore
import Foundation
import PowerCore
import Testing

@testable import pductl

/// 2026-11-28 13:30:00 UTC.
private let now = WallTime(milliseconds: 1_795_872_600_000)

private func local(_ zone: String = "Europe/Berlin") throws -> LocalTime {
    LocalTime(zone: try #require(TimeZone(identifier: zone)))
}

@Suite struct LocalTimeTests {
    @Test(arguments: [
        ("Europe/Berlin", "2026-11-28 14:30:00 +01:00"), ("UTC", "2026-11-28 13:30:00 +00:00"),
        ("America/St_Johns", "2026-11-28 10:00:00 -03:30"), ("Pacific/Kiritimati", "2026-11-29 03:30:00 +14:00"),
    ])
    func `a time is written as on the clocks of its place`(zone: String, text: String) throws {
        #expect(try local(zone).text(now) == text)
    }

    @Test func `the offset is that of the time and not of now`() throws {
        let summer = try #require(try local().parse("2026-07-01 12:00", now: now))
        #expect(try local().machineText(summer) == "2026-07-01T12:00:00+02:00")
    }

    @Test(arguments: [
        ("2h", "2026-11-28T12:30:00+01:00"), ("1h30m", "2026-11-28T13:00:00+01:00"),
        ("9:05", "2026-11-28T09:05:00+01:00"), ("14:30:59", "2026-11-28T14:30:59+01:00"),
        ("2026-11-01", "2026-11-01T00:00:00+01:00"), ("2026-11-01 23:59", "2026-11-01T23:59:00+01:00"),
        ("2026-11-01T23:59:58", "2026-11-01T23:59:58+01:00"), ("2026-11-01T10:00Z", "2026-11-01T11:00:00+01:00"),
        ("2026-11-01T10:00:00-05:00", "2026-11-01T16:00:00+01:00"),
        // The hour that spring leaves out is the one after it.
        ("2026-03-29 02:30", "2026-03-29T03:30:00+02:00"),
    ])
    func `a time is read`(text: String, time: String) throws {
        let wall = try #require(try local().parse(text, now: now))
        #expect(try local().machineText(wall) == time)
    }

    @Test(arguments: [
        "", "2", "2x", "tomorrow", "25:00", "10:60", "2026-02-30", "2026-13-01", "2026-11-28 24:00", "2026-11-28Z",
        "2026-11-28T10:00+99:00", "99999-01-01", "-2h",
    ])
    func `what is no time is none`(text: String) throws {
        #expect(try local().parse(text, now: now) == nil)
    }
}

@Suite struct HistoryFilterTests {
    @Test func `without anything the newest hundred are meant`() throws {
        let filter = try HistoryFilter().filter(local(), now: now, json: false)
        #expect(filter == EventReader.Filter(level: .notice, limit: 100))
    }

    @Test func `with a time everything from then on is meant`() throws {
        let wanted = HistoryFilter(since: "2h", until: "1h", subject: "pve1", level: .warning)
        let filter = try wanted.filter(local(), now: now, json: false)
        #expect(filter.limit == HistoryFilter.most)
        #expect(filter.since == WallTime(milliseconds: now.milliseconds - 7_200_000))
        #expect(filter.until == WallTime(milliseconds: now.milliseconds - 3_600_000))
        #expect(filter.subject == "pve1")
        #expect(filter.level == .warning)
        #expect(try HistoryFilter(since: "2h", last: 5).filter(local(), now: now, json: false).limit == 5)
    }

    @Test(arguments: [
        (HistoryFilter(since: "soon"), "--since 'soon' is no time; write 2h, 14:30,"),
        (HistoryFilter(until: "2026-02-30"), "--until '2026-02-30' is no time; write"),
        (
            HistoryFilter(since: "1h", until: "2h"),
            "nothing lies between 2026-11-28 13:30:00 +01:00 and 2026-11-28 12:30:00 +01:00"
        ),
        (HistoryFilter(last: 0), "--last takes 1 to 200000"), (HistoryFilter(last: 200_001), "--last takes 1 to"),
    ])
    func `what says nothing is a wrong command line`(wanted: HistoryFilter, said: String) {
        #expect {
            try wanted.filter(local(), now: now, json: false)
        } throws: { error in
            let outcome = error as? Outcome
            return outcome?.status == .usage && outcome?.complaint.hasPrefix("pductl: \(said)") == true
        }
    }
}

@Suite struct HistoryReportTests {
    private static let events = [
        StoredEvent(
            HistoryEvent(
                moment: .origin, level: .notice, subject: "outlet rack-a/4", actor: "admin at 127.0.0.1",
                text: "turning off: off ordered by admin at 127.0.0.1"), wall: now),
        StoredEvent(
            HistoryEvent(
                moment: .origin, level: .warning, subject: "river", actor: "admin at ::1", text: "b\u{1b}[31m\""),
            wall: WallTime(milliseconds: now.milliseconds + 1999)),
        StoredEvent(
            HistoryEvent(moment: .origin, level: .alarm, subject: "pve1", text: "its time to stop ran out"),
            wall: WallTime(milliseconds: now.milliseconds + 60_000)),
    ]

    @Test func `the history is a line an event, made printable`() throws {
        let report = HistoryReport(events: Self.events, local: try local())
        #expect(
            report.text(colour: false) == """
                TIME                        LEVEL    SUBJECT          EVENT
                2026-11-28 14:30:00 +01:00  notice   outlet rack-a/4  turning off: off ordered by admin at 127.0.0.1
                2026-11-28 14:30:01 +01:00  warning  river            b?[31m" (by admin at ::1)
                2026-11-28 14:31:00 +01:00  alarm    pve1             its time to stop ran out

                """)
        #expect(HistoryReport(events: [], local: try local()).text(colour: false) == "the history has no such event\n")
    }

    @Test func `JSON has the time with its offset, and the actor`() throws {
        let report = HistoryReport(events: Array(Self.events[1...1]), local: try local())
        #expect(
            report.json.text == #"""
                [
                  {
                    "time": "2026-11-28T14:30:01+01:00",
                    "level": "warning",
                    "subject": "river",
                    "actor": "admin at ::1",
                    "text": "b\u001b[31m\""
                  }
                ]
                """#)
        #expect(HistoryReport(events: [], local: try local()).json.text == "[]")
    }
}

@Suite struct HistoryFileTests {
    @Test func `each thing that is no store has its own sentence`() throws {
        let folder = try TemporaryFolder(["text": "ups: river, and more than sixteen bytes\n", "empty": ""])
        let store = "\(folder.path)/store"
        try Data(HistoryFile.magic + [1, 2, 3]).write(to: URL(filePath: store))
        #expect(HistoryFile(lookingAt: "\(folder.path)/none.sqlite") == .missing)
        #expect(HistoryFile(lookingAt: "\(folder.path)/text/below") == .missing)
        #expect(HistoryFile(lookingAt: folder.path) == .noFile)
        #expect(HistoryFile(lookingAt: "/dev/null") == .noFile)
        #expect(HistoryFile(lookingAt: "\(folder.path)/text") == .foreign)
        #expect(HistoryFile(lookingAt: store) == .store)
        #expect(HistoryFile(lookingAt: "\(folder.path)/empty") == .store)
    }

    @Test(.enabled(if: geteuid() != 0, "the superuser may read everything"))
    func `a file that this user may not read is told from one that is not there`() throws {
        let folder = try TemporaryFolder()
        let store = "\(folder.path)/store"
        try Data(HistoryFile.magic).write(to: URL(filePath: store))
        try FileManager.default.setAttributes([.posixPermissions: 0], ofItemAtPath: store)
        #expect(HistoryFile(lookingAt: store) == .forbidden)
        #expect(folder.names == ["store"])
    }

    @Test(arguments: [
        (HistoryFile.missing, Ending.failed, "there is no /x\n  The daemon keeps"),
        (.forbidden, .notPermitted, "/x may not be read by this user; type:\n  sudo -u upsd-swift pductl history"),
        (.noFile, .failed, "/x is no file; name"), (.foreign, .failed, "/x is no store of the daemon; name"),
        (.unreadable("Input/output error"), .failed, "/x cannot be read: Input/output error\n"),
    ])
    func `what cannot be read is said with a remedy`(file: HistoryFile, status: Ending, said: String) throws {
        let outcome = try #require(file.failure("/x", json: false))
        #expect(outcome.status == status)
        #expect(outcome.complaint.hasPrefix("pductl: \(said)"))
        #expect(HistoryFile.store.failure("/x", json: false) == nil)
    }
}
