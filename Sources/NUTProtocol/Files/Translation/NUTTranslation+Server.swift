internal import PowerCore

extension NUTTranslation {
    /// The section `server`: where to listen, how many clients, and who may log in.
    mutating func translatedServer() -> [RackDocument.Entry] {
        var entries: [RackDocument.Entry] = []
        let listen = self.listen()
        if !listen.isEmpty { entries.append(RackDocument.Entry("listen", .list(listen))) }
        if let clients = self.maximumClients() { entries.append(clients) }
        self.noteServer()
        if let encryption = self.encryption() { entries.append(encryption) }
        let users = self.translatedUsers()
        if !users.isEmpty { entries.append(RackDocument.Entry("users", .group(users))) }
        return entries
    }

    /// `LISTEN`: the endpoints, each once; `*` is all addresses of both kinds.
    private mutating func listen() -> [String] {
        var endpoints: [String] = []
        for listen in self.nut.server.listen {
            let (address, port) = (listen.value.address, listen.value.port)
            let hosts = address == "*" ? ["0.0.0.0", "::"] : [address]
            let found = hosts.map { $0.contains(":") ? "[\($0)]:\(port)" : "\($0):\(port)" }
            guard found.allSatisfy({ (try? ConfigurationScalar.endpoint($0)) != nil }) else {
                self.note(listen.place, .mistake, "this is no address; it is left out")
                continue
            }
            let new = found.filter { !endpoints.contains($0) }
            endpoints += new
            self.note(
                listen.place, address == "*" ? .changed : .taken,
                new.isEmpty ? "it is among the others" : "`listen: [\(new.joined(separator: ", "))]`")
        }
        return endpoints
    }

    /// `MAXCONN` within our bounds.
    private mutating func maximumClients() -> RackDocument.Entry? {
        guard let maximum = self.nut.server.maximumConnections else { return nil }
        guard (1...65_536).contains(maximum.value) else {
            self.note(maximum.place, .mistake, "it must be 1 to 65536; the default of 1024 clients holds")
            return nil
        }
        self.note(
            maximum.place, .changed, "`max-clients: \(maximum.value)`; only clients count, not drivers and listeners")
        return RackDocument.Entry("max-clients", .text("\(maximum.value)"), from: maximum.place)
    }

    /// What becomes of the other settings of the server.
    private mutating func noteServer() {
        let server = self.nut.server
        if let age = server.maximumAge { self.noteMaximumAge(age) }
        if let delay = server.trackingDelay {
            self.note(
                delay.place, .notSupported, "for how long the outcome of a command can be asked for is not a setting")
        }
        if let path = server.statePath { self.noteStatePath(path) }
        if let path = server.dataPath { self.note(path.place, .notNeeded, "the names of variables are built in") }
        if let allows = server.allowsNoDevice {
            self.note(
                allows.place, allows.value ? .notSupported : .taken,
                "a configuration needs a UPS; one whose device is not there yet is waited for")
        }
        if let allows = server.allowsNotAllListeners {
            self.note(
                allows.place, allows.value ? .notSupported : .taken,
                "an address that cannot be listened at ends the start")
        }
        if let debug = server.debugMinimum {
            self.note(debug.place, .notSupported, "start upsd-swift with --log-level")
        }
        self.noteAccess()
    }

    /// `STATEPATH`: where the sockets are, for the UPSes that have one.
    private mutating func noteStatePath(_ path: NUTPlaced<String>) {
        guard self.keepsNUTDrivers else {
            self.note(path.place, .notNeeded, "no driver of NUT's is left")
            return
        }
        guard path.value.hasPrefix("/") else {
            self.note(path.place, .mistake, "it is no whole path; the usual place of the drivers holds")
            return
        }
        self.note(path.place, .taken, "`state-path` of the UPSes with a driver of NUT's")
    }

    /// The access lists that NUT gave up with version 2.4.
    private mutating func noteAccess() {
        for directive in self.nut.directives
        where directive.place.file == .upsd && ["ACL", "ACCEPT", "REJECT"].contains(directive.name) {
            self.note(
                directive.place, .notSupported,
                "NUT ignores access lists since 2.4; say who may reach the port in the firewall, and where to listen under `listen`"
            )
        }
    }

    /// `MAXAGE`: each UPS has its own.
    private mutating func noteMaximumAge(_ age: NUTPlaced<Int>) {
        let seconds = self.staleAfter
        guard seconds == age.value else {
            self.note(age.place, .changed, "`stale-after: \(Self.duration(seconds))` of each UPS, the nearest there is")
            return
        }
        let isUsual = seconds == Self.usualStaleAfter
        self.note(
            age.place, .taken,
            isUsual
                ? "15 s is what each UPS has without more words"
                : "`stale-after: \(Self.duration(seconds))` of each UPS")
    }
}
