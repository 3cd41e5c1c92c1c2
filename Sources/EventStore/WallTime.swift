/// A reading of the wall clock in UTC, which may be wrong, may jump, and may go backwards.
public struct WallTime: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// Milliseconds since the beginning of 1970 in UTC, leap seconds left out.
    public let milliseconds: Int64

    /// Makes the time so many milliseconds after the beginning of 1970 in UTC.
    public init(milliseconds: Int64) {
        self.milliseconds = milliseconds
    }

    /// Whether `lhs` comes before `rhs`.
    public static func < (lhs: WallTime, rhs: WallTime) -> Bool {
        lhs.milliseconds < rhs.milliseconds
    }

    /// The time from `rhs` to `lhs`, negative when `lhs` comes first.
    public static func - (lhs: WallTime, rhs: WallTime) -> Duration {
        .milliseconds(lhs.milliseconds) - .milliseconds(rhs.milliseconds)
    }

    /// The time to the second, as in `2026-11-28T13:55:01Z`.
    public var description: String {
        let seconds = Self.floor(self.milliseconds, 1000)
        let days = Self.floor(seconds, 86_400)
        let second = seconds - days * 86_400
        let (year, month, day) = Self.date(days)
        let clock = [second / 3600, second / 60 % 60, second % 60].map(Self.twoDigits).joined(separator: ":")
        return "\(year)-\(Self.twoDigits(month))-\(Self.twoDigits(day))T\(clock)Z"
    }

    /// The time for the name of a file, as in `20261128T135501Z`.
    var compact: String { self.description.filter { $0 != "-" && $0 != ":" } }

    private static func twoDigits(_ number: Int64) -> String { (number < 10 ? "0" : "") + String(number) }

    private static func floor(_ number: Int64, _ divisor: Int64) -> Int64 {
        number / divisor - (number % divisor < 0 ? 1 : 0)
    }

    /// The date so many days after 1970-01-01, in the Gregorian calendar.
    ///
    /// Years are counted from March, so that the leap day is a year's last and months have a plain rule.
    private static func date(_ sinceEpoch: Int64) -> (year: Int64, month: Int64, day: Int64) {
        // Days from 0000-03-01 to 1970-01-01, and days in the 400 years after which the calendar repeats.
        let days = sinceEpoch + 719_468
        let era = Self.floor(days, 146_097)
        let dayOfEra = days - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        let day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
        return (era * 400 + yearOfEra + (month <= 2 ? 1 : 0), month, day)
    }
}
