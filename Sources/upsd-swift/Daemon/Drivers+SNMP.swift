import PowerCore
import SNMPTables
import SNMPTransport

extension Drivers {
    /// The outlets of a PDU that is asked by SNMP.
    func snmp(_ agent: Configuration.SNMPAgent, _ pdu: Configuration.PDU) throws(Refusal) -> any OutletController {
        let id = pdu.rack.id
        return SNMPOutlets(
            id: id, port: SNMPAgent(try self.options(agent, id)), families: try self.families(agent, id),
            unit: nil)
    }

    /// The variables of a UPS that is asked by SNMP.
    func snmp(_ agent: Configuration.SNMPAgent, _ ups: Configuration.UPS) throws(Refusal) -> any UPSSource {
        let id = ups.rack.id
        return SNMPUPSSource(
            id: id, port: SNMPAgent(try self.options(agent, id)), families: try self.families(agent, id),
            poll: ups.pollInterval, timekeeper: self.clock)
    }

    /// The families that the device may belong to.
    private func families(_ agent: Configuration.SNMPAgent, _ id: DeviceID) throws(Refusal) -> SNMPFamilies {
        let loaded = FamilyFiles(agent)
        if let problem = loaded.problems.first { throw Refusal(description: "\(id): \(problem.sentence)") }
        return loaded.families
    }

    /// Where the agent is and how it is spoken to, with what stands in files.
    private func options(_ agent: Configuration.SNMPAgent, _ id: DeviceID) throws(Refusal) -> SNMPOptions {
        let options = try SNMPOptions(agent) { path throws(Refusal) in
            do throws(SecretFile.Failure) {
                let file = try SecretFile(path: path, limit: ConfigurationLoader.longestPasswordFile)
                if let word = file.firstLine { return word }
            } catch {
                throw Refusal(description: "\(id): \(path) \(error.reason)")
            }
            throw Refusal(description: "\(id): \(path) has no text in its first line")
        }
        if let problem = options.problem { throw Refusal(description: "\(id): \(problem)") }
        return options
    }
}
