import Foundation
import PowerCore
import PowerLab
import Testing

extension Outages {
    /// Mains that come back at an awkward moment, with stock upsmon on every machine.
    @Suite struct MainsReturnTests {
        /// A machine takes long enough to stop and to boot for something to happen meanwhile.
        private static let slow: OutagePlan = {
            var plan = OutagePlan.reference
            plan.stopTime = .seconds(3)
            plan.bootTime = .seconds(3)
            return plan
        }()

        private static let told = "is told to shut down"
        private static let stays = "the mains are back before its turn came; it stays up"

        @Test(.timeLimit(.minutes(3)))
        func `mains that are back before a host was asked change nothing`() async throws {
            var plan = OutagePlan.reference
            plan.triggers = "on-battery: 4s"
            try await withOutageRack(plan) { rack in
                try await rack.untilAllRun()
                let lost = rack.journal.lines.count
                try await rack.mains(false)
                let since = await rack.world.lab.moment
                for ups in ["river", "delta"] {
                    try await rack.wait(for: "[\(ups)] \(ups) runs on battery", from: lost)
                }
                try await rack.mains(true)
                for ups in ["river", "delta"] {
                    try await rack.wait(for: "[\(ups)] \(ups) has mains again", from: lost)
                }
                try await rack.wait("the time at which they would have been told is over") {
                    $0.moment > since + .seconds(6)
                }
                #expect(rack.moves() == [])
                #expect(rack.stopped == [])
                #expect(!rack.said(Self.told))
                try await rack.untilAllRun()
            }
        }

        @Test(.timeLimit(.minutes(3)))
        func `mains that are back while a host stops let it stop and start again, and spare those behind it`()
            async throws
        {
            try await withOutageRack(Self.slow) { rack in
                try await rack.untilAllRun()
                let lost = rack.journal.lines.count
                try await rack.mains(false)
                for host in ["web", "backup"] { try await rack.wait(for: "lab: \(host) stopping", from: lost) }
                try await rack.mains(true)
                for host in ["db", "storage"] { try await rack.wait(for: "[\(host)] \(Self.stays)", from: lost) }
                for host in ["web", "backup"] { try await rack.wait(for: "lab: \(host) running", from: lost) }
                try await rack.untilAllRun()
                #expect(rack.stopped.sorted() == ["backup", "web"])
                #expect(Set(rack.moves()) == ["rack-a/3 off", "rack-a/3 on", "rack-b/3 off", "rack-b/3 on"])
                #expect(rack.moves().count == 4)
                for host in ["db", "storage"] { #expect(!rack.said("[\(host)] \(Self.told)")) }
                try await Self.expectNoCrash(rack)
            }
        }

        @Test(.timeLimit(.minutes(3)))
        func `mains that are back after an outlet was cut bring its host back when what it needs is up`() async throws {
            try await withOutageRack(Self.slow) { rack in
                try await rack.untilAllRun()
                let lost = rack.journal.lines.count
                try await rack.mains(false)
                try await rack.wait(for: "lab: outlet rack-a/3 off", from: lost)
                try await rack.wait(for: "lab: db stopping", from: lost)
                try await rack.mains(true)
                let back = rack.journal.lines.count
                try await rack.wait(for: "[storage] \(Self.stays)", from: back)
                let db = try await rack.wait(for: "lab: db running", from: back)
                let web = try await rack.wait(for: "lab: outlet rack-a/3 on", from: back)
                #expect(db < web, "web was given power before db was up")
                try await rack.wait(for: "lab: web running", from: web)
                try await rack.untilAllRun()
                #expect(rack.stopped.sorted() == ["backup", "db", "web"])
                #expect(!rack.said("[storage] \(Self.told)"))
                let outlets = Set(rack.moves().compactMap { $0.split(separator: " ").first })
                #expect(outlets == ["rack-a/2", "rack-a/3", "rack-b/2", "rack-b/3"])
                try await Self.expectNoCrash(rack)
            }
        }

        @Test(.timeLimit(.minutes(3)))
        func `mains that fail again during the start-up stop what has started, and start nothing more`() async throws {
            try await withOutageRack(Self.slow) { rack in
                try await rack.untilAllRun()
                try await rack.mains(false)
                try await rack.untilAllOff()
                let back = rack.journal.lines.count
                try await rack.mains(true)
                try await rack.wait(for: "lab: storage booting", from: back)
                try await rack.mains(false)
                try await rack.untilAllOff()
                let again = rack.journal.lines.count
                let between = rack.journal.lines[back..<again]
                #expect(!between.contains { $0.hasPrefix("lab: db booting") || $0.hasPrefix("lab: web booting") })
                #expect(!between.contains { $0.hasPrefix("lab: backup booting") })
                #expect(between.contains { $0.hasPrefix("mark: storage") }, "storage was not stopped by its client")
                try await rack.mains(true)
                try await rack.untilAllRun()
                let stops = ["web": 1, "backup": 1, "db": 1, "storage": 2]
                #expect(Dictionary(rack.stopped.map { ($0, 1) }, uniquingKeysWith: +) == stops)
                try await Self.expectNoCrash(rack)
            }
        }

        private static func expectNoCrash(_ rack: OutageRack) async throws {
            let lab = await rack.world.lab.snapshot()
            for host in lab.hosts { #expect(host.crashes == 0, "\(host.id) lost its power while it was not off") }
        }
    }
}
