/// How long the store waits, and how much it holds and keeps.
public struct StoreLimits: Hashable, Sendable {
    /// For one write to be on the disk. A disk that spins up takes longer, but hosts wait to be told meanwhile.
    public var write = Duration.seconds(2)
    /// For the file to be opened and looked through; a slow card reads the largest history in less.
    public var open = Duration.seconds(15)
    /// Between two attempts while the file cannot be written: soon enough for a person who has just made room.
    public var retry = Duration.seconds(5)
    /// From an event to its being written, together with those that come meanwhile: one write a second at most.
    public var batch = Duration.seconds(1)
    /// Between two writes of the time line: how far the line may fall back when the power goes.
    public var refresh = Duration.seconds(60)
    /// For a program that has the file locked, such as a person's; shorter than ``write`` so that its sentence is the one said.
    public var busy = Duration.seconds(1)
    /// Subjects of the journal: a hundred times the largest rack.
    public var subjects = 10_000
    /// Events that wait for the disk, some hundred bytes each: an eventful hour.
    public var pendingEvents = 4096
    /// Events in one transaction, so that a journal entry waits for few of them.
    public var eventsAtOnce = 256
    /// Entries added to the journal until those that no longer count are deleted.
    public var compactAfter = 1000
    /// Events kept, whatever their age: some thirty megabytes.
    public var historyEvents = 200_000
    /// Old events deleted at once, so that it takes milliseconds.
    public var deleteAtOnce = 1000

    /// Makes the usual limits.
    public init() {}
}
