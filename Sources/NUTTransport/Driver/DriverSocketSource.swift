internal import Glibc
internal import NIOCore
internal import NIOPosix
public import PowerCore

/// Connects to the Unix socket of one of NUT's own drivers.
public struct DriverSocketSource: UPSSource {
    private let path: String
    private let limits: DriverLinkLimits
    private let timekeeper: any Timekeeper

    /// Makes a source for the socket at `path`, which is `STATEPATH/DRIVER-NAME`.
    public init(path: String, limits: DriverLinkLimits, timekeeper: any Timekeeper) {
        self.path = path
        self.limits = limits
        self.timekeeper = timekeeper
    }

    /// Connects, and asks the driver for all it has.
    public func open() async throws(DeviceFailure) -> any SourcedLink {
        // Looked for before anything is made for it: of many drivers that are not there each is tried every second.
        guard access(self.path, F_OK) == 0 else { throw Self.failure(errno, path: self.path) }
        let (updates, letters) = AsyncStream.makeStream(
            of: SourcedUpdate.self, bufferingPolicy: .bufferingNewest(DriverLink.unreadUpdates))
        do {
            let (path, limits, timekeeper) = (self.path, self.limits, self.timekeeper)
            let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .connectTimeout(TimeAmount(limits.connect))
                .channelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        let handler = DriverHandler(
                            device: path, limits: limits, timekeeper: timekeeper, updates: letters)
                        try channel.pipeline.syncOperations.addHandler(handler)
                    }
                }
                .connect(unixDomainSocketPath: path).get()
            return DriverLink(device: path, channel: channel, updates: updates)
        } catch {
            throw Self.failure((error as? IOError)?.errnoCode ?? 0, path: self.path, "\(error)")
        }
    }

    private static func failure(_ code: CInt, path: String, _ error: String = "") -> DeviceFailure {
        switch code {
        case ENOENT:
            DeviceFailure(
                .gone, device: path, detail: "there is no such socket",
                remedy: "start the driver (upsdrvctl start), and compare state-path with NUT's STATEPATH")
        case ECONNREFUSED:
            DeviceFailure(
                .gone, device: path, detail: "the driver behind this socket has ended",
                remedy: "start it again (upsdrvctl start)")
        case EACCES, EPERM:
            DeviceFailure(
                .notPermitted, device: path, detail: "this user may not connect to it",
                remedy: "run this daemon in the group that owns the socket, usually nut")
        default:
            DeviceFailure(
                .stalled, device: path, detail: "no connection: \(error.isEmpty ? "error \(code)" : error)",
                remedy: "look at the driver's own log")
        }
    }
}
