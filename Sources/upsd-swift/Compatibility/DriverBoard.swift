import Logging
import NUTTransport
import PowerCore
import Synchronization

/// What clients may know of UPSes behind NUT's drivers, and the way of their orders to them.
///
/// No policy stands between: what a driver says is shown as NUT's server shows it. Each event touches the one UPS that
/// it is about, whatever the number of the others.
final class DriverBoard: ClientPort {
    private struct Place {
        var index: Int
        var socket: String
        var control: (any UPSControl)?
        /// What the driver says itself, without what is added here.
        var reading: UPSReading?
        /// `FSD` was said; that stands until the server ends or the UPS is taken out, as with NUT.
        var isForced = false
        /// The failure that was logged last; the same one again and again is said once.
        var failure: DeviceFailure?

        /// The device as clients see it now: fresh, with `FSD` in front and `WAIT` where the driver gives no status.
        func device(_ former: DeviceSnapshot) -> DeviceSnapshot {
            guard let reading = self.reading else { return former }
            var variables = reading.variables
            if let index = variables.firstIndex(where: { $0.name == "ups.status" }) {
                if self.isForced { variables[index].value = "FSD \(variables[index].value)" }
            } else {
                variables.append(Variable("ups.status", self.isForced ? "FSD WAIT" : "WAIT"))
            }
            return DeviceSnapshot(
                id: former.id, description: former.description, availability: .fresh, variables: variables,
                commands: reading.commands.map { InstantCommand($0) })
        }
    }

    private struct State {
        var snapshot = PowerSnapshot()
        var places: [DeviceID: Place] = [:]
    }

    private let logger: Logger
    private let state = Mutex(State())

    /// Makes a board with nothing on it.
    init(logger: Logger) {
        self.logger = logger
    }

    var snapshot: PowerSnapshot { self.state.withLock { $0.snapshot } }

    // MARK: What there is

    /// Shows these UPSes and no others, in this order; those that stay keep what is known of them.
    ///
    /// `controls` are new ways to drivers. What an old one has said stands until the new one says otherwise.
    func show(_ upses: [CompatibilityConfiguration.UPS], controls: [DeviceID: any UPSControl] = [:]) {
        self.state.withLock { state in
            var places: [DeviceID: Place] = [:]
            var devices: [DeviceSnapshot] = []
            for ups in upses {
                let old = state.places[ups.id]
                var place = Place(index: devices.count, socket: ups.socket, isForced: old?.isForced ?? false)
                place.control = controls[ups.id] ?? old?.control
                var device = DeviceSnapshot(id: ups.id, availability: .notConnected)
                if let old, old.socket == ups.socket {
                    (place.reading, place.failure) = (old.reading, old.failure)
                    device = state.snapshot.devices[old.index]
                }
                device.description = ups.description
                devices.append(device)
                places[ups.id] = place
            }
            state.places = places
            state.snapshot = PowerSnapshot(devices: devices)
        }
    }

    /// Takes what a driver has to say; from any thread, and never waits.
    @Sendable
    func report(_ event: DeviceEvent) {
        switch event {
        case .upsRead(let id, let reading, _): self.take(reading, of: id)
        case .upsUnavailable(let id, let availability, let failure): self.lose(id, availability, failure)
        case .failed(let id, let failure): self.note(failure, of: id)
        // The word FSD in a driver's own status is shown as it is, and means nothing more than that.
        case .upsConnected, .upsForced, .pduRead: break
        }
    }

    private func take(_ reading: UPSReading, of id: DeviceID) {
        let isBack = self.state.withLock { state -> Bool in
            guard var place = state.places[id] else { return false }
            let availability = state.snapshot.devices[place.index].availability
            guard place.reading != reading || availability != .fresh else { return false }
            let isBack = availability != .fresh
            place.reading = reading
            place.failure = nil
            state.places[id] = place
            state.snapshot.devices[place.index] = place.device(state.snapshot.devices[place.index])
            return isBack
        }
        if isBack { self.logger.notice("UPS [\(id)]: connected, its data is good", source: id.name) }
    }

    private func lose(_ id: DeviceID, _ availability: Availability, _ failure: DeviceFailure) {
        self.state.withLock { state in
            guard var place = state.places[id] else { return }
            // NUT forgets what a driver said that is gone: the next one tells everything.
            if availability == .notConnected { place.reading = nil }
            state.places[id] = place
            state.snapshot.devices[place.index].availability = availability
        }
        self.note(failure, of: id)
    }

    private func note(_ failure: DeviceFailure, of id: DeviceID) {
        let isNew = self.state.withLock { state in
            guard let old = state.places[id]?.failure else {
                state.places[id]?.failure = failure
                return state.places[id] != nil
            }
            state.places[id]?.failure = failure
            return old != failure
        }
        if isNew { self.logger.warning("UPS [\(id)]: \(failure)", source: id.name) }
    }

    // MARK: Clients

    func clientLoggedIn(_ device: DeviceID, by actor: Actor) {
        self.logger.info("client \(actor.user)@\(actor.address) logged into UPS [\(device)]", source: device.name)
    }

    func clientLoggedOut(_ device: DeviceID, by actor: Actor, politely: Bool) {
        let how = politely ? "logged out from" : "was lost, which had logged into"
        self.logger.info("client \(actor.user)@\(actor.address) \(how) UPS [\(device)]", source: device.name)
    }

    func submit(
        _ order: ClientOrder, by actor: Actor, outcome: @escaping @Sendable (OrderOutcome) -> Void
    ) async throws(OrderRefusal) {
        let who = "\(actor.user)@\(actor.address)"
        switch order {
        case .command(let id, let name, let parameter):
            let control = try self.control(of: id)
            self.logger.notice("instant command: \(who) did \(name) on UPS [\(id)]", source: id.name)
            self.attempt(outcome) { () async throws(DeviceFailure) in try await control.run(name, parameter: parameter)
            }
        case .set(let id, let variable, let value):
            let control = try self.control(of: id)
            self.logger.notice("\(who) set \(variable) on UPS [\(id)]", source: id.name)
            self.attempt(outcome) { () async throws(DeviceFailure) in try await control.set(variable, to: value) }
        case .forcedShutdown(let id):
            self.force(id)
            self.logger.critical("client \(who) set FSD on UPS [\(id)]", source: id.name)
            outcome(.done)
        }
    }

    private func control(of id: DeviceID) throws(OrderRefusal) -> any UPSControl {
        guard let control = self.state.withLock({ $0.places[id]?.control }) else {
            throw OrderRefusal("\(id) is not there any more")
        }
        return control
    }

    private func force(_ id: DeviceID) {
        self.state.withLock { state in
            guard var place = state.places[id] else { return }
            place.isForced = true
            state.places[id] = place
            let device = state.snapshot.devices[place.index]
            if place.reading != nil { state.snapshot.devices[place.index] = place.device(device) }
        }
    }

    /// Asks the driver beside everything else, and tells how it came out.
    private func attempt(
        _ outcome: @escaping @Sendable (OrderOutcome) -> Void,
        _ work: @escaping @Sendable () async throws(DeviceFailure) -> Void
    ) {
        Task {
            do throws(DeviceFailure) {
                try await work()
                outcome(.done)
            } catch {
                outcome(.failed(error.description))
            }
        }
    }
}
