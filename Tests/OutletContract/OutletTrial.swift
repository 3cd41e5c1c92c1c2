import PowerCore

/// The clauses, each as what is done with a rig and what must come of it.
struct OutletTrial {
    let rig: any OutletRig
    private let serial: SerialOutlets

    init(rig: any OutletRig) {
        self.rig = rig
        self.serial = SerialOutlets(rig.pdu, rig.controller)
    }

    private var first: Int { self.rig.usable.first ?? 1 }

    private func carryOut(
        _ action: OutletDeed.Action, at outlet: Int, nameAtDevice: String? = nil
    ) async -> OutletAnswer {
        let deed = OutletDeed(OutletID(self.rig.pdu, outlet), action, nameAtDevice: nameAtDevice)
        return await OutletSequence.run(
            deed, through: self.serial, patience: self.rig.patience, timekeeper: self.rig.timekeeper)
    }

    private func expect(
        _ action: OutletDeed.Action, at outlet: Int, comesTo wanted: OutletAnswer
    ) async -> [String] {
        let answer = await self.carryOut(action, at: outlet)
        return answer == wanted ? [] : ["\(action) of outlet \(outlet) came to: \(answer)"]
    }

    private func stands(_ outlet: Int, _ wanted: OutletPosition?) async throws -> [String] {
        let stand = try await self.rig.stand(of: outlet)
        return stand == wanted ? [] : ["outlet \(outlet) is \(stand?.rawValue ?? "unknown") by the device's own word"]
    }

    // MARK: Without faults

    func list() async throws -> [String] {
        let outlets = try await self.rig.controller.read().outlets
        let expected = self.rig.expected
        guard outlets.map(\.number) == expected.map(\.number) else {
            return ["it lists \(outlets.map(\.number)) and not \(expected.map(\.number))"]
        }
        return zip(outlets, expected).compactMap { outlet, wanted in
            if let name = wanted.name, outlet.name != name {
                return "outlet \(outlet.number) is called \(outlet.name ?? "nothing") and not \(name)"
            }
            if let position = wanted.position, outlet.position != position {
                return "outlet \(outlet.number) is read as \(outlet.position?.rawValue ?? "unknown")"
            }
            return nil
        }
    }

    func readsWhatIs() async throws -> [String] {
        var found: [String] = []
        for outlet in try await self.rig.controller.read().outlets where self.rig.usable.contains(outlet.number) {
            found += try await self.stands(outlet.number, outlet.position)
        }
        return found
    }

    func turns(_ position: OutletPosition) async throws -> [String] {
        let other: OutletPosition = position == .on ? .off : .on
        return await self.expect(.turn(other), at: self.first, comesTo: .verified)
            + (try await self.stands(self.first, other))
            + (await self.expect(.turn(position), at: self.first, comesTo: .verified))
            + (try await self.stands(self.first, position))
    }

    func cycles() async throws -> [String] {
        var found = await self.expect(.turn(.off), at: self.first, comesTo: .verified)
        found += try await self.stands(self.first, .off)
        for outlet in self.rig.usable where outlet != self.first { found += try await self.stands(outlet, .on) }
        found += await self.expect(.turn(.on), at: self.first, comesTo: .verified)
        return found + (try await self.stands(self.first, .on))
    }

    /// Either the device does it, and it is seen, or it says that it cannot.
    func cyclesNatively() async throws -> [String] {
        switch await self.carryOut(.cycle(offTime: .seconds(3)), at: self.first) {
        case .verified, .failed: try await self.stands(self.first, .on)
        case let other: ["its own cycle came to: \(other)"]
        }
    }

    func isThere() async throws -> [String] {
        var found = await self.expect(.turn(.on), at: self.first, comesTo: .verified)
        found += await self.expect(.turn(.off), at: self.first, comesTo: .verified)
        found += await self.expect(.turn(.off), at: self.first, comesTo: .verified)
        return found + (try await self.stands(self.first, .off))
    }

    func knowsNoSuchOutlet() async throws -> [String] {
        let number = (self.rig.expected.map(\.number).max() ?? 0) + 1
        guard case .unknown = await self.carryOut(.turn(.off), at: number) else {
            return ["outlet \(number), which it does not have, is switched"]
        }
        do throws(DeviceFailure) {
            try await self.rig.controller.turn(number, .off)
        } catch {
            return []
        }
        return ["the driver takes an order to outlet \(number), which it does not have"]
    }

    func keepsOrder() async throws -> [String] {
        let outlets = Array(self.rig.usable.prefix(4))
        let answers = await withTaskGroup(of: OutletAnswer.self) { group in
            for outlet in outlets { group.addTask { await self.carryOut(.turn(.off), at: outlet) } }
            group.addTask { (try? await self.serial.read()) == nil ? .failed("not read meanwhile") : .verified }
            return await group.reduce(into: []) { $0.append($1) }
        }
        var found = answers.filter { $0 != .verified }.map { "orders at the same time came to: \($0)" }
        for outlet in outlets { found += try await self.stands(outlet, .off) }
        return found
    }

    // MARK: With faults

    func respectsLocks() async throws -> [String] {
        guard try await self.rig.put(.locked(self.first)) else { return [] }
        guard case .locked = await self.carryOut(.turn(.off), at: self.first) else {
            return ["a lock of the device's is not told apart"]
        }
        return try await self.stands(self.first, .on)
    }

    func saysUnreachable() async throws -> [String] {
        guard try await self.rig.put(.unreachable) else { return [] }
        guard case .unreachable = await self.carryOut(.turn(.off), at: self.first) else {
            return ["a device that says nothing is not called unreachable"]
        }
        try await self.rig.heal()
        // When it is back, the driver finds it again by itself.
        return await self.expect(.turn(.off), at: self.first, comesTo: .verified)
    }

    func seesStuckRelay() async throws -> [String] {
        guard try await self.rig.put(.stuck(self.first)) else { return [] }
        return await self.expect(.turn(.off), at: self.first, comesTo: .notVerified)
            + (try await self.stands(self.first, .on))
    }

    func waitsForSlowRelay() async throws -> [String] {
        guard try await self.rig.put(.slow(self.first)) else { return [] }
        return await self.expect(.turn(.off), at: self.first, comesTo: .verified)
            + (try await self.stands(self.first, .off))
    }

    /// A right that is missing is told apart from silence and from a relay that is stuck.
    func saysRefused() async throws -> [String] {
        guard try await self.rig.put(.refuses(self.first)) else { return [] }
        let answer = await self.carryOut(.turn(.off), at: self.first)
        switch answer {
        case .notPermitted, .failed: return try await self.stands(self.first, .on)
        default: return ["a refusal came to: \(answer)"]
        }
    }

    func seesAnotherName() async throws -> [String] {
        guard let name = try await self.rig.controller.read().outlets.first(where: { $0.number == self.first })?.name,
            try await self.rig.put(.renamed(self.first, "elsewhere"))
        else { return [] }
        guard case .renamed = await self.carryOut(.turn(.off), at: self.first, nameAtDevice: name) else {
            return ["an outlet with another name is switched"]
        }
        return try await self.stands(self.first, .on)
    }

    func outlivesReboot() async throws -> [String] {
        guard try await self.rig.put(.reboots(self.first)) else { return [] }
        return await self.expect(.turn(.off), at: self.first, comesTo: .verified)
            + (try await self.stands(self.first, .off))
    }
}
