public import PowerCore

extension NUTTranslation {
    /// A configuration that a daemon can be started with, and what it leaves out.
    public struct Result: Sendable {
        /// The values, passwords included; nil where what is left is none.
        public var configuration: Configuration?
        /// Everything that the reader of configurations says, marks being those of NUT's files.
        public var problems: [ConfigurationProblem]
        /// The UPSes whose driver this version does not have.
        public var leftOut: [DeviceID]
    }

    /// What the reader of configurations says of the document as it is written; marks are those of NUT's files.
    public var reading: ConfigurationReading { ConfigurationReader.read(self.document.node) }

    /// Stands in for the UPS that every configuration file needs, where NUT's server would start without one.
    private static let placeholder = RackDocument.Entry(
        "ups", .group([.init("placeholder", .group([.init("driver", .text("usb-hid"))]))]))

    /// The values for a daemon that is started from NUT's own files.
    ///
    /// A UPS whose driver this version does not have is left out, with the hosts that hang on it. Passwords stand in
    /// the values, since there are no files beside NUT's. Without a UPS there are values only with `ALLOW_NO_DEVICE`.
    public func result() -> Result {
        let unknown = self.upses.filter { !$0.isReadable }.map { DeviceID($0.name) }
        var document = self.document
        document.remove(Set(unknown.map(\.name)))
        let isEmpty = self.upses.isEmpty && self.nut.server.allowsNoDevice?.value == true
        if isEmpty { document.entries.append(Self.placeholder) }
        let reading = ConfigurationReader.read(document.node)
        var configuration = reading.configuration
        if isEmpty {
            configuration?.upses = []
            configuration?.rack.upses = []
        }
        let passwords = Dictionary(self.secrets.map { ($0.path, $0.password) }, uniquingKeysWith: { first, _ in first })
        for index in configuration?.server.users.indices ?? 0..<0 {
            guard case .file(let path)? = configuration?.server.users[index].password, let text = passwords[path]
            else { continue }
            configuration?.server.users[index].password = .plain(text)
        }
        return Result(configuration: configuration, problems: reading.problems, leftOut: unknown)
    }
}

extension NUTTranslatedUPS {
    /// Whether this version has the driver, which its reader of configurations knows best.
    var isReadable: Bool {
        var document = RackDocument()
        document.entries = [RackDocument.Entry("ups", .group([self.entry]))]
        return !ConfigurationReader.read(document.node).hasErrors
    }
}

extension Configuration {
    /// What a daemon would run that takes the place of NUT's server with NUT's own files; nil where nothing of them
    /// can be run. ``NUTTranslation`` says what was left out, and why.
    public init?(nut: NUTConfiguration, in surroundings: NUTTranslation.Surroundings = .init()) {
        guard let configuration = NUTTranslation(nut, in: surroundings).result().configuration else { return nil }
        self = configuration
    }
}
