extension ConfigurationReader {
    /// `driver: kasa` with `address`; nil after an error.
    mutating func kasa(of section: inout ConfigurationSection) -> Configuration.KasaStrip? {
        self.address(of: &section, port: Configuration.KasaStrip.usualPort).map { Configuration.KasaStrip(address: $0) }
    }

    /// `address`: a host, with a port where it is not the usual one; nil after an error.
    mutating func address(of section: inout ConfigurationSection, port: Int) -> Configuration.Endpoint? {
        guard section.contains("address") else {
            self.fail(section.mark, "\(section.name) has no address", remedy: "add address: such as 192.0.2.10")
            return nil
        }
        return self.value("address", of: &section) { text throws(ConfigurationScalar.Refusal) in
            if let host = try? ConfigurationScalar.host(text) { return Configuration.Endpoint(host: host, port: port) }
            guard let endpoint = try? ConfigurationScalar.endpoint(text), endpoint.port > 0 else {
                throw ConfigurationScalar.Refusal(
                    expected: "an address such as 192.0.2.10, or with a port 192.0.2.10:\(port)")
            }
            return endpoint
        }?.value
    }
}
