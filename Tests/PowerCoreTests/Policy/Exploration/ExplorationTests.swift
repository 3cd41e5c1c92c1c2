import Foundation
import Testing

@testable import PowerCore

/// Every state that a small rack can come to, within limits that are named, and what comes of each.
@Suite(.serialized) struct ExplorationTests {
    /// What is covered in every run of the tests: what a debug build does in less than half a minute.
    static let short = [
        Explorer.Limits(weather: 2, delays: 1, faults: 0, crashes: 0, states: 100_000),
        Explorer.Limits(weather: 1, delays: 0, faults: 0, crashes: 1, states: 100_000),
        Explorer.Limits(weather: 0, delays: 0, faults: 1, crashes: 0, states: 100_000),
    ]

    /// What is covered when `UPSD_EXPLORE` is set: some minutes of an optimised build, hours of a debug build.
    static let long = [
        Explorer.Limits(weather: 3, delays: 2, faults: 0, crashes: 0, states: 2_000_000),
        Explorer.Limits(weather: 2, delays: 1, faults: 0, crashes: 0, isEveryOrder: true, states: 2_000_000),
        Explorer.Limits(weather: 2, delays: 1, faults: 0, crashes: 1, states: 2_000_000),
        Explorer.Limits(weather: 2, delays: 1, faults: 1, crashes: 0, states: 2_000_000),
        Explorer.Limits(weather: 1, delays: 0, faults: 1, crashes: 1, states: 2_000_000),
        Explorer.Limits(weather: 1, delays: 0, faults: 2, crashes: 0, states: 2_000_000),
    ]

    private static let limits = ProcessInfo.processInfo.environment["UPSD_EXPLORE"] == nil ? short : long

    @Test(arguments: limits)
    func `in every state that can be reached the invariants hold`(limits: Explorer.Limits) {
        var explorer = Explorer(limits)
        let time = ContinuousClock().measure { explorer.explore(from: [Situation(), Situation(off: [2])]) }
        print("\(limits): \(explorer.figures) in \(time)")
        for finding in explorer.findings {
            Issue.record(
                """
                \(finding.sin) (\(explorer.counts[finding.sin] ?? 0) times), first after \(finding.moves) \
                from start \(finding.start)
                """)
        }
        #expect(explorer.figures.isComplete)
    }
}
