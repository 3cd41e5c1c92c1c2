/// How fast the charge of a battery falls, as a line through the moments at which the device's percent changed.
public struct ChargeSlope: Hashable, Sendable {
    /// By how many percent of charge it falls in an hour; always above zero.
    public let percentPerHour: Double
    /// The standard error of ``percentPerHour`` as a share of it: 0.05 is 5 %.
    public let error: Double
    /// Through how many steps of the charge the line goes.
    public let steps: Int

    /// Fewer steps than this make no line: with four there are three intervals, so that one odd one shows in the error.
    static let fewestSteps = 4

    /// A line with a greater error than this is no ground for a load: what is configured is hardly worse then.
    static let greatestError = 0.2

    /// The last steps bend the line when they fall by so much faster than all of them: a load that rose counts at
    /// once. One that fell is believed only as the old steps leave, since that makes us bolder.
    static let bend = 1.25

    /// Whether it is good enough to derive a load from.
    public var isGood: Bool { self.error <= Self.greatestError }

    /// Lays a line through `steps`, the oldest first; nil where they are too few, or do not fall.
    init?(through steps: some BidirectionalCollection<ChargeStep>) {
        guard let whole = Self.line(through: steps) else { return nil }
        let recent = Self.line(through: steps.suffix(Self.fewestSteps))
        // A standard error below it is still steeper: four steps that only came at odd times do not count.
        let isRising =
            recent.map {
                $0.percentPerHour > whole.percentPerHour * Self.bend
                    && $0.percentPerHour * (1 - $0.error) > whole.percentPerHour
            } ?? false
        self = isRising ? recent ?? whole : whole
    }

    private init(percentPerHour: Double, error: Double, steps: Int) {
        self.percentPerHour = percentPerHour
        self.error = error
        self.steps = steps
    }

    /// Least squares of charge over time, in hours since the first step.
    private static func line(through steps: some Collection<ChargeStep>) -> ChargeSlope? {
        guard let first = steps.first, steps.count >= Self.fewestSteps else { return nil }
        let count = Double(steps.count)
        let points = steps.map { (x: $0.moment.hours(since: first.moment), y: $0.charge.value) }
        let middle = (x: points.reduce(0) { $0 + $1.x } / count, y: points.reduce(0) { $0 + $1.y } / count)
        let width = points.reduce(0) { $0 + ($1.x - middle.x) * ($1.x - middle.x) }
        let common = points.reduce(0) { $0 + ($1.x - middle.x) * ($1.y - middle.y) }
        let slope = common / width
        guard width > 0, slope.isFinite, slope < 0 else { return nil }
        let rest = points.reduce(0) { sum, point in
            let off = point.y - middle.y - slope * (point.x - middle.x)
            return sum + off * off
        }
        let error = (rest / (count - 2) / width).squareRoot() / -slope
        return error.isFinite ? ChargeSlope(percentPerHour: -slope, error: error, steps: steps.count) : nil
    }
}

/// A moment at which the charge that a device shows had fallen by at least one percent.
struct ChargeStep: Hashable, Codable, Sendable {
    var moment: Moment
    var charge: Percent
}

extension Moment {
    /// No discharge lasts longer; bounds what a moment out of a damaged file may do to the arithmetic.
    private static let longestSpan = Duration.seconds(10 * 365 * 86400)

    /// The time from `other` to here in hours, within ten years each way.
    func hours(since other: Moment) -> Double {
        min(Self.longestSpan, max(.zero - Self.longestSpan, self - other)).inSeconds / 3600
    }
}
