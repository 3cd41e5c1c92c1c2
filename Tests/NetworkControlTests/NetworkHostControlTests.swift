import NetworkControl
import PowerCore
import Testing

struct NetworkHostControlTests {
    private func reason(_ work: () async throws -> Void) async -> String? {
        await #expect(throws: HostFailure.self) { try await work() }?.reason
    }

    @Test func `a host without a way is told so, and nothing is done`() async {
        let control = NetworkHostControl(["nas": Configuration.HostAccess()])
        #expect(await self.reason { try await control.stop("pve", by: .ssh) } == "no way to reach pve is configured")
        #expect(await self.reason { try await control.stop("nas", by: .ssh) } == "no ssh is configured for nas")
        let stop = await self.reason { try await control.stop("nas", by: .command) }
        #expect(stop == "no program is configured for nas")
        let start = await self.reason { try await control.start("nas", by: .command) }
        #expect(start == "no program is configured for nas")
        let card = await self.reason { try await control.start("nas", by: .wakeOnLAN) }
        #expect(card == "no network card is configured for nas")
    }

    @Test func `what others do is refused`() async {
        let control = NetworkHostControl(["nas": Configuration.HostAccess()])
        let stop = await self.reason { try await control.stop("nas", by: .nut) }
        #expect(stop == "nas is told by its virtual UPS, not from here")
        let start = await self.reason { try await control.start("nas", by: .outlet) }
        #expect(start == "nas is started by its outlets, not from here")
    }

    @Test func `a new configuration is followed from the next order on`() async throws {
        let control = NetworkHostControl(["nas": Configuration.HostAccess(stopCommand: ["echo", "old"])])
        #expect(try await control.stop("nas", by: .command) == "old")
        control.follow(["nas": Configuration.HostAccess(stopCommand: ["echo", "new"])])
        #expect(try await control.stop("nas", by: .command) == "new")
        control.follow([:])
        let gone = await self.reason { try await control.stop("nas", by: .command) }
        #expect(gone == "no way to reach nas is configured")
    }

    @Test func `a host without probes is seen neither up nor down`() async {
        let control = NetworkHostControl(["nas": Configuration.HostAccess()])
        #expect(await control.look(for: "nas") == .unclear("no probe of nas is configured"))
        #expect(await control.look(for: "pve") == .unclear("no probe of pve is configured"))
    }
}
