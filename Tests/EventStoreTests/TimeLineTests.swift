import EventStore
import Foundation
import PowerCore
import Testing

struct TimeLineTests {
    private let wall = WallTime(milliseconds: 1_795_874_101_000)

    private func record(_ moment: Duration = .seconds(5000), offset: Duration = .seconds(4000)) -> TimeLine.Record {
        TimeLine.Record(bootID: "a", offset: offset, moment: Moment(sinceOrigin: moment), wall: self.wall)
    }

    private func wall(_ later: Duration) -> WallTime {
        WallTime(milliseconds: self.wall.milliseconds + later.components.seconds * 1000)
    }

    @Test func `the first line begins now`() {
        let line = TimeLine(continuing: nil, bootID: "a", sinceBoot: .seconds(77), wall: self.wall)
        #expect(line.moment(sinceBoot: .seconds(77)) == .origin)
        #expect(line.moment(sinceBoot: .seconds(80)) == .at(3))
    }

    @Test(arguments: [Int64.min, -1, 0, 1_795_874_101_000, Int64.max])
    func `within a boot the line goes on exactly, whatever the wall clock shows`(milliseconds: Int64) {
        let wall = WallTime(milliseconds: milliseconds)
        let line = TimeLine(continuing: self.record(), bootID: "a", sinceBoot: .seconds(1000), wall: wall)
        #expect(line.offset == .seconds(4000))
        #expect(line.moment(sinceBoot: .seconds(1234)) == .at(5234))
    }

    @Test func `over a boot the wall clock says how long the machine was away`() {
        let line = TimeLine(
            continuing: self.record(), bootID: "b", sinceBoot: .seconds(20), wall: self.wall(.seconds(90)))
        #expect(line.moment(sinceBoot: .seconds(20)) == .at(5090))
    }

    @Test func `a wall clock that has gone back does not take the line back`() {
        let line = TimeLine(
            continuing: self.record(), bootID: "b", sinceBoot: .seconds(20), wall: self.wall(.seconds(-1)))
        #expect(line.moment(sinceBoot: .seconds(20)) == .at(5000))
        let first = TimeLine(
            continuing: self.record(), bootID: "b", sinceBoot: .zero, wall: WallTime(milliseconds: .min))
        #expect(first.moment(sinceBoot: .zero) == .at(5000))
    }

    @Test func `a wall clock that is decades off moves the line by the longest absence`() {
        let line = TimeLine(
            continuing: self.record(), bootID: "b", sinceBoot: .seconds(20), wall: WallTime(milliseconds: .max))
        #expect(line.moment(sinceBoot: .seconds(20)) == .at(5000) + TimeLine.longestAbsence)
    }

    @Test func `a boot whose clock has gone back counts as another`() {
        let line = TimeLine(
            continuing: self.record(), bootID: "a", sinceBoot: .seconds(3), wall: self.wall(.seconds(7)))
        #expect(line.moment(sinceBoot: .seconds(3)) == .at(5007))
    }

    @Test func `boots without a name are not the same`() {
        var record = self.record()
        record.bootID = ""
        let line = TimeLine(continuing: record, bootID: "", sinceBoot: .seconds(2000), wall: self.wall)
        #expect(line.moment(sinceBoot: .seconds(2000)) == .at(5000))
    }

    @Test func `a damaged record traps nothing`() {
        for extreme in [Int64.min, .max] {
            let record = TimeLine.Record(
                bootID: "a", offset: .nanoseconds(extreme), moment: Moment(sinceOrigin: .nanoseconds(extreme)),
                wall: WallTime(milliseconds: extreme))
            for boot in ["a", "b"] {
                let line = TimeLine(continuing: record, bootID: boot, sinceBoot: .seconds(1), wall: self.wall)
                #expect(line.moment(sinceBoot: .seconds(1)) >= record.moment)
            }
        }
    }

    @Test func `over a thousand boots with any wall clock no moment comes before an earlier one`() {
        var random = SeededNumbers(seed: 7)
        var record: TimeLine.Record?
        for _ in 0..<1000 {
            let boot = "\(random.next() % 3)"
            var sinceBoot = Duration.milliseconds(Int64(random.next() % 1_000_000))
            let wall = WallTime(milliseconds: Int64(bitPattern: random.next()) >> (random.next() % 40))
            let line = TimeLine(continuing: record, bootID: boot, sinceBoot: sinceBoot, wall: wall)
            #expect(line.moment(sinceBoot: sinceBoot) >= record?.moment ?? .origin)
            sinceBoot += .milliseconds(Int64(random.next() % 100_000))
            record = line.record(sinceBoot: sinceBoot, wall: wall)
        }
    }

    @Test func `the clock of a line tells its moments and wakes when one has come`() async throws {
        let clock = TimeLineClock()
        let start = clock.now
        try await clock.sleep(until: start + .milliseconds(20))
        #expect(clock.now >= start + .milliseconds(20))
        #expect(start < .at(60))
    }

    @Test func `the machine says which boot this is and its clocks go forward`() {
        let time = SystemTime()
        #expect(time.bootID.count == 36)
        #expect(time.sinceBoot <= time.sinceBoot)
        #expect(abs(Double(time.wall.milliseconds) / 1000 - Date().timeIntervalSince1970) < 60)
    }

    @Test(arguments: [
        (0, "1970-01-01T00:00:00Z"), (-1, "1969-12-31T23:59:59Z"), (951_782_399_999, "2000-02-28T23:59:59Z"),
        (951_782_400_000, "2000-02-29T00:00:00Z"), (951_868_800_000, "2000-03-01T00:00:00Z"),
        (4_107_542_400_000, "2100-03-01T00:00:00Z"), (1_795_874_101_999, "2026-11-28T13:55:01Z"),
    ])
    func `a wall time is written as a date in UTC`(milliseconds: Int64, text: String) {
        #expect(WallTime(milliseconds: milliseconds).description == text)
    }

    @Test func `dates agree with those of the system`() {
        var random = SeededNumbers(seed: 3)
        for _ in 0..<2000 {
            let seconds = Int64(random.next() % 8_000_000_000) - 2_000_000_000
            let date = Date(timeIntervalSince1970: Double(seconds))
            #expect(WallTime(milliseconds: seconds * 1000).description == date.ISO8601Format())
        }
        #expect(!WallTime(milliseconds: .min).description.isEmpty)
        #expect(!WallTime(milliseconds: .max).description.isEmpty)
    }
}

/// Numbers that are the same in every run (SplitMix64).
struct SeededNumbers: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        self.state = seed
    }

    mutating func next() -> UInt64 {
        self.state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = (self.state ^ (self.state >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
