import NUTTransport
import PowerCore

/// Carries out a fencing request over a connection that stands.
struct FenceRun {
    let client: NUTClient
    let request: FenceRequest
    /// Told what goes on, for `--verbose`.
    let tell: @Sendable (String) -> Void

    /// What comes of the request.
    func end() async throws(FenceEnd) -> FenceEnd {
        let picture: ServerPicture
        do throws(NUTClientError) {
            picture = try await ServerReader(client: self.client).picture()
        } catch {
            throw .failed(error.sentence)
        }
        switch self.request.action {
        case .list: return .done(FenceList(picture: picture, separator: self.request.separator).text(withStatus: false))
        case .listStatus:
            return .done(FenceList(picture: picture, separator: self.request.separator).text(withStatus: true))
        case .monitor: return try await self.monitor(picture)
        case .on, .off, .reboot, .status: return try await self.switching(FencePlugs(self.request, in: picture))
        case .metadata, .metaData: return .done(FenceMetadata.xml)
        case .validateAll: return .done("")
        }
    }

    /// The server answers, and knows outlets; where plugs are named, they are readable.
    private func monitor(_ picture: ServerPicture) async throws(FenceEnd) -> FenceEnd {
        guard !picture.outlets.isEmpty else { throw .failed("the server has no outlets") }
        guard !self.request.plugs.isEmpty else { return .done("") }
        guard await self.state(of: try FencePlugs(self.request, in: picture)) != .unknown else {
            throw .failed("the state of the plug is not known")
        }
        return .done("")
    }

    private func switching(_ plugs: FencePlugs) async throws(FenceEnd) -> FenceEnd {
        let state = await self.state(of: plugs)
        switch self.request.action {
        case .status:
            guard state != .unknown else { throw .failed("the state of the plug is not known") }
            return .done("Status: \(state.rawValue)\n", status: state == .off ? 2 : 0)
        case .on:
            guard state != .on || plugs.plugs.count > 1 else { return .done("Success: Already ON\n") }
            try await self.turnOn(plugs)
            return .done("Success: Powered ON\n")
        case .off:
            try await self.turnOff(plugs)
            return .done(state == .off ? "Success: Already OFF\n" : "Success: Powered OFF\n")
        default:
            try await self.turnOff(plugs)
            try? await Task.sleep(for: self.request.powerWait ?? .zero)
            return await self.back(plugs)
        }
    }

    /// The node has been fenced when its power was away: that it does not come back is told, and is no failure.
    private func back(_ plugs: FencePlugs) async -> FenceEnd {
        do throws(FenceEnd) {
            try await self.turnOn(plugs)
            return .done("Success: Rebooted\n")
        } catch {
            return FenceEnd(output: "Success: Rebooted\n", complaint: error.complaint, status: 0)
        }
    }

    /// Also outlets that seem to be off are told: what a server says may be some seconds old.
    private func turnOff(_ plugs: FencePlugs) async throws(FenceEnd) {
        try plugs.checkProtection(self.request)
        try? await Task.sleep(for: self.request.delay ?? .zero)
        let refusals = await self.order(.off, plugs)
        guard await self.comesTo(.off, plugs) else {
            throw .failed(refusals.isEmpty ? "Timed out waiting to power OFF" : refusals.joined(separator: "; "))
        }
    }

    /// On is every plug: a cord that stays dead is told.
    private func turnOn(_ plugs: FencePlugs) async throws(FenceEnd) {
        var refusals: [String] = []
        for _ in 0...(self.request.retries ?? 0) {
            refusals = await self.order(.on, plugs)
            if await self.comesTo(.on, plugs) { return }
        }
        throw .failed(refusals.isEmpty ? "Timed out waiting to power ON" : refusals.joined(separator: "; "))
    }

    /// Gives the order for every plug, PDUs side by side; what the server said against it.
    private func order(_ action: OutletAction, _ plugs: FencePlugs) async -> [String] {
        let lanes = Dictionary(grouping: plugs.plugs, by: \.outlet.id.pdu)
        return await withTaskGroup(of: [String].self) { group in
            for lane in lanes.values {
                group.addTask {
                    var refusals: [String] = []
                    for plug in lane { if let refusal = await self.order(action, plug) { refusals.append(refusal) } }
                    return refusals
                }
            }
            return await group.reduce(into: []) { $0 += $1 }
        }
    }

    private func order(_ action: OutletAction, _ plug: FencePlugs.Plug) async -> String? {
        let outlet = plug.outlet
        self.tell("\(outlet.command(action)) on \(outlet.id.pdu)")
        do throws(NUTClientError) {
            _ = try await self.client.run(
                outlet.command(action), on: outlet.id.pdu.name, parameter: action == .off ? plug.force : nil)
            return nil
        } catch {
            self.tell("outlet \(outlet.title): \(error.sentence)")
            return "outlet \(outlet.title): \(error.sentence)"
        }
    }

    /// Looks until all plugs stand so, or the time is over: that is a failure, never a success.
    private func comesTo(_ position: FenceState, _ plugs: FencePlugs) async -> Bool {
        let clock = ContinuousClock()
        let end = clock.now + (self.request.powerTimeout ?? .zero)
        while true {
            let words = await self.words(of: plugs).map { $0?.uppercased() }
            if words.allSatisfy({ $0 == position.rawValue }) { return true }
            let pause = max(self.request.pause ?? .zero, .milliseconds(100))
            guard clock.now < end, (try? await clock.sleep(for: pause)) != nil else { return false }
        }
    }

    private func state(of plugs: FencePlugs) async -> FenceState {
        FenceState(of: await self.words(of: plugs))
    }

    /// How each plug stands by the server's word of this moment; nil where it does not tell.
    private func words(of plugs: FencePlugs) async -> [String?] {
        var words: [String?] = []
        for plug in plugs.plugs {
            let id = plug.outlet.id
            words.append(try? await self.client.value(of: "outlet.\(id.number).status", on: id.pdu.name))
        }
        return words
    }
}
