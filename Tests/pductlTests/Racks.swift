import PowerCore

@testable import pductl

/// Servers for tests, as they would be read.
enum Racks {
    /// Our own server: a UPS, two PDUs with the same outlets, a dual-corded host, the lab.
    static let own = ServerPicture(devices: [
        DevicePicture(
            name: "river", description: "EcoFlow River 3 Plus",
            variables: [
                ("battery.charge", "30"), ("battery.runtime", "700"), ("ups.realpower", "389.6"),
                ("ups.status", "OB DISCHRG"),
            ]),
        pdu("rack-a", ["pve1", "storage"], [("experimental.outlet.2.group", "lab, spare")]),
        pdu(
            "rack-b", ["pve1", "modem"],
            [("experimental.outlet.2.group", "lab"), ("experimental.outlet.2.protected", "yes")]),
        DevicePicture(
            name: "pve1",
            variables: [
                ("battery.runtime", "9480"), ("host.explain.2", "Second."), ("host.explain.10", "Tenth."),
                ("host.explain.1", "First."), ("host.feeds", "rack-a/1 rack-b/1"), ("host.needs", "storage"),
                ("host.phase", "running"), ("host.tier", "cluster"), ("ups.status", "OB DISCHRG"),
            ], commands: ["load.cycle", "load.cycle.delay", "load.off", "load.on"]),
        DevicePicture(
            name: "lab", variables: [("device.type", "lab"), ("ups.status", "OL")],
            commands: ["charge.set", "device.unplug", "lab.status", "limit.set", "mains.off", "mains.on"]),
    ])

    /// Somebody else's: a strip with fewer commands and words of its own, a UPS with outlets, one that is gone.
    static let foreign = ServerPicture(devices: [
        DevicePicture(
            name: "strip", description: "A \u{1b}[31mstrip",
            variables: [
                ("outlet.1.desc", "Left"), ("outlet.1.status", "on"), ("outlet.2.desc", "Right"),
                ("outlet.2.switch", "OFF"), ("outlet.2.switchable", "no"), ("outlet.3.status", "on"),
                ("outlet.count", "3"), ("outlet.x.status", "on"), ("outlet.0.status", "on"),
                ("outlet.switchable", "no"),
            ],
            commands: ["outlet.1.load.off", "outlet.1.load.on", "outlet.2.load.off", "outlet.2.load.on"]),
        DevicePicture(
            name: "apc",
            variables: [
                ("battery.charge", "100"), ("outlet.5.id", "5"), ("ups.load", "23"), ("ups.status", "OL"),
            ],
            commands: ["outlet.5.load.on", "load.off"]),
        DevicePicture(name: "gone", trouble: "not connected"),
    ])

    private static func pdu(_ name: String, _ fed: [String], _ more: [(String, String)]) -> DevicePicture {
        let outlets = fed.enumerated().flatMap { index, host in
            [
                ("outlet.\(index + 1).desc", "feeds \(host)"), ("outlet.\(index + 1).name", host),
                ("outlet.\(index + 1).realpower", "40.5"), ("outlet.\(index + 1).status", "on"),
                ("outlet.\(index + 1).switchable", "yes"),
            ]
        }
        let commands = fed.indices.flatMap { index in
            ["load.cycle", "load.off", "load.off.delay", "load.on", "lock", "unlock"].map {
                "outlet.\(index + 1).\($0)"
            }
        }
        return DevicePicture(
            name: name, variables: [("device.type", "pdu")] + outlets + more + [("ups.status", "OL")],
            commands: commands)
    }
}
