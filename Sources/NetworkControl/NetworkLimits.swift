internal import PowerCore

/// How long the steps on the way to a host may take; only tests have a reason to change them.
public struct NetworkLimits: Hashable, Sendable {
    /// How long a program or an ssh may take until it is ended.
    public var program = Configuration.HostAccess.commandTimeout
    /// How long a program that is asked to end has for it before it is killed: enough to remove a lock, no more.
    public var grace = Duration.seconds(2)
    /// How long ssh may take until the other side has said what it is. Longer than a busy machine needs, and short enough
    /// that ssh's own sentence comes before ours.
    public var connect = Duration.seconds(10)
    /// How long a name may take to become addresses: one question to a name server that is there.
    public var lookUp = Duration.seconds(3)
    /// How long a probe waits. The kernel gives up on a neighbour after three seconds, and has asked for a connection
    /// three times by then.
    public var probe = Duration.seconds(4)
    /// Between two magic packets: longer than a switch port that is waking up drops everything after a word.
    public var wakeGap = Duration.milliseconds(200)

    /// The limits for real hosts.
    public init() {}

    /// How long a program that not even a kill ends is waited for: it belongs to another user, or hangs in the kernel.
    static let abandon = Duration.seconds(2)
    /// A name has few addresses; a broken one with many must not make a look into a flood.
    static let addresses = 4
    /// Magic packets are not acknowledged, and one is easily lost; a card that is awake ignores the others.
    static let magicPackets = 3
    /// Echo requests per look, for the same reason.
    static let echoRequests = 3
    /// Names looked up at the same moment, each blocking a thread: a name server that is gone must not hold up all others
    /// for long, nor cost many threads.
    static let lookUpThreads = 4
}
