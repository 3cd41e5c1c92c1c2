import PowerCore
import PowerLab
import Synchronization

/// A source whose links are opened and fed by a test.
final class ScriptedSource: UPSSource {
    private struct State {
        var failure: DeviceFailure?
        var link: ScriptedLink?
        var opened = 0
    }

    private let state = Mutex(State())

    var link: ScriptedLink? { self.state.withLock { $0.link } }
    var opened: Int { self.state.withLock { $0.opened } }

    /// From now on connecting fails; nil heals it.
    func fail(_ failure: DeviceFailure?) {
        self.state.withLock { $0.failure = failure }
    }

    func open() async throws(DeviceFailure) -> any SourcedLink {
        let (link, failure) = self.state.withLock { state -> (ScriptedLink, DeviceFailure?) in
            let link = ScriptedLink()
            state.opened += 1
            if state.failure == nil { state.link = link }
            return (link, state.failure)
        }
        if let failure { throw failure }
        link.send(.heard(SourcedState(variables: [Variable("ups.status", "OL")]), at: .origin))
        return link
    }
}

/// A link that tells what a test wants told, and notes its orders.
final class ScriptedLink: SourcedLink {
    let updates: AsyncStream<SourcedUpdate>
    private let orders = Mutex<[String]>([])
    private let letters: AsyncStream<SourcedUpdate>.Continuation

    init() {
        (self.updates, self.letters) = AsyncStream.makeStream()
    }

    /// The orders it was given.
    var ordered: [String] { self.orders.withLock { $0 } }

    func send(_ update: SourcedUpdate) {
        self.letters.yield(update)
    }

    func set(_ variable: String, to value: String) async throws(DeviceFailure) {
        self.orders.withLock { $0.append("\(variable)=\(value)") }
    }

    func run(_ command: String, parameter: String?) async throws(DeviceFailure) {
        if command == "bad" { throw DeviceFailure(.notSupported, device: "ups", detail: "no such command") }
        self.orders.withLock { $0.append([command, parameter].compactMap(\.self).joined(separator: " ")) }
    }

    func close() async {
        self.letters.finish()
    }
}

/// A driver on a scripted source, and a clock moved by hand.
final class SourcedBench: Sendable {
    static let lost = DeviceFailure(.gone, device: "ups", detail: "closed")
    let clock = ManualClock()
    let source = ScriptedSource()
    let driver: SourcedUPSDriver
    private let events: AsyncStream<DeviceEvent>
    private let task: Task<Void, Never>

    init(absence: SourcedUPSDriver.Absence = .bridged) {
        let (events, letters) = AsyncStream.makeStream(of: DeviceEvent.self)
        let driver = SourcedUPSDriver(
            id: "ups", source: self.source, pauses: .local, absence: absence, staleAfter: .seconds(15),
            timekeeper: self.clock, report: { letters.yield($0) })
        self.events = events
        self.driver = driver
        self.task = Task { await driver.run() }
    }

    deinit {
        self.task.cancel()
    }

    /// The next event in a word.
    func next() async -> String? {
        for await event in self.events {
            switch event {
            case .upsRead(_, let reading, _): return "read \(reading.ownStatus ?? "")"
            case .upsUnavailable(_, let availability, _): return "\(availability)"
            case .upsForced: return "forced"
            case .failed(_, let failure): return "failed: \(failure.detail)"
            case .upsConnected, .pduRead: return "?"
            }
        }
        return nil
    }

    /// Lets the driver sleep, and wakes it when `time` has passed.
    func pass(_ time: Duration) async {
        await self.clock.sleepers(atLeast: 1)
        self.clock.advance(by: time)
    }
}
