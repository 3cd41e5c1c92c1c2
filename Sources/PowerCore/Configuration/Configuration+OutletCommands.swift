extension Configuration {
    /// Outlets that programs on this machine read and switch; no shell is involved.
    public struct OutletCommands: Hashable, Sendable, NamesFiles {
        /// The program that lists them, with its arguments.
        public var read: [String]
        /// The program that switches one on, with places for its number and name; empty where there is none.
        public var on: [String]
        /// The program that switches one off; empty where there is none.
        public var off: [String]
        /// The program that has the device switch one off and on; empty where there is none.
        public var cycle: [String]
        /// The program that stores another name in the device; empty where there is none.
        public var rename: [String]
        /// How long a program may take until it is ended and has failed.
        public var timeout: Duration

        /// How long a program may take as long as nothing else is said: other tools give a switched outlet as long.
        public static let usualTimeout = Duration.seconds(10)

        /// Makes the commands.
        public init(
            read: [String], on: [String] = [], off: [String] = [], cycle: [String] = [], rename: [String] = [],
            timeout: Duration = Self.usualTimeout
        ) {
            self.read = read
            self.on = on
            self.off = off
            self.cycle = cycle
            self.rename = rename
            self.timeout = timeout
        }

        /// The programs themselves.
        public var files: [DriverFile] {
            [("read", self.read), ("on", self.on), ("off", self.off), ("cycle", self.cycle), ("rename", self.rename)]
                .compactMap { key, words in words.first.map { DriverFile(program: "\(key):", $0) } }
        }
    }
}
