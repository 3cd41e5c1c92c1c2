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
    /// The instant commands of this outlet, in lower case.
    var commands: Set<String> = []
    /// The hosts and loads it feeds, as far as the server tells.
    var fed: [String] = []
    /// The names of the groups of the configuration it is in.
    var groups: [String] = []
    /// Whether its name must be typed before its power is taken away.
    var isProtected = false
    /// Who locked it and why; nil where it is not locked.
    var lock: String?
    /// What is about to happen to it by an order with a delay.
    var pending: String?
    /// All its variables, by the part of their names behind the number (`realpower`).
    var values: [String: String] = [:]

    /// The name of the instant command.
    func command(_ action: OutletAction, isDelayed: Bool = false) -> String {
        "outlet.\(self.id.number).\(action.commandWords(isDelayed: isDelayed))"
    }

    /// What can be asked of it.
    var actions: [OutletAction] {
        OutletAction.allCases.filter { self.commands.contains(self.command($0)) }
    }

    /// The names that lift its protection: of what it feeds, where that is not known its own, and its place.
    var namesToType: [String] {
        (self.fed.isEmpty ? [self.name].compactMap { $0 } : self.fed) + ["\(self.id)"]
    }

    /// The outlet with what hangs on it: `rack-a/4 (storage)`.
    var title: String {
        let names = self.fed.isEmpty ? [self.name].compactMap { $0 } : self.fed
        return names.isEmpty ? "\(self.id)" : "\(self.id) (\(names.joined(separator: ", ")))"
    }
}
