extension ConfigurationReader {
    /// How long a call to a device may be allowed to take: less is too short for any network, and what waits longer than a
    /// minute for one outlet holds up all others.
    static let callLimits = Duration.seconds(1)...Duration.seconds(60)

    /// `driver: powerman` with `address`, `nodes` and `timeout`; nil after an error.
    mutating func powerman(of section: inout ConfigurationSection) -> Configuration.Powerman? {
        let nodes = self.nodes(of: &section)
        let timeout = self.duration("timeout", of: &section, in: Self.callLimits)
        guard let address = self.address(of: &section, port: Configuration.Powerman.usualPort) else { return nil }
        return Configuration.Powerman(
            address: address, nodes: nodes, timeout: timeout ?? Configuration.Powerman.callLimit)
    }

    private mutating func nodes(of section: inout ConfigurationSection) -> [String] {
        let nodes = self.texts("nodes", of: &section) ?? []
        if nodes.count > Self.mostOutlets {
            self.fail(
                nodes[Self.mostOutlets].mark, "\(section.label("nodes")) has more than \(Self.mostOutlets) names",
                remedy: "make a second PDU of the others")
        }
        for node in nodes where !Configuration.Powerman.isNode(node.value) {
            self.fail(
                node.mark, "\(section.label("nodes")): '\(node.value)' is not the name of one node",
                remedy: "write each name by itself, without ranges")
        }
        return nodes.map(\.value)
    }
}
