internal import NUTProtocol
public import PowerCore

/// A made-up device that plays one of NUT's `.dev` or `.seq` files.
public struct DummySource: UPSSource {
    private let path: String
    private let isLooping: Bool
    private let poll: Duration
    private let timekeeper: any Timekeeper

    /// Makes a source for the file at `path`.
    ///
    /// A looping device plays its file again and again. One that does not is read again whenever the file changes; that
    /// is looked for every `poll`.
    public init(path: String, isLooping: Bool, poll: Duration, timekeeper: any Timekeeper) {
        self.path = path
        self.isLooping = isLooping
        self.poll = poll
        self.timekeeper = timekeeper
    }

    /// Reads the file, or says what is wrong with it and in which line.
    public func open() async throws(DeviceFailure) -> any SourcedLink {
        let (file, version) = try Self.read(self.path)
        return DummyLink(
            file, version, path: self.path, isLooping: self.isLooping, poll: self.poll, timekeeper: self.timekeeper)
    }

    /// Reads a file and takes it apart.
    static func read(_ path: String) throws(DeviceFailure) -> (DummyFile, SmallFile.Version) {
        let file = try SmallFile(path: path, limit: DummyFile.maximumBytes)
        do throws(DummyFileError) {
            return (try DummyFile(parsing: file.bytes), file.version)
        } catch {
            let place = error.line == 0 ? path : "\(path):\(error.line)"
            throw DeviceFailure(.notSupported, device: place, detail: error.reason)
        }
    }
}
