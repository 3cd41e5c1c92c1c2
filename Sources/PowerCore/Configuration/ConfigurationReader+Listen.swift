extension ConfigurationReader {
    /// `server.listen`: endpoints, or groups of keys where more is to be said of one; nil where it is missing.
    mutating func readListen(of server: inout ConfigurationSection) -> [Marked<Configuration.Endpoint>]? {
        guard let items = self.items("listen", of: &server) else { return nil }
        if items.isEmpty {
            self.fail(server.mark, "server: listen names no address", remedy: "write listen: [\"127.0.0.1:3493\"]")
        }
        var endpoints: [Marked<Configuration.Endpoint>] = []
        for item in items {
            guard let endpoint = self.endpoint(item, of: server) else { continue }
            guard !endpoints.contains(where: { $0.value.description == endpoint.description }) else {
                self.fail(item.mark, "server: listen names '\(endpoint)' twice", remedy: "remove one")
                continue
            }
            endpoints.append(Marked(value: endpoint, mark: item.mark))
        }
        return endpoints
    }

    private mutating func endpoint(
        _ item: ConfigurationNode, of server: ConfigurationSection
    ) -> Configuration.Endpoint? {
        guard case .mapping = item.content else {
            return self.text("server: listen", item).flatMap { self.endpoint($0, at: item.mark) }
        }
        guard var section = self.section("server: listen", item, at: item.mark) else { return nil }
        let hasAddress = section.contains("address")
        let address = self.text("address", of: &section)
        let requiresTLS = self.value("require-tls", of: &section, ConfigurationScalar.boolean)?.value ?? false
        self.finish(section)
        if !hasAddress {
            self.fail(item.mark, "server: listen names no address", remedy: "add address: \"0.0.0.0:3493\"")
        }
        var endpoint = address.flatMap { self.endpoint($0.value, at: $0.mark) }
        endpoint?.requiresTLS = requiresTLS
        return endpoint
    }

    private mutating func endpoint(_ text: String, at mark: ConfigurationMark) -> Configuration.Endpoint? {
        do {
            return try ConfigurationScalar.endpoint(text)
        } catch {
            self.fail(mark, "server: listen is '\(text)'", remedy: "write \(error.expected)")
            return nil
        }
    }
}
