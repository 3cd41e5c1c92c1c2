import NUTTransport
import PowerCore

/// Finds NUT servers and what they serve.
enum NUTLook {
    /// Where NUT servers listen.
    static let port = 3493
    /// Connections at the same time: a small network at once, and no more than a switch's table minds.
    private static let atOnce = 64

    /// Looks at every address; who does not answer is nobody.
    static func look(_ addresses: [String], port: Int = Self.port) async -> [Discovery] {
        await Gather.each(addresses, atOnce: Self.atOnce) { address in
            await Self.look(address, port: port)
        }.flatMap { $0 }
    }

    private static func look(_ address: String, port: Int) async -> [Discovery] {
        var limits = NUTClientLimits()
        (limits.connect, limits.answer) = (.seconds(1), .seconds(2))
        let (host, place) = Self.parts(address, port)
        guard let client = try? await NUTClient.connect(host: host, port: place, limits: limits) else { return [] }
        let picture = try? await ServerReader(client: client).picture()
        await client.close()
        return Self.discoveries(picture ?? ServerPicture(), at: "\(host.contains(":") ? "[\(host)]" : host):\(place)")
    }

    /// What a server serves; hosts are its own business, and so is a device that could not be read.
    static func discoveries(_ picture: ServerPicture, at place: String) -> [Discovery] {
        picture.devices.filter { $0.trouble == nil }.compactMap { device in
            guard device.kind == .ups || device.kind == .pdu else { return nil }
            return Discovery(
                use: device.kind == .ups ? .ups : .pdu, driver: "nut-upstream", label: device.name,
                settings: [Discovery.Setting("server", place), Discovery.Setting("name", device.name)],
                remark: "NUT server \(place): \(device.name)"
                    + (device.description.isEmpty ? "" : ", \(device.description)"))
        }
    }

    /// The host and the port of an address that may name one.
    private static func parts(_ address: String, _ port: Int) -> (host: String, port: Int) {
        let isIPv6 = address.count { $0 == ":" } > 1 && !address.hasPrefix("[")
        guard !isIPv6, address.contains(":"), let known = ServerAddress(parsing: address) else {
            return (address, port)
        }
        return (known.host, known.port)
    }
}
