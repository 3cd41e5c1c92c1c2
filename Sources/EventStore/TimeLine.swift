public import PowerCore

/// The line that moments lie on, from one daemon to the next and from one boot to the next.
///
/// Within one boot it follows the machine's clock since boot, whatever the wall clock does. Over a boot only the wall clock
/// can tell how long the machine was away; it is believed within limits, and never backwards.
public struct TimeLine: Hashable, Sendable {
    /// What is stored of a line, so that a later process can go on with it.
    public struct Record: Hashable, Sendable {
        /// The boot it was written in, as the kernel names it.
        public var bootID: String
        /// What was added to the time since boot.
        public var offset: Duration
        /// The moment it was written.
        public var moment: Moment
        /// What the wall clock showed then.
        public var wall: WallTime

        /// Makes a record.
        public init(bootID: String, offset: Duration, moment: Moment, wall: WallTime) {
            self.bootID = bootID
            self.offset = offset
            self.moment = moment
            self.wall = wall
        }
    }

    /// The longest time that a machine is believed to have been off.
    ///
    /// Nothing here is decided differently after a year than after a day, and a clock that came up decades off must not
    /// use the line up.
    public static let longestAbsence = Duration.seconds(400 * 86_400)

    /// The present boot as the kernel names it; empty where it does not say, and then no boot is the same as another.
    public let bootID: String
    /// What is added to the time since boot.
    public let offset: Duration

    /// Goes on with the line of `last`, or begins one now when there is none.
    public init(continuing last: Record?, bootID: String, sinceBoot: Duration, wall: WallTime) {
        self.bootID = bootID
        guard let last else {
            self.offset = .zero - sinceBoot
            return
        }
        // A container that was moved, or a machine put back to an earlier picture of itself, has the same boot with an
        // earlier clock.
        let isSameBoot = !bootID.isEmpty && last.bootID == bootID
        if isSameBoot, last.offset + sinceBoot >= last.moment.sinceOrigin {
            self.offset = last.offset
        } else {
            let away = min(max(wall - last.wall, .zero), Self.longestAbsence)
            self.offset = last.moment.sinceOrigin + away - sinceBoot
        }
    }

    /// Goes on with the line of `last` on this machine, now.
    init(continuing last: Record?, _ machine: any MachineTime) {
        self.init(
            continuing: last, bootID: machine.bootID, sinceBoot: machine.sinceBoot, wall: machine.wall)
    }

    /// The moment that is so long after boot.
    public func moment(sinceBoot: Duration) -> Moment {
        Moment(sinceOrigin: self.offset + sinceBoot)
    }

    /// What to store at a moment that is so long after boot.
    public func record(sinceBoot: Duration, wall: WallTime) -> Record {
        Record(bootID: self.bootID, offset: self.offset, moment: self.moment(sinceBoot: sinceBoot), wall: wall)
    }
}
