/// What `upssched.conf` says a host does after an event.
public struct NUTSchedule: Hashable, Sendable {
    /// `AT notification ups command …`.
    public struct Rule: Hashable, Sendable {
        /// The event (`ONBATT`).
        public var notification: String
        /// The UPS, or `*` for any.
        public var ups: String
        /// What is done (`START-TIMER`).
        public var command: String
        /// The words behind the command: a timer's name, its seconds.
        public var arguments: [String]
        /// Where it is set.
        public var place: NUTFilePlace

        /// The name and the seconds of the timer that it starts; nil where it starts none.
        public var startedTimer: (name: String, seconds: Int)? {
            guard self.command.hasPrefix("START-TIMER"), self.arguments.count >= 2,
                let seconds = NUTNumber.whole(self.arguments[1])
            else { return nil }
            return (self.arguments[0], seconds)
        }
    }

    /// `AT`, in the order of the file.
    public var rules: [Rule] = []
    /// Everything else, as it stands.
    public var settings: [NUTDirective] = []

    /// Makes a schedule without rules.
    public init() {}
}
