internal import NUTProtocol
internal import PowerCore

/// A made-up device at work: plays its file, and follows the file's changes.
final class DummyLink: SourcedLink {
    let updates: AsyncStream<SourcedUpdate>
    private let player: Player
    private let task: Task<Void, Never>

    init(
        _ file: DummyFile, _ version: SmallFile.Version, path: String, isLooping: Bool, poll: Duration,
        timekeeper: any Timekeeper
    ) {
        let (updates, letters) = AsyncStream.makeStream(
            of: SourcedUpdate.self, bufferingPolicy: .bufferingNewest(DriverLink.unreadUpdates))
        let player = Player(
            DummyDevice(file, isLooping: isLooping, at: timekeeper.now), version, path: path, isLooping: isLooping,
            timekeeper: timekeeper, updates: letters)
        self.updates = updates
        self.player = player
        self.task = Task { await player.run(poll: poll) }
    }

    func set(_ variable: String, to value: String) async throws(DeviceFailure) {
        await self.player.set(variable, to: value)
    }

    func run(_ command: String, parameter: String?) async throws(DeviceFailure) {
        try await self.player.run(command)
    }

    func close() async {
        self.task.cancel()
        await self.task.value
    }
}

/// Owns a made-up device and moves it on.
private actor Player {
    private let path: String
    private let isLooping: Bool
    private let timekeeper: any Timekeeper
    private let updates: AsyncStream<SourcedUpdate>.Continuation
    private var device: DummyDevice
    private var version: SmallFile.Version

    init(
        _ device: DummyDevice, _ version: SmallFile.Version, path: String, isLooping: Bool,
        timekeeper: any Timekeeper, updates: AsyncStream<SourcedUpdate>.Continuation
    ) {
        self.device = device
        self.version = version
        self.path = path
        self.isLooping = isLooping
        self.timekeeper = timekeeper
        self.updates = updates
    }

    func run(poll: Duration) async {
        defer { self.updates.finish() }
        do {
            while true {
                let next = self.device.play(at: self.timekeeper.now)
                self.tell()
                // Told at every poll, so that a device that never changes does not go stale.
                let wake = min(next ?? .distant, self.timekeeper.now + poll)
                try await self.timekeeper.sleep(until: wake)
                if !self.isLooping { try self.readAgain() }
            }
        } catch let failure as DeviceFailure {
            self.updates.yield(.lost(failure))
        } catch {
            // Closed.
        }
    }

    /// Begins anew where the file has changed.
    private func readAgain() throws(DeviceFailure) {
        guard try SmallFile.version(of: self.path) != self.version else { return }
        let (file, version) = try DummySource.read(self.path)
        self.version = version
        self.device = DummyDevice(file, isLooping: false, at: self.timekeeper.now)
    }

    private func tell() {
        self.updates.yield(.heard(self.device.state, at: self.timekeeper.now))
    }

    func set(_ variable: String, to value: String) {
        self.device.set(variable, to: value)
        self.tell()
    }

    func run(_ command: String) throws(DeviceFailure) {
        guard self.device.run(command) else {
            throw DeviceFailure(.notSupported, device: self.path, detail: "a made-up device has no command \(command)")
        }
        self.tell()
    }
}

extension Moment {
    /// Later than everything that is waited for.
    fileprivate static let distant = Moment(sinceOrigin: .seconds(1_000_000_000))
}
