extension Configuration {
    /// A made-up device that says what a file says.
    public struct DummyUPS: Hashable, Sendable {
        /// The path of a `.dev` or `.seq` file; relative to the configuration file until that has been read.
        public var file: String
        /// Whether the file is played again and again.
        public var isLooping: Bool

        /// Makes a device.
        public init(file: String, isLooping: Bool) {
            self.file = file
            self.isLooping = isLooping
        }
    }
}
