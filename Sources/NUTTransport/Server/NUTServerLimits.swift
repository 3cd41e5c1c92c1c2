internal import NUTProtocol

/// What the server bears of its clients.
public struct NUTServerLimits: Hashable, Sendable {
    /// Connections at the same time. A process usually may have 1,024 descriptors; half of them are left for
    /// devices, files and connections being refused.
    public var connections = 512

    /// The part of ``connections`` that one address never takes alone, so that a host that fails, or one stranger,
    /// leaves room for the others of a site; those of the machine itself are not counted.
    public static let partKeptForOthers = 8

    /// Connections from one address at the same time.
    var connectionsOfOneAddress: Int { self.connections - self.connections / Self.partKeptForOthers }

    /// Connections beyond ``connections`` that get the time to read so at the same time; further ones are told and
    /// closed at once.
    public var refusals = 64

    /// How long a connection that was told its end may take to read that, before it is closed for good.
    public var farewell = Duration.seconds(1)

    /// Connections that the kernel keeps while the server has not taken them yet: after a power cut all hosts of a
    /// site come at once. The kernel cuts this to its own limit (`net.core.somaxconn`, 4,096 since Linux 5.4).
    public var backlog = 4_096

    /// How long a client may be silent after its last complete line; NUT closes after the same time, and stock
    /// clients that are logged in ask every five seconds.
    public var idle = Duration.seconds(60)

    /// How long a client may take from `STARTTLS` to the end of its handshake; stock clients give up connecting
    /// after the same time.
    public var handshake = Duration.seconds(10)

    /// Bytes of replies that may wait to be sent before nothing more is read from their client. One long list is
    /// some 4 KiB.
    public var unsentBytes = 64 * 1_024

    /// How long replies beyond ``unsentBytes`` may wait before the client counts as one that does not read.
    public var unread = Duration.seconds(10)

    /// Bytes of replies that the kernel may keep for a connection, by its own count, which it doubles. Left to itself it
    /// keeps up to four million for a client that does not read.
    public var kernelSendBytes = 64 * 1_024

    /// Bytes of requests that the kernel may keep for a connection, by its own count, which it doubles: a line of the
    /// longest kind fits.
    public var kernelReceiveBytes = 32 * 1_024

    /// Bytes of the memory that a connection keeps to read into, up to ``readBytes`` where a client sends more at once:
    /// no request of a stock client comes near, and of ten thousand clients few say anything.
    public var smallestRead = 512

    /// Bytes taken from a connection at once; further ones wait in the kernel.
    public var readBytes = 8 * 1_024

    /// How long the outcome of an order can be asked for (`GET TRACKING`).
    public var tracking = TrackingTable.lifetime

    /// Makes the usual limits.
    public init() {}
}
