import PowerCore
import PowerLab

extension LabPlan {
    /// The emulated part of a configuration, wired as it says; nil where nothing is emulated.
    init?(_ configuration: Configuration) {
        guard configuration.hasEmulatedDevices else { return nil }
        let upses = configuration.upses.compactMap(LabUPSPlan.init)
        let pdus = configuration.pdus.compactMap { pdu -> LabPDUPlan? in
            guard case .emulated(let count) = pdu.driver else { return nil }
            return LabPDUPlan(pdu.rack.id, feed: pdu.rack.feed, outletCount: count)
        }
        let emulated = Set(upses.map(\.id) + pdus.map(\.id))
        let machines = configuration.rack.consumers.filter { $0.isEmulated(by: emulated) }.map { consumer in
            (consumer, configuration.machines[consumer.id] ?? Configuration.EmulatedMachine())
        }
        self.init(
            upses: upses, pdus: pdus,
            hosts: machines.filter(\.0.isHost).map { LabHostPlan($0, machine: $1) },
            loads: machines.filter { !$0.0.isHost }.map { consumer, machine in
                LabLoadPlan(consumer.id, feeds: consumer.feeds, watts: machine.watts)
            })
    }
}

extension LabUPSPlan {
    /// The lab's part of a UPS; nil where its driver is a real one.
    init?(_ ups: Configuration.UPS) {
        guard case .emulated(let emulated) = ups.driver, let (model, firmware) = Self.variant(emulated.model) else {
            return nil
        }
        self.init(
            ups.rack.id, model: model, firmware: firmware, source: DeviceID(ups.rack.source), charge: emulated.charge,
            serial: emulated.serial)
    }

    /// `river-3-plus`, or with the firmware of 2024 `river-3-plus-2024`.
    private static func variant(_ name: String) -> (EmulatedUPSModel, EmulatedFirmware)? {
        let old = "-2024"
        let isOld = name.hasSuffix(old)
        let model = EmulatedUPSModel(rawValue: isOld ? String(name.dropLast(old.count)) : name)
        return model.map { ($0, isOld ? .december2024 : .current) }
    }
}

extension LabHostPlan {
    init(_ consumer: Consumer, machine: Configuration.EmulatedMachine) {
        self.init(
            consumer.id, feeds: consumer.feeds, requires: consumer.requires, watts: machine.watts,
            bootTime: machine.boot, stopTime: machine.stop, agentDelay: machine.notices)
    }
}

extension Consumer {
    /// Whether everything it is fed by is one of these devices: a machine on a real UPS is a real machine.
    fileprivate func isEmulated(by devices: Set<DeviceID>) -> Bool {
        self.feeds.allSatisfy { feed in
            switch feed {
            case .ups(let ups): devices.contains(ups)
            case .outlet(let outlet): devices.contains(outlet.pdu)
            }
        }
    }
}
