internal import Dispatch

extension DispatchSemaphore {
    /// Waits until it is signalled or `limit` is over, whatever the wall clock does meanwhile.
    ///
    /// Dispatch's own wait with a time-out ends on Linux at a time of the wall clock (`sem_timedwait`): when that is set
    /// back by an hour, a disk that hangs would hold its caller for an hour. Its timers know no wall clock.
    func wait(atMost limit: Duration) {
        let giveUp = DispatchWorkItem { self.signal() }
        DispatchQueue.global().asyncAfter(deadline: .now() + limit.dispatch, execute: giveUp)
        self.wait()
        giveUp.cancel()
    }
}
