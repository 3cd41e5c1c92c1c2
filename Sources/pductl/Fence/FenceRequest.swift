import NUTTransport
import PowerCore

/// What one call of the fence agent wants, read and checked before anything is asked of a server.
struct FenceRequest: Equatable {
    /// What is wanted.
    var action: FenceAction
    /// Where the server is.
    var address: ServerAddress
    /// The outlets or hosts that are meant; empty where none are named.
    var plugs: [Selector]
    /// The name that lifts a protection; nil where none is given.
    var force: String?
    /// The node the cluster speaks of.
    var node: String?
    /// The values as they came in.
    let input: FenceInput

    /// Reads the values; a failure says which of them is wrong.
    init(_ input: FenceInput) throws(FenceInput.Failure) {
        self.input = input
        let word = (input.values["action"] ?? "reboot").lowercased()
        guard let action = FenceAction(rawValue: word) else {
            throw FenceInput.Failure(sentence: "there is no action '\(word)'")
        }
        self.action = action == .metaData ? .metadata : action
        self.address = try Self.address(input)
        self.plugs = try Self.plugs(input)
        (self.force, self.node) = (input.values["force"], input.node)
        guard !self.plugs.isEmpty || !self.action.needsPlug else {
            throw FenceInput.Failure(sentence: "\(self.action.rawValue) needs a plug")
        }
        let times = [self.delay, self.powerTimeout, self.powerWait, self.loginTimeout, self.answerTimeout, self.pause]
        let names = ["delay", "power_timeout", "power_wait", "login_timeout", "shell_timeout", "stonith_status_sleep"]
        for (name, time) in zip(names, times) where time == nil {
            throw FenceInput.Failure(sentence: "\(name) '\(input.values[name] ?? "")' is no number of seconds")
        }
        guard self.retries != nil else {
            throw FenceInput.Failure(sentence: "retry_on '\(input.values["retry_on"] ?? "")' is no number")
        }
    }

    /// How long is waited before power is taken away.
    var delay: Duration? { self.time("delay") }
    /// How long a change is looked for.
    var powerTimeout: Duration? { self.time("power_timeout") }
    /// How long the power stays away in a reboot.
    var powerWait: Duration? { self.time("power_wait") }
    /// How long is waited for the connection.
    var loginTimeout: Duration? { self.time("login_timeout") }
    /// How long is waited for an answer.
    var answerTimeout: Duration? { self.time("shell_timeout") }
    /// How long is waited between two looks.
    var pause: Duration? { self.time("stonith_status_sleep") }
    /// How many further attempts there are to power on.
    var retries: Int? { Self.number(self.value("retry_on"), atMost: 100) }
    /// What stands between the columns of a list.
    var separator: String { self.value("separator") }
    /// Whether nothing is to be said on the standard error.
    var isQuiet: Bool { self.isSet("quiet") }

    /// Whether a boolean parameter is set.
    func isSet(_ name: String) -> Bool { Self.isSet(name, self.input) }

    /// A value that is given, or the usual one.
    private func value(_ name: String) -> String { Self.value(name, self.input) }

    private static func isSet(_ name: String, _ input: FenceInput) -> Bool {
        ["1", "yes", "on", "true"].contains(input.values[name]?.lowercased())
    }

    private static func value(_ name: String, _ input: FenceInput) -> String {
        input.values[name] ?? FenceParameter.all.first { $0.name == name }?.usual ?? ""
    }

    private func time(_ name: String) -> Duration? {
        // A day: longer than any cluster waits.
        Self.number(self.value(name), atMost: 86_400).map { .seconds($0) }
    }

    private static func number(_ text: String, atMost limit: Int) -> Int? {
        guard !text.isEmpty, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let number = Int(text) else {
            return nil
        }
        return number <= limit ? number : nil
    }

    private static func address(_ input: FenceInput) throws(FenceInput.Failure) -> ServerAddress {
        let (host, port) = (Self.value("ip", input), Self.value("ipport", input))
        let isBareIPv6 = host.contains(":") && !host.hasPrefix("[") && host.count(where: { $0 == ":" }) > 1
        let name = isBareIPv6 ? "[\(host)]" : host
        let hasPort = !isBareIPv6 && host.contains(":") && !host.hasSuffix("]")
        guard let address = ServerAddress(parsing: hasPort ? name : "\(name):\(port)") else {
            throw FenceInput.Failure(sentence: "ip '\(host)' with ipport '\(port)' is no server")
        }
        return address
    }

    /// The plugs; where there are none the node that the cluster names is the host that is meant.
    private static func plugs(_ input: FenceInput) throws(FenceInput.Failure) -> [Selector] {
        let separator = Self.value("plug_separator", input)
        guard let text = input.values["plug"] ?? input.node, !text.isEmpty else { return [] }
        let parts = separator.isEmpty ? [text] : text.split(separator: separator).map(String.init)
        var plugs: [Selector] = []
        for part in parts {
            guard let selector = try? Selector(part), !selector.terms.contains(.all) else {
                throw FenceInput.Failure(sentence: "plug '\(part)' names no outlet and no host")
            }
            plugs.append(selector)
        }
        return plugs
    }
}
