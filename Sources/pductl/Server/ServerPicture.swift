import PowerCore

/// What a server said of all its devices, read once.
struct ServerPicture: Equatable {
    /// The devices in the server's order.
    var devices: [DevicePicture] = []

    /// The device called `name`, without regard to case, as NUT compares names.
    func device(_ name: some StringProtocol) -> DevicePicture? {
        let wanted = name.lowercased()
        return self.devices.first { $0.name.lowercased() == wanted }
    }

    /// The devices of one kind. What could not be read may be anything, and is shown among the UPSes.
    func devices(_ kind: DevicePicture.Kind) -> [DevicePicture] {
        self.devices.filter { $0.kind == kind }
    }

    /// The outlets of all devices.
    var outlets: [OutletPicture] { self.devices.flatMap(\.outlets) }

    /// The outlets that feed a host: by their own words, or by the host's.
    func outlets(feeding host: String) -> [OutletPicture] {
        let wanted = host.lowercased()
        let feeds = (self.device(host)?["host.feeds"] ?? "").split(separator: " ").map { $0.lowercased() }
        return self.outlets.filter { outlet in
            outlet.fed.contains { $0.lowercased() == wanted } || feeds.contains("\(outlet.id)".lowercased())
        }
    }
}
