extension ConfigurationReader {
    /// `driver: kasa` with `address`; nil after an error.
    mutating func kasa(of section: inout ConfigurationSection) -> Configuration.KasaStrip? {
        self.address(of: &section, example: "192.0.2.10").map { Configuration.KasaStrip(address: $0) }
    }

    /// `driver: powerman` with `address`; nil after an error.
    mutating func powerman(of section: inout ConfigurationSection) -> Configuration.Powerman? {
        self.address(of: &section, example: "192.0.2.10").map { Configuration.Powerman(address: $0) }
    }

    /// `driver: command` with the programs; nil after an error.
    mutating func outletCommands(
        of section: inout ConfigurationSection, called id: DeviceID
    ) -> Configuration.OutletCommands? {
        Configuration.OutletCommands(read: [])
    }
}
