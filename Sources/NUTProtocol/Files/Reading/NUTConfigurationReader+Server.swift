extension NUTConfigurationReader {
    /// `upsd.conf`; of a setting that stands twice the last one counts, but for `LISTEN`.
    mutating func readServer(_ directives: [NUTDirective]) {
        for directive in directives where !directive.name.isEmpty { self.readServer(directive) }
    }

    /// One setting of the server. Names have their case, but for the one that NUT compares without.
    private mutating func readServer(_ directive: NUTDirective) {
        switch directive.name {
        case "LISTEN": self.readListen(directive)
        case "MAXAGE": self.set(\.maximumAge, directive, expected: "seconds", NUTNumber.whole)
        case "TRACKINGDELAY": self.set(\.trackingDelay, directive, expected: "seconds", NUTNumber.whole)
        case "MAXCONN": self.set(\.maximumConnections, directive, expected: "a number", NUTNumber.whole)
        case "STATEPATH": self.set(\.statePath, directive, expected: "a folder", Self.path)
        case "DATAPATH": self.set(\.dataPath, directive, expected: "a folder", Self.path)
        case "ALLOW_NO_DEVICE": self.set(\.allowsNoDevice, directive, expected: "true or false", NUTNumber.boolean)
        case "ALLOW_NOT_ALL_LISTENERS":
            self.set(\.allowsNotAllListeners, directive, expected: "true or false", NUTNumber.boolean)
        case _ where directive.name.uppercased() == "DEBUG_MIN":
            self.set(\.debugMinimum, directive, expected: "a number", NUTNumber.whole)
        case "CERTFILE", "CERTPATH", "CERTIDENT", "CERTREQUEST", "DISABLE_WEAK_SSL":
            self.configuration.server.encryption.append(directive)
        default: break
        }
    }

    /// Takes a setting, in place of the one further up.
    private mutating func set<Value>(
        _ setting: WritableKeyPath<NUTServerSettings, NUTPlaced<Value>?>, _ directive: NUTDirective, expected: String,
        _ parse: (String) -> Value?
    ) {
        guard let value = self.placed(directive, expected: expected, parse) else { return }
        if let former = self.configuration.server[keyPath: setting],
            let directive = self.configuration.directive(at: former.place)
        {
            self.fail(directive, "it stands again further down, and the last one counts")
        }
        self.configuration.server[keyPath: setting] = value
    }

    /// `LISTEN address [port]`.
    private mutating func readListen(_ directive: NUTDirective) {
        guard let address = directive.value, !address.isEmpty, address != "=" else {
            self.fail(directive, "it names no address; it is left out")
            return
        }
        var listen = NUTServerSettings.Listen(address: address, port: NUTServerSettings.usualPort)
        if directive.values.count > 1 {
            guard let port = NUTNumber.port(directive.values[1]) else {
                self.fail(directive, "the port is no number from 1 to 65535")
                return
            }
            listen.port = port
        }
        guard !self.configuration.server.listen.contains(where: { $0.value == listen }) else {
            self.fail(directive, "this address and port stand twice")
            return
        }
        self.configuration.server.listen.append(NUTPlaced(listen, at: directive.place))
    }

    private static func path(_ text: String) -> String? { text.isEmpty || text == "=" ? nil : text }
}
