import PowerLab
import Testing

@testable import PowerCore

/// The outlets of a PDU on a scripted source, and a clock moved by hand.
private final class OutletsBench: Sendable {
    let clock = ManualClock()
    let source = ScriptedSource()
    let outlets: SourcedOutlets
    private let task: Task<Void, Never>

    init() {
        // Silence is not what these tests are about.
        let outlets = SourcedOutlets(
            id: "rack", source: self.source, staleAfter: .seconds(1_000_000_000), timekeeper: self.clock)
        self.outlets = outlets
        self.task = Task { await outlets.run() }
    }

    deinit {
        self.task.cancel()
    }

    /// Lets the source tell of outlet 1, and returns when that has been heard.
    func hear(_ position: OutletPosition, commands: [String] = ["outlet.1.load.on", "outlet.1.load.off"]) async {
        self.tell(position, commands)
        while (try? await self.outlets.read().outlets.first?.position) != position {
            self.tell(position, commands)
            await Task.yield()
        }
    }

    func tell(_ position: OutletPosition, _ commands: [String] = ["outlet.1.load.on", "outlet.1.load.off"]) {
        let variables = [
            Variable("outlet.1.status", position.rawValue), Variable("outlet.1.name", "a", isWritable: true),
        ]
        let state = SourcedState(variables: variables, commands: commands)
        self.source.link?.send(.heard(state, at: self.clock.now))
    }
}

@Suite(.timeLimit(.minutes(1)))
struct SourcedOutletsTests {
    @Test func `after an order nothing that was heard before it is read`() async throws {
        let bench = OutletsBench()
        await bench.hear(.on)
        try await bench.outlets.turn(1, .off)
        #expect(bench.source.link?.ordered == ["outlet.1.load.off"])
        // What comes with the moment of the order may have been read before it.
        bench.tell(.on)
        async let reading = bench.outlets.read()
        await bench.clock.sleepers(atLeast: 1)
        bench.clock.advance(by: .milliseconds(1))
        bench.tell(.off)
        #expect(try await reading.outlets.map(\.position) == [.off])
    }

    @Test func `a source that says nothing after an order is not waited for without end`() async throws {
        let bench = OutletsBench()
        await bench.hear(.on)
        try await bench.outlets.turn(1, .off)
        let ticking = Task {
            while !Task.isCancelled {
                bench.clock.advance(by: .seconds(1))
                await Task.yield()
            }
        }
        let failure = await #expect(throws: DeviceFailure.self) { try await bench.outlets.read() }
        ticking.cancel()
        #expect(failure?.kind == .timedOut)
        #expect(failure?.detail == "it has said nothing since the last order")
    }

    @Test func `a lost connection ends what is known of outlets at once`() async throws {
        let bench = OutletsBench()
        await bench.hear(.on)
        bench.source.fail(SourcedBench.lost)
        bench.source.link?.send(.lost(SourcedBench.lost))
        var found: DeviceFailure?
        while found == nil {
            do throws(DeviceFailure) { _ = try await bench.outlets.read() } catch { found = error }
            await Task.yield()
        }
        #expect(found == SourcedBench.lost)
    }

    @Test(arguments: [
        (["outlet.1.load.cycle"], "outlet.1.load.cycle"),
        (["outlet.1.load.cycle", "outlet.1.lock"], "outlet.1.load.cycle off-time=7"),
        (["outlet.1.load.cycle", "outlet.1.unlock"], "outlet.1.load.cycle off-time=7"),
    ])
    func `a cycle is the other end's, and the time is said where it is understood`(
        commands: [String], order: String
    ) async throws {
        let bench = OutletsBench()
        await bench.hear(.on, commands: commands)
        try await bench.outlets.cycle(1, offTime: .seconds(7))
        #expect(bench.source.link?.ordered == [order])
    }

    @Test func `a name is stored where it may be set, and what cannot be done is said`() async throws {
        let bench = OutletsBench()
        await bench.hear(.on, commands: [])
        try await bench.outlets.rename(1, to: "b")
        #expect(bench.source.link?.ordered == ["outlet.1.name=b"])
        for call in 0..<3 {
            let failure = await #expect(throws: DeviceFailure.self) {
                switch call {
                case 0: try await bench.outlets.turn(1, .off)
                case 1: try await bench.outlets.cycle(1, offTime: .zero)
                default: try await bench.outlets.rename(2, to: "b")
                }
            }
            #expect(failure?.kind == .notSupported)
            #expect(failure?.device == "rack")
        }
    }
}
