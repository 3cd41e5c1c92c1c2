import NUTProtocol

/// The directories of NUT, from the environment and the configuration.
struct CompatibilityPlaces: Equatable {
    /// Where ups.conf, upsd.conf and upsd.users are.
    var configuration: String
    /// Where the drivers' sockets are.
    var state: String
    /// Where the PID file is.
    var pid: String

    /// Debian's, Fedora's and Arch's places.
    static let usual = CompatibilityPlaces(configuration: "/etc/nut", state: "/run/nut", pid: "/run/nut")

    /// What the environment says, without a look at the configuration.
    init(environment: [String: String]) {
        func path(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }
        self.configuration = path("NUT_CONFPATH") ?? Self.usual.configuration
        self.state = path("NUT_STATEPATH") ?? Self.usual.state
        self.pid = path("NUT_ALTPIDPATH") ?? path("NUT_STATEPATH") ?? Self.usual.pid
    }

    private init(configuration: String, state: String, pid: String) {
        self.configuration = configuration
        self.state = state
        self.pid = pid
    }

    /// The file with the number of the server's process.
    var pidFile: String { "\(self.pid)/upsd.pid" }

    /// The places once the configuration is known.
    ///
    /// `NUT_STATEPATH` counts before `STATEPATH` of upsd.conf (NUT 2.8.3 and later), and that before `statepath` of
    /// ups.conf.
    func completed(by nut: NUTConfiguration, environment: [String: String]) -> CompatibilityPlaces {
        var places = self
        guard environment["NUT_STATEPATH", default: ""].isEmpty, let path = nut.statePath, path.hasPrefix("/") else {
            return places
        }
        places.state = path
        return places
    }
}
