import PowerCore

/// What a server said of one outlet of a device.
struct OutletPicture: Equatable {
    /// The device and the number.
    var id: OutletID
    /// The name stored in the device or the configuration.
    var name: String?
    /// The server's words for what hangs on it (`feeds pve1`).
    var description: String?
    /// `on`, `off`, or what else the server says.
    var status: String?
    /// The power drawn, as NUT writes it.
    var watts: String?
    /// Whether the server says that it can be switched; nil where it says nothing.
    var isSwitchable: Bool?
    /// What can be asked of it.
    var actions: [OutletAction] = []
    /// The hosts and loads it feeds, as far as the server tells.
    var fed: [String] = []

    /// The name of the instant command.
    func command(_ action: OutletAction) -> String {
        "outlet.\(self.id.number).load.\(action.rawValue)"
    }

    /// The outlet with what hangs on it: `rack-a/4 (storage)`.
    var title: String {
        let names = self.fed.isEmpty ? [self.name].compactMap { $0 } : self.fed
        return names.isEmpty ? "\(self.id)" : "\(self.id) (\(names.joined(separator: ", ")))"
    }
}
