extension ConfigurationReport {
    /// Every host with how it is stopped, started and looked for.
    static func hostLines(_ configuration: Configuration) -> [String] {
        let hosts = configuration.rack.consumers.compactMap { consumer -> String? in
            guard case .host(let plan) = consumer.kind else { return nil }
            let access = configuration.access[consumer.id] ?? Configuration.HostAccess()
            let parts = [
                "stopped by \(Self.ways(plan))",
                "started by \(consumer.start.methods.map(\.rawValue).joined(separator: ", then "))",
                access.probes.isEmpty
                    ? nil : "witnesses \(access.probes.map(\.description).joined(separator: ", "))",
                consumer.via.isEmpty ? nil : "told \(Self.via(consumer.via))",
                consumer.id == configuration.rack.manager ? "runs this daemon, goes last" : nil,
            ]
            return "  \(consumer.id): \(parts.compactMap(\.self).joined(separator: "; "))"
        }
        return hosts.isEmpty ? [] : ["", "hosts:"] + hosts
    }

    /// Where the journal and the history are kept.
    static func storeLines(_ configuration: Configuration) -> [String] {
        guard let store = configuration.store else { return [] }
        return ["", "store: \(store.path), kept for \(ConfigurationScalar.text(store.keep))"]
    }

    /// What orders travel through: `via switch, modem`.
    static func via(_ hosts: [HostID]) -> String {
        "via \(hosts.map(\.name).joined(separator: ", "))"
    }

    /// The ways with the time after which the next one is tried: `nut, after 30s ssh`.
    private static func ways(_ plan: StopPlan) -> String {
        let after = ", after \(ConfigurationScalar.text(plan.nextWayAfter)) "
        return plan.ways.map(\.rawValue).joined(separator: after)
    }
}
