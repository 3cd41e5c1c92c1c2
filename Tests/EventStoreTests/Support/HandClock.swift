import EventStore
import PowerCore
import Synchronization

/// Clocks of a machine that a test moves by hand.
final class HandClock: MachineTime {
    private struct State {
        var bootID = "boot 1"
        var sinceBoot = Duration.seconds(100)
        var wall = WallTime(milliseconds: 1_795_874_101_000)
    }

    private let state = Mutex(State())

    var bootID: String { self.state.withLock { $0.bootID } }
    var sinceBoot: Duration { self.state.withLock { $0.sinceBoot } }
    var wall: WallTime { self.state.withLock { $0.wall } }

    /// Lets time pass on both clocks.
    func pass(_ time: Duration) {
        self.state.withLock { state in
            state.sinceBoot += time
            state.wall = WallTime(milliseconds: state.wall.milliseconds + time.components.seconds * 1000)
        }
    }

    /// Starts the machine anew after it was off for so long.
    func boot(_ name: String, after absence: Duration) {
        self.pass(absence)
        self.state.withLock { state in
            state.bootID = name
            state.sinceBoot = .seconds(10)
        }
    }
}
