/// A point on a monotonic time line that never jumps, whatever the wall clock does.
///
/// Only differences between moments of one line mean anything. A daemon with a store goes on with the line of the one
/// before it, so that stored moments keep their meaning. The pure code never reads a clock: a moment is always an argument.
public struct Moment: Hashable, Comparable, Codable, Sendable {
    /// Time since the origin of the line, which the adapter that reads the clock chooses.
    public let sinceOrigin: Duration

    /// The origin of the time line.
    public static let origin = Moment(sinceOrigin: .zero)

    /// Makes the moment that lies `sinceOrigin` after the origin.
    public init(sinceOrigin: Duration) {
        self.sinceOrigin = sinceOrigin
    }

    /// Whether `lhs` comes before `rhs`.
    public static func < (lhs: Moment, rhs: Moment) -> Bool {
        lhs.sinceOrigin < rhs.sinceOrigin
    }

    /// The moment `rhs` after `lhs`.
    public static func + (lhs: Moment, rhs: Duration) -> Moment {
        Moment(sinceOrigin: lhs.sinceOrigin + rhs)
    }

    /// The moment `rhs` before `lhs`.
    public static func - (lhs: Moment, rhs: Duration) -> Moment {
        Moment(sinceOrigin: lhs.sinceOrigin - rhs)
    }

    /// The time from `rhs` to `lhs`, negative when `lhs` comes first.
    public static func - (lhs: Moment, rhs: Moment) -> Duration {
        lhs.sinceOrigin - rhs.sinceOrigin
    }
}
