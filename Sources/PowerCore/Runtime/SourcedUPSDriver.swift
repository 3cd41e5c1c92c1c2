/// Follows one UPS whose variables come ready-made, for as long as the daemon runs, and connects again when it is lost.
///
/// ``Absence`` says what clients are told while the connection is away.
public actor SourcedUPSDriver: UPSControl {
    /// How long to wait between two attempts to connect: the first pause, and the longest that doubling leads to.
    public struct Pauses: Hashable, Sendable {
        /// After the first failure.
        public var first: Duration
        /// However often it fails.
        public var longest: Duration

        /// Makes pauses.
        public init(first: Duration, longest: Duration) {
            self.first = first
            self.longest = longest
        }

        /// For what is on the same machine: NUT's server looks for a driver as often.
        public static let local = Pauses(first: .milliseconds(500), longest: .seconds(2))
        /// For what is behind a network.
        public static let remote = Pauses(first: .seconds(1), longest: .seconds(30))
    }

    /// What clients are told while nothing is connected.
    public enum Absence: Hashable, Sendable {
        /// The last values, until they are as old as those of a silent device may be: a network that is away for a
        /// moment is no reason to stop a host.
        case bridged
        /// That nothing is connected, at once, as NUT's server says it of its drivers.
        case told
    }

    private let id: DeviceID
    private let source: any UPSSource
    private let pauses: Pauses
    private let absence: Absence
    private let staleAfter: Duration
    private let timekeeper: any Timekeeper
    private let report: @Sendable (DeviceEvent) -> Void

    private var link: (any SourcedLink)?
    /// The state told last and what was made of it: most updates change nothing.
    private var last: (state: SourcedState, reading: UPSReading)?
    private var lastHeard: Moment?
    private var isGone = false

    /// Makes a driver that hands what it learns to `report`.
    public init(
        id: DeviceID, source: any UPSSource, pauses: Pauses, absence: Absence = .bridged, staleAfter: Duration,
        timekeeper: any Timekeeper, report: @escaping @Sendable (DeviceEvent) -> Void
    ) {
        self.id = id
        self.source = source
        self.pauses = pauses
        self.absence = absence
        self.staleAfter = staleAfter
        self.timekeeper = timekeeper
        self.report = report
    }

    /// Runs until the task is cancelled, and then closes the connection.
    public func run() async {
        var pause = self.pauses.first
        while !Task.isCancelled {
            let before = self.lastHeard
            let failure = await self.attempt()
            guard !Task.isCancelled else { return }
            if let failure { self.tell(failure) }
            if self.lastHeard != before { pause = self.pauses.first }
            guard (try? await self.timekeeper.sleep(until: self.timekeeper.now + pause)) != nil else { return }
            pause = min(pause * 2, self.pauses.longest)
        }
    }

    /// Connects, and follows the link to its end.
    private func attempt() async -> DeviceFailure? {
        do throws(DeviceFailure) {
            let link = try await self.source.open()
            self.link = link
            let failure = await self.follow(link)
            self.link = nil
            await link.close()
            return failure
        } catch {
            return error
        }
    }

    private func follow(_ link: any SourcedLink) async -> DeviceFailure? {
        for await update in link.updates {
            switch update {
            case .heard(let state, let moment): self.take(state, at: moment)
            case .unavailable(let availability, let failure):
                self.isGone = false
                self.report(.upsUnavailable(self.id, availability, failure))
            case .lost(let failure): return failure
            }
        }
        return nil
    }

    private func take(_ state: SourcedState, at moment: Moment) {
        let reading = self.last?.state == state ? self.last?.reading : nil
        let new = reading ?? UPSReading(state)
        let isForced = new.isForced && self.last?.reading.isForced != true
        self.last = (state, new)
        self.lastHeard = moment
        self.isGone = false
        self.report(.upsRead(self.id, new, at: moment))
        if isForced { self.report(.upsForced(self.id)) }
    }

    /// Tells a failed connection, and once that what was known is not to be shown any more.
    private func tell(_ failure: DeviceFailure) {
        let isTooOld = self.lastHeard.map { self.timekeeper.now - $0 >= self.staleAfter } ?? false
        if self.absence == .told || isTooOld, !self.isGone {
            self.isGone = true
            self.report(.upsUnavailable(self.id, .notConnected, failure))
        } else {
            self.report(.failed(self.id, failure))
        }
    }

    // MARK: Orders

    /// Sets a variable by way of whoever is at the other end, and returns when that says it is done.
    public func set(_ variable: String, to value: String) async throws(DeviceFailure) {
        try await self.connected().set(variable, to: value)
    }

    /// Runs a command by way of whoever is at the other end, and returns when that says it is done.
    public func run(_ command: String, parameter: String?) async throws(DeviceFailure) {
        try await self.connected().run(command, parameter: parameter)
    }

    private func connected() throws(DeviceFailure) -> any SourcedLink {
        guard let link = self.link else {
            throw DeviceFailure(.gone, device: self.id.name, detail: "nothing is connected that could take an order")
        }
        return link
    }
}
