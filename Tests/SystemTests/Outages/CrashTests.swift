import Foundation
import PowerCore
import PowerLab
import Synchronization
import Testing

extension Outages {
    /// A daemon that is killed at every step of an outage and started again ends where one ends that was never killed.
    @Suite struct CrashTests {
        /// Racks side by side: nearly all of a run is waiting.
        private static let racks = 12
        /// Many times the steps of this outage; an end for a count that has none.
        fileprivate static let mostSteps = 500

        /// How an outage came out.
        private struct Ending {
            var states: [String: HostState] = [:]
            var crashes: [String: Int] = [:]
            /// How often each host was stopped by its client.
            var stops: [String: Int] = [:]
            var outletsOn = 0
            /// What was out of order.
            var mistakes: [String] = []
            var kills = 0
            var journal: [String] = []

            /// All that must be the same, whatever was killed.
            var facts: [String] {
                let hosts = self.states.keys.sorted().map { host in
                    "\(host): \(self.states[host]?.rawValue ?? ""), stopped \(self.stops[host] ?? 0) times, lost power "
                        + "\(self.crashes[host] ?? 0) times"
                }
                return hosts + ["\(self.outletsOn) outlets on"] + self.mistakes
            }
        }

        /// How every outage of the reference must end.
        private static let facts =
            ["backup", "db", "storage", "web"].map { "\($0): running, stopped 1 times, lost power 0 times" }
            + ["8 outlets on"]

        private let folder: URL
        private let preload: Preload

        init() throws {
            self.folder = FileManager.default.temporaryDirectory.appending(
                path: "crashes-\(UUID().uuidString.prefix(8))")
            try FileManager.default.createDirectory(at: self.folder, withIntermediateDirectories: true)
            self.preload = try Preload(in: self.folder)
        }

        /// Mains lost, everything stopped and cut, mains back, everything started; whatever daemons end meanwhile.
        private func outage(_ launches: [[String: String]] = []) async throws -> Ending {
            var ending = Ending()
            try await withOutageRack(.reference, launches: launches) { rack in
                try await rack.untilAllRun()
                try await rack.mains(false)
                try await rack.untilAllOff()
                try await rack.mains(true)
                try await rack.untilAllRun()
                ending = await Self.ending(of: rack)
            }
            return ending
        }

        private static func ending(of rack: OutageRack) async -> Ending {
            let lab = await rack.world.lab.snapshot()
            let lines = rack.journal.lines
            var ending = Ending(kills: rack.kills, journal: lines)
            for host in lab.hosts {
                let name = host.id.name
                ending.states[name] = host.state
                ending.crashes[name] = host.crashes
                ending.stops[name] = lines.count { $0.hasPrefix("mark: \(name) ") }
                for other in rack.plan.needing(name) {
                    let isInOrder = lines.firstIndex(of: "lab: \(other) off").flatMap { off in
                        lines.firstIndex { $0.hasPrefix("mark: \(name) ") }.map { off < $0 }
                    }
                    if isInOrder != true { ending.mistakes.append("\(name) was stopped before \(other) was off") }
                }
            }
            ending.outletsOn = lab.outlets.count { $0.position == .on }
            return ending
        }

        /// The steps at which a daemon is to be killed, until a run for each instant has ended without a kill.
        private final class Steps: Sendable {
            private struct State {
                var next = 0
                var counts: [Preload.Instant: Int] = [:]
            }

            private let state = Mutex(State())

            var counts: [Preload.Instant: Int] { self.state.withLock { $0.counts } }

            func take() -> (step: Int, instant: Preload.Instant)? {
                self.state.withLock { state in
                    let instants = Preload.Instant.allCases
                    while state.next < CrashTests.mostSteps * instants.count, state.counts.count < instants.count {
                        let instant = instants[state.next % instants.count]
                        let step = state.next / instants.count + 1
                        state.next += 1
                        if step <= state.counts[instant] ?? .max { return (step, instant) }
                    }
                    return nil
                }
            }

            /// `step` was never reached, so that there are fewer.
            func end(_ instant: Preload.Instant, at step: Int) {
                self.state.withLock { $0.counts[instant] = min($0.counts[instant] ?? .max, step - 1) }
            }
        }

        @Test(.timeLimit(.minutes(30)))
        func `killed at any step and started again, a daemon ends where one ends that was never killed`() async throws {
            defer { try? FileManager.default.removeItem(at: self.folder) }
            let reference = try await self.outage()
            #expect(reference.kills == 0)
            #expect(reference.facts == Self.facts)
            let steps = Steps()
            let begun = ContinuousClock.now
            await withTaskGroup { group in
                for _ in 0..<Self.racks {
                    group.addTask {
                        while let (step, instant) = steps.take() {
                            if await self.wasReached(step, instant, reference.facts) { continue }
                            steps.end(instant, at: step)
                        }
                    }
                }
            }
            let counts = steps.counts
            let words = Preload.Instant.allCases.map { "\(counts[$0] ?? 0) \($0.rawValue)" }.joined(separator: ", ")
            print("crashes: \(words), each in an outage of its own, in \(ContinuousClock.now - begun)")
            #expect((counts[.lost] ?? 0) > 20)
        }

        /// Whether a daemon was killed at this step; and if so, whether the outage ended as it should.
        private func wasReached(_ step: Int, _ instant: Preload.Instant, _ reference: [String]) async -> Bool {
            do {
                let ending = try await self.outage([self.preload.killing(at: step, instant)])
                if ending.facts != reference {
                    let lines = ["step \(step) \(instant):"] + ending.facts + ending.journal
                    Issue.record("\(lines.joined(separator: "\n"))")
                }
                return ending.kills > 0
            } catch {
                Issue.record("step \(step) \(instant): \(error)")
                return true
            }
        }

        @Test(.timeLimit(.minutes(5)), arguments: [(14, 1), (18, 3), (24, 5)])
        func `a daemon that is killed again while it comes back ends there too`(first: Int, second: Int) async throws {
            defer { try? FileManager.default.removeItem(at: self.folder) }
            let ending = try await self.outage([
                self.preload.killing(at: first, .kept), self.preload.killing(at: second, .kept),
            ])
            #expect(ending.kills == 2)
            #expect(ending.facts == Self.facts)
        }
    }
}
