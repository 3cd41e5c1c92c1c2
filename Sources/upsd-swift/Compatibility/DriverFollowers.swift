import NUTTransport
import PowerCore

/// The links to NUT's drivers, a task for each.
///
/// One owner moves them: the daemon's own task.
struct DriverFollowers {
    private struct Follower {
        var ups: CompatibilityConfiguration.UPS
        var task: Task<Void, Never>
    }

    /// NUT looks for its drivers every two seconds at the latest; nobody minds that it is sooner.
    private static let pauses = SourcedUPSDriver.Pauses(first: .milliseconds(100), longest: .seconds(1))

    private let clock: any Timekeeper
    private let board: DriverBoard
    private var followers: [DeviceID: Follower] = [:]
    private var staleAfter: Duration?

    /// Makes a set of none.
    init(board: DriverBoard, clock: any Timekeeper) {
        self.board = board
        self.clock = clock
    }

    /// Follows the drivers of these UPSes and no others; links that stay as they are go on undisturbed.
    mutating func follow(_ configuration: CompatibilityConfiguration) {
        let isTimed = self.staleAfter == configuration.staleAfter
        self.staleAfter = configuration.staleAfter
        let wanted = Set(configuration.upses.map(\.id))
        for (id, follower) in self.followers where !wanted.contains(id) {
            follower.task.cancel()
            self.followers[id] = nil
        }
        var drivers: [DeviceID: SourcedUPSDriver] = [:]
        for ups in configuration.upses {
            guard !isTimed || self.followers[ups.id]?.ups.socket != ups.socket else { continue }
            self.followers[ups.id]?.task.cancel()
            drivers[ups.id] = self.driver(of: ups, staleAfter: configuration.staleAfter)
        }
        self.board.show(configuration.upses, controls: drivers)
        for ups in configuration.upses {
            guard let driver = drivers[ups.id] else { continue }
            self.followers[ups.id] = Follower(ups: ups, task: Task { await driver.run() })
        }
    }

    /// Ends all links, and waits for that.
    func stop() async {
        for follower in self.followers.values { follower.task.cancel() }
        for follower in self.followers.values { await follower.task.value }
    }

    private func driver(of ups: CompatibilityConfiguration.UPS, staleAfter: Duration) -> SourcedUPSDriver {
        SourcedUPSDriver(
            id: ups.id,
            source: DriverSocketSource(
                path: ups.socket, limits: DriverLinkLimits(staleAfter: staleAfter), timekeeper: self.clock),
            pauses: Self.pauses, absence: .told, staleAfter: staleAfter, timekeeper: self.clock,
            report: self.board.report)
    }
}
