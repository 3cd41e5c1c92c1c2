/// Carries out what the policy decides: the one owner of the devices' states and of the engine.
///
/// Everything that happens comes in through one queue and is handled in order; the engine is never waited for, and it
/// never waits. What takes time (switching an outlet, asking a device) runs beside and comes back through the queue.
public actor PowerManager {
    /// A line for the log.
    public struct LogLine: Hashable, Sendable {
        /// How much a person should care.
        public var level: PolicyRecord.Level
        /// The device, host, load or outlet it is about.
        public var subject: String
        /// What was seen or decided, as a sentence without a full stop.
        public var text: String
    }

    /// What the manager reaches the world through.
    public struct Wiring: Sendable {
        /// Reads the clock and waits.
        public var timekeeper: any Timekeeper
        /// The UPSes that take variables and commands.
        public var upses: [DeviceID: any UPSControl]
        /// The PDUs.
        public var pdus: [DeviceID: any OutletController]
        /// Devices that are none of these.
        public var extras: [DeviceID: any CommandDevice]
        /// Stops, starts and looks for hosts otherwise than through the NUT server; nil where nothing can.
        public var hosts: (any HostControl)?
        /// Keeps what must outlive the daemon; nil where nothing does.
        public var journal: (any PolicyJournal)?
        /// What the journal had to say at the start.
        public var memory: PolicyMemory
        /// Where log lines go.
        public var log: @Sendable (LogLine) -> Void
        /// Is told after every change how the hosts stand and how many clients each has.
        public var hostsChanged: @Sendable ([HostView], [HostID: Int]) -> Void

        /// Makes a wiring; what is left out does not exist.
        public init(
            timekeeper: any Timekeeper, upses: [DeviceID: any UPSControl] = [:],
            pdus: [DeviceID: any OutletController] = [:], extras: [DeviceID: any CommandDevice] = [:],
            hosts: (any HostControl)? = nil, journal: (any PolicyJournal)? = nil,
            memory: PolicyMemory = PolicyMemory(),
            log: @escaping @Sendable (LogLine) -> Void = { _ in },
            hostsChanged: @escaping @Sendable ([HostView], [HostID: Int]) -> Void = { _, _ in }
        ) {
            self.timekeeper = timekeeper
            self.upses = upses
            self.pdus = pdus
            self.extras = extras
            self.hosts = hosts
            self.journal = journal
            self.memory = memory
            self.log = log
            self.hostsChanged = hostsChanged
        }
    }

    enum Message: Sendable {
        case device(DeviceEvent)
        case loggedIn(DeviceID, Actor)
        case loggedOut(DeviceID, Actor, politely: Bool)
        case answered(OutletID, OutletPosition, OutletAnswer)
        case host(PolicyInput)
        case extraChanged
        case wake

        var isOfExtras: Bool {
            if case .extraChanged = self { true } else { false }
        }
    }

    /// Far more than all devices and clients can send while one message is handled; what does not fit is said aloud.
    static let inboxLimit = 65_536

    var configuration: Configuration
    let wiring: Wiring
    let board = SnapshotBoard()
    nonisolated let inbox = Inbox<Message>(limit: PowerManager.inboxLimit)

    /// The UPSes that take variables and commands.
    var controls: [DeviceID: any UPSControl]
    /// The PDUs.
    var controllers: [DeviceID: any OutletController]
    var engine: PolicyEngine
    var upses: [DeviceID: UPSState]
    var shown: [DeviceID: ShownUPS] = [:]
    var shownPDUs: [DeviceID: ShownPDU] = [:]
    var pdus: [DeviceID: PDUState]
    var logins: [DeviceID: Int] = [:]
    var extras: [DeviceID: DeviceSnapshot] = [:]
    /// The orders of people and programs that are not answered yet, by number.
    var orders: [Int: OpenOrder] = [:]
    /// The outlets that people have locked.
    var locks: [OutletID: OutletLock]
    var lastFailure: [DeviceID: DeviceFailure] = [:]
    var engineWake: Moment?
    var alarm: (at: Moment, task: Task<Void, Never>)?
    /// What is being done with each outlet: one thing at a time.
    var switching: [OutletID: Task<Void, Never>] = [:]
    /// What looks for each probed host on the network.
    var probing: [HostID: Task<Void, Never>] = [:]
    /// Why a probed host could not be looked for, so that it is said once.
    var probeDoubts: [HostID: String] = [:]
    /// What was last wrong with the journal, so that it is said once.
    var journalFailure: JournalFailure?

    /// Makes a manager.
    public init(configuration: Configuration, wiring: Wiring) {
        self.configuration = configuration
        self.wiring = wiring
        self.controls = wiring.upses
        self.controllers = wiring.pdus
        self.locks = wiring.memory.locks
        self.engine = PolicyEngine(
            rack: configuration.rack, settings: configuration.policy, memory: wiring.memory, at: wiring.timekeeper.now)
        self.upses = Dictionary(
            configuration.upses.map { ($0.rack.id, UPSState($0)) }, uniquingKeysWith: { first, _ in first })
        self.pdus = Dictionary(
            configuration.pdus.map { ($0.rack.id, PDUState($0)) }, uniquingKeysWith: { first, _ in first })
    }

    /// Puts every name a client may ask for on the board; to be done before anybody can ask.
    public func begin() async {
        for id in self.wiring.extras.keys { self.extras[id] = await self.wiring.extras[id]?.snapshot() }
        self.pinSnapshot()
    }

    /// Handles what comes in, until the task is cancelled.
    public func run() async {
        await self.begin()
        self.resume()
        self.followProbes()
        for await _ in self.inbox.bell {
            await self.handle(self.inbox.take())
        }
        self.alarm?.task.cancel()
        for task in self.switching.values { task.cancel() }
        for task in self.probing.values { task.cancel() }
    }

    /// Goes on with what the journal says was begun: names the hosts it is about, and lets the engine look at the world.
    private func resume() {
        guard !self.wiring.memory.isEmpty else { return }
        let now = self.wiring.timekeeper.now
        self.log(.notice, "manager", self.engine.resumption)
        self.perform(self.engine.handle(.deadlineReached, at: now))
        self.post(.wake)
    }

    /// Puts what a driver has to say into the queue; from any thread, and never waits.
    public nonisolated func report(_ event: DeviceEvent) {
        self.post(.device(event))
    }

    /// Asks the devices that are neither UPS nor PDU nor host what they have to show now; never waits.
    public nonisolated func refreshExtras() {
        self.post(.extraChanged)
    }

    nonisolated func post(_ message: Message) {
        guard !self.inbox.post(message) else { return }
        self.wiring.log(LogLine(level: .alarm, subject: "manager", text: "the queue is full, an event is lost"))
    }

    /// Handles all messages, and pins what has come of them once.
    private func handle(_ messages: [Message]) async {
        guard !messages.isEmpty else { return }
        let now = self.wiring.timekeeper.now
        for message in messages {
            for input in self.inputs(from: message, at: now) { self.perform(self.engine.handle(input, at: now)) }
        }
        self.ageDevices(at: now)
        if messages.contains(where: \.isOfExtras) {
            for id in self.wiring.extras.keys { self.extras[id] = await self.wiring.extras[id]?.snapshot() }
        }
        self.pinSnapshot()
        self.setAlarm()
    }

    // MARK: What comes in

    private func inputs(from message: Message, at now: Moment) -> [PolicyInput] {
        switch message {
        case .device(let event): self.inputs(from: event, at: now)
        case .loggedIn(let device, let actor): self.countLogin(device, actor)
        case .loggedOut(let device, let actor, let politely): self.countLogout(device, actor, politely)
        case .answered(let outlet, let position, let answer): [.outletAnswered(outlet, position, answer)]
        case .host(let input): [input]
        case .extraChanged: []
        case .wake: self.takeAlarm(at: now)
        }
    }

    private func inputs(from event: DeviceEvent, at now: Moment) -> [PolicyInput] {
        switch event {
        case .upsConnected(let ups, let identity):
            self.log(.notice, ups, "found \(identity.inWords)")
            return []
        case .upsRead(let ups, let reading, let moment):
            self.noteRecovery(of: ups)
            guard self.upses[ups]?.take(reading, at: moment) == true, let condition = self.upses[ups]?.condition else {
                return []
            }
            return [.upsReported(ups, condition)]
        case .upsUnavailable(let ups, let availability, let failure):
            self.note(failure, of: ups)
            return self.upses[ups]?.lose(availability) == true ? [.upsSilent(ups)] : []
        case .upsForced(let ups):
            return [.upsForced(ups, by: .theDeviceItself)]
        case .pduRead(let pdu, let reading, let moment):
            self.noteRecovery(of: pdu)
            self.pdus[pdu]?.take(reading, at: moment)
            return reading.outlets.map {
                .outletReported(OutletID(pdu, $0.number), position: $0.position, power: $0.power)
            }
        case .failed(let device, let failure):
            self.note(failure, of: device)
            return []
        }
    }

    /// Says a failure; the same one again and again is said once.
    private func note(_ failure: DeviceFailure, of device: DeviceID) {
        if self.lastFailure[device] != failure { self.log(.warning, device, failure.description) }
        self.lastFailure[device] = failure
    }

    private func noteRecovery(of device: DeviceID) {
        guard self.lastFailure.removeValue(forKey: device) != nil else { return }
        self.log(.notice, device, "answers again")
    }

    private func countLogin(_ device: DeviceID, _ actor: Actor) -> [PolicyInput] {
        self.logins[device, default: 0] += 1
        self.log(.notice, device, "client \(actor.inWords) logged in")
        return [.clientLoggedIn(HostID(device.name))]
    }

    private func countLogout(_ device: DeviceID, _ actor: Actor, _ politely: Bool) -> [PolicyInput] {
        self.log(.notice, device, "client \(actor.inWords) \(politely ? "logged out" : "was lost")")
        let remaining = max(0, (self.logins[device] ?? 0) - 1)
        self.logins[device] = remaining
        return [.clientLoggedOut(HostID(device.name), remaining: remaining)]
    }

    private func takeAlarm(at now: Moment) -> [PolicyInput] {
        self.alarm?.task.cancel()
        self.alarm = nil
        guard let wake = self.engineWake, now >= wake else { return [] }
        self.engineWake = nil
        return [.deadlineReached]
    }

    private func ageDevices(at now: Moment) {
        for ups in Self.due(self.upses, now, { $0.staleAt }) where self.upses[ups]?.age(at: now) == true {
            self.perform(self.engine.handle(.upsSilent(ups), at: now))
        }
        for pdu in Self.due(self.pdus, now, { $0.staleAt }) where self.pdus[pdu]?.age(at: now) == true {
            self.perform(self.engine.handle(.pduSilent(pdu), at: now))
        }
    }

    /// Whose moment has come, in an order that is always the same.
    private static func due<State>(
        _ states: [DeviceID: State], _ now: Moment, _ moment: (State) -> Moment?
    ) -> [DeviceID] {
        states.compactMap { id, state in moment(state).flatMap { $0 <= now ? id : nil } }.sorted()
    }

    // MARK: Waking up

    /// Sets the one alarm there is for whatever is due first.
    private func setAlarm() {
        let stale = self.upses.values.compactMap(\.staleAt) + self.pdus.values.compactMap(\.staleAt)
        let next = (stale + [self.engineWake].compactMap(\.self)).min()
        guard next != self.alarm?.at else { return }
        self.alarm?.task.cancel()
        self.alarm = next.map { moment in
            let timekeeper = self.wiring.timekeeper
            return (
                moment,
                Task {
                    guard (try? await timekeeper.sleep(until: moment)) != nil else { return }
                    self.post(.wake)
                }
            )
        }
    }

    /// The name alone, where the log says `outlet rack-a/4`: a history is looked up by name.
    private static func name(in subject: String) -> String {
        subject.split(separator: " ").last.map(String.init) ?? subject
    }

    /// Says something in the log, and keeps it in the history.
    func log(
        _ level: PolicyRecord.Level, _ subject: some CustomStringConvertible, _ text: String, by actor: Actor? = nil
    ) {
        self.wiring.log(LogLine(level: level, subject: subject.description, text: text))
        self.wiring.journal?.note(
            HistoryEvent(
                moment: self.wiring.timekeeper.now, level: level, subject: Self.name(in: subject.description),
                actor: actor?.inWords, text: text))
    }
}

extension HIDIdentity {
    /// The device as a person recognises it.
    var inWords: String {
        let ids = "\(self.vendorID.fourDigits):\(self.productID.fourDigits)"
        let serial = self.serial.isEmpty ? "" : " serial \(self.serial)"
        return "\(self.manufacturer) \(self.product)\(serial) (\(ids), port \(self.portPath))"
    }
}

extension UInt16 {
    /// Four hexadecimal digits, as USB numbers are written.
    var fourDigits: String {
        let digits = String(self, radix: 16)
        return String(repeating: "0", count: 4 - digits.count) + digits
    }
}
