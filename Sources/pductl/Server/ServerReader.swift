import NUTProtocol
import NUTTransport
import PowerCore

/// Reads a server's devices into a picture.
struct ServerReader {
    /// The connection.
    let client: NUTClient

    /// Reads all devices; one that cannot be read has a trouble in place of variables.
    func picture(withCommands: Bool = false) async throws(NUTClientError) -> ServerPicture {
        var picture = ServerPicture()
        for listed in try await self.client.devices() {
            var device = try await self.device(listed.name)
            device.description = Self.description(listed.description)
            let takesOrders = !device.outletNumbers.isEmpty || device.name.lowercased() == LabWords.device
            if withCommands, takesOrders { device.commands = try await self.client.commands(of: listed.name) }
            picture.devices.append(device)
        }
        return picture
    }

    /// What NUT's upsd says of a device that has no description is none (NUT 2.8, server/netlist.c).
    static func description(_ text: String) -> String {
        ["Description unavailable", "Unavailable"].contains(text) ? "" : text
    }

    private func device(_ name: String) async throws(NUTClientError) -> DevicePicture {
        var device = DevicePicture(name: name)
        do {
            device.variables = try await self.client.variables(of: name).map { ($0.name, $0.value) }
        } catch .refused(.dataStale, _, _) {
            device.trouble = "stale"
        } catch .refused(.driverNotConnected, _, _) {
            device.trouble = "not connected"
        } catch .refused(let word, _, _) {
            device.trouble = word.text
        }
        return device
    }
}
