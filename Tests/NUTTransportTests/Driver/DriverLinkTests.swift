import NUTTransport
import PowerCore
import Testing

/// A link to a driver that a test plays.
@Suite struct DriverLinkTests {
    static let dump =
        "SETINFO ups.status OL\nSETFLAGS ups.status RW STRING\nSETAUX ups.status 32\nADDCMD load.off\n"
        + "DATAOK\nDUMPDONE\n"

    static func limits(stale: Duration = .seconds(600)) -> DriverLinkLimits {
        DriverLinkLimits(staleAfter: stale)
    }

    private func link(
        to driver: FakeDriver, _ limits: DriverLinkLimits = Self.limits()
    ) async throws -> any SourcedLink {
        try await DriverSocketSource(path: driver.path, limits: limits, timekeeper: RealClock()).open()
    }

    @Test func `everything is asked for, and passed on when it is complete`() async throws {
        let driver = try FakeDriver()
        let link = try await self.link(to: driver)
        #expect(await driver.hears("DUMPALL\n"))
        driver.say(Self.dump)
        var updates = link.updates.makeAsyncIterator()
        guard case .heard(let state, _) = await updates.next() else { return #expect(Bool(false), "no state") }
        #expect(state.value("ups.status") == "OL")
        #expect(state.commands == ["load.off"])
        await link.close()
    }

    @Test func `what becomes of an order is what the driver says`() async throws {
        let driver = try FakeDriver(greeting: Self.dump)
        let link = try await self.link(to: driver)
        async let isDone: Void = link.set("ups.status", to: "OB LB")
        #expect(await driver.hears("SET ups.status \"OB LB\" TRACKING 1\n"))
        driver.say("TRACKING 1 0\n")
        try await isDone

        async let isRefused: Void = link.run("load.off", parameter: "5 s")
        #expect(await driver.hears("INSTCMD load.off \"5 s\" TRACKING 2\n"))
        driver.say("TRACKING 99 0\nTRACKING 2 1\n")
        do {
            try await isRefused
            #expect(Bool(false), "it was refused")
        } catch {
            #expect((error as? DeviceFailure)?.kind == .notSupported)
        }
        await link.close()
    }

    @Test func `an order that the driver never answers is given up`() async throws {
        let driver = try FakeDriver(greeting: Self.dump)
        var limits = Self.limits()
        limits.order = .milliseconds(50)
        let link = try await self.link(to: driver, limits)
        let failure = await #expect(throws: DeviceFailure.self) { try await link.run("load.off", parameter: nil) }
        #expect(failure?.kind == .timedOut)
        await link.close()
    }

    @Test func `orders wait in a line of known length, and fail when the driver goes`() async throws {
        let driver = try FakeDriver(greeting: Self.dump)
        let link = try await self.link(to: driver)
        let kinds = Watched<[DeviceFailure.Kind]>([])
        await withTaskGroup { group in
            for _ in 0..<65 {
                group.addTask {
                    do throws(DeviceFailure) {
                        try await link.run("load.off", parameter: nil)
                    } catch {
                        kinds.change { $0.append(error.kind) }
                    }
                }
            }
            // One is too many; the others wait until there is nobody left to answer.
            #expect(await kinds.wait { !$0.isEmpty })
            #expect(await driver.hears("TRACKING 64\n"))
            driver.hangUp()
        }
        #expect(kinds.value.filter { $0 == .busy }.count == 1)
        #expect(kinds.value.filter { $0 == .gone }.count == 64)
        await link.close()
    }

    @Test func `a silent driver is asked for a sign of life, and then called stale`() async throws {
        let driver = try FakeDriver(greeting: Self.dump)
        let link = try await self.link(to: driver, Self.limits(stale: .milliseconds(300)))
        #expect(await driver.hears("PING\n"))
        var kinds: [String] = []
        for await update in link.updates {
            switch update {
            case .heard: kinds.append("heard")
            case .unavailable(let availability, _): kinds.append("\(availability)")
            case .lost: kinds.append("lost")
            }
            if kinds.last == "stale" { driver.say("PONG\n") }
            if kinds.suffix(2) == ["stale", "heard"] { break }
        }
        #expect(kinds == ["heard", "stale", "heard"])
        await link.close()
    }

    @Test func `a driver that floods is passed on at a bounded pace, its last word not lost`() async throws {
        let driver = try FakeDriver(greeting: Self.dump)
        let link = try await self.link(to: driver)
        #expect(await driver.hears("DUMPALL\n"))
        let start = ContinuousClock.now
        for round in 0..<20_000 { driver.say("SETINFO battery.charge \(round)\n") }
        driver.say("SETINFO ups.status OB\n")
        var count = 0
        for await case .heard(let state, _) in link.updates {
            count += 1
            if state.value("ups.status") == "OB" { break }
        }
        let most = Int((ContinuousClock.now - start) / .milliseconds(20)) + 2
        #expect(count <= most)
        await link.close()
    }

    @Test func `an endless line ends the link, and says why`() async throws {
        let driver = try FakeDriver(greeting: String(repeating: "x", count: 40_000))
        let link = try await self.link(to: driver)
        var last: SourcedUpdate?
        for await update in link.updates { last = update }
        guard case .lost(let failure) = last else { return #expect(Bool(false), "it is not lost") }
        #expect(failure.detail == "it sends a line of more than 36864 bytes")
        await link.close()
    }

    @Test func `a socket that is missing, dead or forbidden is named with a remedy`() async throws {
        let folder = try TemporaryFolder()
        let missing = DriverSocketSource(
            path: "\(folder.path)/none", limits: Self.limits(), timekeeper: RealClock())
        let failure = await #expect(throws: DeviceFailure.self) { _ = try await missing.open() }
        #expect(failure?.kind == .gone)
        #expect(failure?.detail == "there is no such socket")

        let path = try FakeDriver().path
        let dead = DriverSocketSource(path: path, limits: Self.limits(), timekeeper: RealClock())
        let second = await #expect(throws: DeviceFailure.self) { _ = try await dead.open() }
        #expect(second?.kind == .gone)
    }
}
