extension ConfigurationReader {
    /// `emulated` of a host or load: how the lab's machine behaves.
    mutating func readMachine(of consumer: Consumer, from section: inout ConfigurationSection) {
        let mark = section.place(of: "emulated", or: "emulated")
        guard var fields = self.section("emulated", of: &section) else { return }
        var machine = Configuration.EmulatedMachine(watts: consumer.watts ?? Configuration.EmulatedMachine().watts)
        let times: ClosedRange<Duration> = .zero...(.seconds(86400))
        if let watts = self.watts("watts", of: &fields, isPositive: false) { machine.watts = watts }
        if let boot = self.duration("boot", of: &fields, in: times) { machine.boot = boot }
        if let stop = self.duration("stop", of: &fields, in: times) { machine.stop = stop }
        if let notices = self.duration("notices", of: &fields, in: times) { machine.notices = notices }
        self.finish(fields)
        if self.configuration.hasEmulatedDevices {
            self.configuration.machines[consumer.id] = machine
        } else {
            self.warn(mark, "\(fields.name) is ignored: no UPS or PDU of this rack is emulated", remedy: "remove it")
        }
    }

    /// Gives every host and load of an emulated rack a machine.
    mutating func fillMachines() {
        guard self.configuration.hasEmulatedDevices else { return }
        for consumer in self.configuration.rack.consumers where self.configuration.machines[consumer.id] == nil {
            var machine = Configuration.EmulatedMachine()
            if let watts = consumer.watts { machine.watts = watts }
            self.configuration.machines[consumer.id] = machine
        }
    }
}
