internal import NUTProtocol
internal import PowerCore
internal import Synchronization

extension ServerHub {
    /// How long the answer to a wrong password from `address` waits; nil where it is not to be answered at all.
    func beginWait(_ address: String) -> Duration? {
        self.backOff.withLock { $0.failed(address, at: Self.now) }
    }

    func endWait(_ address: String) {
        self.backOff.withLock { $0.ended(address) }
    }
}
