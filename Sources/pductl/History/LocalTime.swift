import EventStore
import Foundation
import PowerCore

/// Reads and writes times as they are on the clocks of one place.
struct LocalTime {
    /// The place.
    let zone: TimeZone

    /// What a time may be written like.
    static let examples = "2h, 14:30, 2026-11-28, '2026-11-28 14:30' or 2026-11-28T14:30:00Z"

    /// The time for people, with its distance from UTC: `2026-11-28 14:30:00 +01:00`.
    func text(_ wall: WallTime) -> String {
        let parts = self.parts(wall)
        return "\(parts.date) \(parts.clock) \(parts.offset)"
    }

    /// The time for programs (RFC 3339): `2026-11-28T14:30:00+01:00`.
    func machineText(_ wall: WallTime) -> String {
        let parts = self.parts(wall)
        return "\(parts.date)T\(parts.clock)\(parts.offset)"
    }

    /// The time of the day alone: `14:30:00`.
    func clock(_ wall: WallTime) -> String { String(self.parts(wall).clock) }

    /// Reads a time: so long before `now`, a time of today, a day, or a day and a time; nil for anything else.
    func parse(_ text: String, now: WallTime) -> WallTime? {
        if let ago = try? ConfigurationScalar.duration(text) {
            return WallTime(milliseconds: now.milliseconds - ago.components.seconds * 1000)
        }
        if let clock = text.wholeMatch(of: /(\d{1,2}):(\d{2})(?::(\d{2}))?/) {
            let today = self.calendar(self.zone).dateComponents([.year, .month, .day], from: Self.date(now))
            return self.time(today, [clock.1, clock.2, clock.3 ?? "0"], self.zone)
        }
        let pattern = /(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2}))?(Z|[+-]\d{2}:\d{2})?)?/
        guard let parts = text.wholeMatch(of: pattern) else { return nil }
        guard let zone = parts.7.map({ Self.zone(String($0)) }) ?? self.zone else { return nil }
        let day = DateComponents(year: Int(parts.1), month: Int(parts.2), day: Int(parts.3))
        return self.time(day, [parts.4 ?? "0", parts.5 ?? "0", parts.6 ?? "0"], zone)
    }

    /// A time of a day that exists, at a time that exists.
    private func time(_ day: DateComponents, _ clock: [Substring], _ zone: TimeZone) -> WallTime? {
        let numbers = clock.compactMap { Int($0) }
        guard numbers.count == 3, (0..<24).contains(numbers[0]), (0..<60).contains(numbers[1]),
            (0..<60).contains(numbers[2])
        else { return nil }
        var components = day
        (components.hour, components.minute, components.second) = (numbers[0], numbers[1], numbers[2])
        let calendar = self.calendar(zone)
        guard let date = calendar.date(from: components) else { return nil }
        // A calendar goes on with 2 March for 30 February.
        let found = calendar.dateComponents([.year, .month, .day], from: date)
        guard found.year == day.year, found.month == day.month, found.day == day.day else { return nil }
        return WallTime(milliseconds: Int64((date.timeIntervalSince1970 * 1000).rounded()))
    }

    private func parts(_ wall: WallTime) -> (date: Substring, clock: Substring, offset: String) {
        let offset = self.zone.secondsFromGMT(for: Self.date(wall))
        let shifted = WallTime(milliseconds: wall.milliseconds + Int64(offset) * 1000).description
        let halves = shifted.dropLast().split(separator: "T")
        let minutes = [abs(offset) / 3600, abs(offset) / 60 % 60].map { ($0 < 10 ? "0" : "") + "\($0)" }
        return (halves.first ?? "", halves.last ?? "", (offset < 0 ? "-" : "+") + minutes.joined(separator: ":"))
    }

    private func calendar(_ zone: TimeZone) -> Calendar {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = zone
        return calendar
    }

    private static func date(_ wall: WallTime) -> Date {
        Date(timeIntervalSince1970: Double(wall.milliseconds) / 1000)
    }

    /// Reads `Z` or `+01:00`.
    private static func zone(_ text: String) -> TimeZone? {
        guard text != "Z" else { return TimeZone(secondsFromGMT: 0) }
        let numbers = text.dropFirst().split(separator: ":").compactMap { Int($0) }
        guard numbers.count == 2, numbers[0] < 24, numbers[1] < 60 else { return nil }
        return TimeZone(secondsFromGMT: (text.hasPrefix("-") ? -1 : 1) * (numbers[0] * 3600 + numbers[1] * 60))
    }
}

extension WallTime {
    /// What the clock of this machine says.
    static var now: WallTime {
        WallTime(milliseconds: Int64((Date().timeIntervalSince1970 * 1000).rounded()))
    }
}
