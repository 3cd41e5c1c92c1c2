import Foundation
import PowerCore
import PowerLab
import Testing

extension Outages {
    /// Two UPSes of which one dies, with stock upsmon on every machine.
    @Suite struct DualFeedTests {
        /// The UPS that dies with its PDU, and the one that is left.
        struct Sides: Sendable {
            var dying: DeviceID
            var dyingPDU: String
            var left: DeviceID
            var leftPDU: String
            /// What the one that is left holds when it is full.
            var capacity: Double

            var plan: OutagePlan {
                var plan = OutagePlan(machines: [
                    OutagePlan.Machine("web", ["\(self.dyingPDU)/4"], needs: ["app"]),
                    OutagePlan.Machine("app", ["\(self.dyingPDU)/3"], needs: ["db"]),
                    OutagePlan.Machine("backup", ["\(self.leftPDU)/3"], needs: ["storage"]),
                    OutagePlan.Machine("db", ["rack-a/2", "rack-b/2"], needs: ["storage"]),
                    OutagePlan.Machine("storage", ["rack-a/1", "rack-b/1"]),
                ])
                plan.triggers = "charge: 30%"
                return plan
            }
        }

        static let sides = [
            Sides(dying: "river", dyingPDU: "rack-a", left: "delta", leftPDU: "rack-b", capacity: 1024),
            Sides(dying: "delta", dyingPDU: "rack-b", left: "river", leftPDU: "rack-a", capacity: 286),
        ]

        @Test(.timeLimit(.minutes(5)), arguments: sides)
        func `when one UPS dies, hosts on both stay up with the time that is left for the sum, then stop in order`(
            sides: Sides
        ) async throws {
            try await withOutageRack(sides.plan) { rack in
                let lab = rack.world.lab
                try await rack.untilAllRun()
                try await rack.mains(false)
                for host in ["web", "backup"] { try await Self.wait(rack, for: host, toShow: "OB DISCHRG") }

                try await lab.execute(.setCharge(sides.dying, 25))
                try await rack.wait("those with one cord on the dying UPS are cut") { lab in
                    lab.outlet("\(sides.dyingPDU)/3")?.position == .off
                        && lab.outlet("\(sides.dyingPDU)/4")?.position == .off
                }
                #expect(rack.stopped == ["web", "app"])

                let both = await rack.says("battery.runtime", of: "storage").flatMap(Double.init) ?? 0
                let cut = rack.journal.lines.count
                try await lab.execute(.setCharge(sides.dying, 0))
                try await rack.wait(for: "lab: \(sides.dying) gives none", from: cut)
                // A UPS that is dead says nothing any more.
                try await lab.execute(.unplug(sides.dying))
                try await rack.wait(for: "[\(sides.dying)] \(sides.dying) has cut its output", from: cut)
                // The log is written before clients see what follows from it.
                try await rack.wait("storage shows that it has one feed left") { _ in
                    await rack.says("host.redundant", of: "storage") == "no"
                }
                try await Self.expectSum(sides, rack, before: both)
                #expect(
                    await lab.snapshot().hosts.filter { $0.state == .running }.map(\.id) == ["backup", "db", "storage"])
                #expect(rack.stopped == ["web", "app"])

                try await lab.execute(.setCharge(sides.left, 25))
                try await rack.wait("everything is off") { $0.hosts.allSatisfy { $0.state == .off } }
                #expect(rack.stopped == ["web", "app", "backup", "db", "storage"] || rack.stopped == Self.other)
                #expect(await lab.snapshot().hosts.allSatisfy { $0.crashes == 0 })

                try await lab.execute(.setCharge(sides.dying, 90))
                try await lab.execute(.setCharge(sides.left, 90))
                try await lab.execute(.plug(sides.dying))
                try await rack.mains(true)
                try await rack.untilAllRun()
            }
        }

        /// `backup` and `db` have nothing to do with each other.
        private static let other = ["web", "app", "db", "backup", "storage"]

        private static func wait(_ rack: OutageRack, for host: String, toShow status: String) async throws {
            try await rack.wait("\(host) shows \(status)") { _ in await rack.says("ups.status", of: host) == status }
        }

        /// The time left that a host with two cords shows is what the one battery holds, by the sum of what hangs on it; while
        /// both lasted it was `before`, which is more.
        private static func expectSum(_ sides: Sides, _ rack: OutageRack, before: Double) async throws {
            // Three hosts of 60 W, and the charge is shown in whole percents above a cut-off of one.
            let wanted = sides.capacity * 0.98 * BatteryEstimate.efficiency / 180 * 3600
            var last = 0.0
            try await rack.wait("the time left of storage is that of one battery for the sum") { _ in
                last = await rack.says("battery.runtime", of: "storage").flatMap(Double.init) ?? 0
                return abs(last - wanted) < wanted * 0.04
            }
            #expect(last < before * 0.97, "it was \(before) s with both, and is \(last) s with one")
        }
    }
}

extension LabSnapshot {
    fileprivate func outlet(_ name: String) -> Outlet? { OutletID(parsing: name).flatMap { self.outlet($0) } }
}
