extension Configuration {
    /// Where one of NUT's own drivers is to be found.
    public struct NUTDriver: Hashable, Sendable {
        /// Where NUT's programs put their sockets if they are told nothing else (Debian, Fedora, Arch).
        public static let usualStatePath = "/run/nut"

        /// The path of the driver's Unix socket.
        public var path: String

        /// Makes a place.
        public init(path: String) {
            self.path = path
        }

        /// Makes a place from the folder of the sockets and the name of one, which may be a path of its own.
        public init(statePath: String = Self.usualStatePath, socket: String) {
            self.path = socket.hasPrefix("/") ? socket : "\(statePath)/\(socket)"
        }
    }
}
