/// How long something has lived on battery, with cuts in a row counted together.
///
/// The battery remembers what the mains forgot: only mains that have been stable wipe out what was there before.
public struct BatteryTime: Hashable, Codable, Sendable {
    /// Since when it is on battery without a break; nil while it is on mains.
    public private(set) var since: Moment?
    /// The time of the cuts before this one, or before the mains came back.
    private(set) var earlier = Duration.zero
    /// When the mains came back last.
    private(set) var mainsSince: Moment?

    /// Makes the time of something on mains.
    public init() {}

    /// The time that counts at `now`; zero on mains.
    public func counted(at now: Moment) -> Duration {
        self.since.map { max(.zero, now - $0) + self.earlier } ?? .zero
    }

    /// Takes note of whether it is on battery at `now`; mains that lasted for `stable` make earlier cuts forgotten.
    mutating func follow(isOnBattery: Bool, at now: Moment, stable: Duration) {
        switch (self.since, isOnBattery) {
        case (nil, true):
            if self.mainsSince.map({ now - $0 >= stable }) ?? true { self.earlier = .zero }
            self.since = now
        case (.some, false):
            self.earlier = self.counted(at: now)
            self.mainsSince = now
            self.since = nil
        case (nil, false), (.some, true):
            break
        }
    }
}
