import Foundation
import PowerCore
import Testing

private func times(_ seconds: [Int]) -> LearntTimes {
    seconds.reduce(into: LearntTimes()) { $0.add(.seconds($1)) }
}

@Test func `the configured time holds until three were seen`() {
    #expect(times([]).expected(or: .seconds(300)) == .seconds(300))
    #expect(times([10, 20]).expected(or: .seconds(300)) == .seconds(300))
    #expect(times([10, 20, 15]).expected(or: .seconds(300)) == .seconds(20))
}

@Test func `of twenty times the worst one is left out, of fewer it is not`() {
    #expect(times(Array(1...19)).expected(or: .seconds(300)) == .seconds(19))
    #expect(times(Array(1...20).reversed()).expected(or: .seconds(300)) == .seconds(19))
}

@Test func `only the last twenty count, and none beyond its limit`() {
    let slowOnce = times([200, 200, 200] + Array(repeating: 30, count: 20))
    #expect(slowOnce.count == LearntTimes.remembered)
    #expect(slowOnce.expected(or: .seconds(300)) == .seconds(30))
    #expect(times([200, 250, 260]).expected(or: .seconds(120)) == .seconds(120))
    #expect(times([200, 250, 260]).expected(or: .seconds(120), atMost: .seconds(255)) == .seconds(255))
    #expect(times([]).expected(or: .seconds(120), atMost: .seconds(60)) == .seconds(60))
}

@Test func `a time before its beginning is none`() {
    #expect(times([-5, -1]).count == 0)
}

@Test func `times survive being stored, and a store too long is cut`() throws {
    let known = times([1, 2, 3])
    #expect(try JSONDecoder().decode(LearntTimes.self, from: JSONEncoder().encode(known)) == known)
    let stored = try JSONEncoder().encode(Array(repeating: Duration.seconds(1), count: 10_000))
    #expect(try JSONDecoder().decode(Newest<Duration>.self, from: stored).count == Newest<Duration>.mostEver)
}

private func watched(_ readings: [(second: Int, watts: Double)]) -> LearntWatts {
    readings.reduce(into: LearntWatts()) { $0.take(Watts($1.watts), at: Moment(sinceOrigin: .seconds($1.second))) }
}

@Test func `usual watts are said after ten minutes, as the mean of what was seen`() {
    let minutes = (0...9).map { (second: $0 * 60, watts: $0 % 2 == 0 ? 80.0 : 120.0) }
    #expect(watched(minutes).typical == nil)
    let more = (0...60).map { (second: $0 * 60, watts: $0 % 2 == 0 ? 80.0 : 120.0) }
    #expect(watched(more).typical.map { abs($0.value - 100) < 2 } == true)
}

@Test func `an evening at full power moves the usual watts by little, a month by all of it`() {
    var known = watched((0...2880).map { (second: $0 * 60, watts: 100) })
    for minute in 2881...3060 { known.take(300, at: Moment(sinceOrigin: .seconds(minute * 60))) }
    #expect(known.typical.map { $0.value < 125 } == true)
    for minute in 3061...30_000 { known.take(300, at: Moment(sinceOrigin: .seconds(minute * 60))) }
    #expect(known.typical.map { $0.value > 299 } == true)
}

@Test func `pauses, moments that go backwards and readings of nothing do no harm to the usual watts`() {
    var known = watched((0...60).map { (second: $0 * 60, watts: 100) })
    known.take(900, at: Moment(sinceOrigin: .seconds(1_000_000)))
    #expect(known.typical.map { $0.value < 116 } == true)
    let before = known.typical
    known.take(5000, at: .origin)
    #expect(known.typical == before)
    for watts in [0, -4, .nan, .infinity] { known.take(Watts(watts), at: Moment(sinceOrigin: .seconds(60))) }
    #expect(known.typical == before)
}
