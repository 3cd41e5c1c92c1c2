internal import Synchronization

/// Where all that happens waits for the manager, who takes everything that has come since it looked last.
///
/// A thousand devices that speak at once are then one change of what clients see, not a thousand.
final class Inbox<Letter: Sendable>: Sendable {
    /// Rings when there is something to take; once, however much it is.
    let bell: AsyncStream<Void>
    private let ring: AsyncStream<Void>.Continuation
    private let waiting = Mutex<[Letter]>([])
    private let limit: Int

    /// Makes an inbox for at most `limit` letters that nobody has taken yet.
    init(limit: Int) {
        self.limit = limit
        (self.bell, self.ring) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// Puts a letter behind the others; false where there is no room for it. From any thread, and never waits.
    func post(_ letter: Letter) -> Bool {
        let hasRoom = self.waiting.withLock { waiting in
            guard waiting.count < self.limit else { return false }
            waiting.append(letter)
            return true
        }
        self.ring.yield()
        return hasRoom
    }

    /// Takes all letters, in the order they came in.
    func take() -> [Letter] {
        self.waiting.withLock { waiting in
            defer { waiting = [] }
            return waiting
        }
    }
}
