/// The power that a host or load usually draws while it runs: a slow running mean of what was measured.
public struct LearntWatts: Hashable, Codable, Sendable {
    /// The mean follows a change within about this time, so that one busy evening does not count as usual.
    public static let slowness = Duration.seconds(24 * 3600)

    /// Nothing is said before it was watched for so long: a machine that boots draws more than one that runs.
    public static let leastWatched = Duration.seconds(10 * 60)

    /// A reading holds for no longer than this; what came after it was not watched.
    public static let longestPause = Duration.seconds(60)

    private var mean: Double?
    private var watched = Duration.zero
    private var last: Moment?

    /// Makes the watts of something never measured.
    public init() {}

    /// The usual power; nil while it was not watched for long enough.
    public var typical: Watts? {
        guard let mean, mean.isFinite, mean > 0, self.watched >= Self.leastWatched else { return nil }
        return Watts(mean)
    }

    /// Takes a reading in, of a time at which the host runs. Readings of one that is off or stopping do not belong here.
    public mutating func take(_ watts: Watts, at now: Moment) {
        guard watts.value.isFinite, watts.value > 0 else { return }
        defer { self.last = now }
        guard let last, let mean else { return self.mean = watts.value }
        let time = min(Self.longestPause, max(.zero, now - last))
        self.watched = min(Self.slowness, max(.zero, self.watched) + time)
        guard self.watched > .zero else { return }
        // A plain mean of all that was watched at first, and from a day on one that forgets at the same pace.
        self.mean = mean + (watts.value - mean) * (time.inSeconds / self.watched.inSeconds)
    }
}
