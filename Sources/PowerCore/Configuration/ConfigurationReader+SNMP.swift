extension ConfigurationReader {
    /// `driver: snmp` with `address`; nil after an error.
    mutating func snmp(of section: inout ConfigurationSection, called id: DeviceID) -> Configuration.SNMPAgent? {
        guard let address = self.address(of: &section, example: "192.0.2.10") else { return nil }
        return Configuration.SNMPAgent(address: address)
    }

    /// `address`: a host with or without a port; nil after an error.
    mutating func address(of section: inout ConfigurationSection, example: String) -> Configuration.Endpoint? {
        guard section.contains("address") else {
            self.fail(section.mark, "\(section.name) has no address", remedy: "add address: such as \(example)")
            return nil
        }
        return self.value("address", of: &section, ConfigurationScalar.endpoint)?.value
    }
}
