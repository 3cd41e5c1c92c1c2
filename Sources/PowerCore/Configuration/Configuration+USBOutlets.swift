extension Configuration {
    /// A board of relays or a power strip on USB; how it is found.
    public struct USBOutlets: Hashable, Sendable {
        /// What it is recognised by.
        public var match: USBCriteria
        /// The five characters of a relay board, the serial number of a strip (`01:02:03:5a:5b`); nil for any.
        public var id: String?
        /// The contact of a board's relays that its loads are wired to.
        public var contact: RelayContact

        /// Makes a device.
        public init(match: USBCriteria = USBCriteria(), id: String? = nil, contact: RelayContact = .normallyOpen) {
            self.match = match
            self.id = id
            self.contact = contact
        }

        /// The id and the place behind the driver's name, for the report of a configuration.
        var inWords: String {
            let words = [
                self.id.map { " id \($0)" }, self.match.port.map { " at port \($0)" },
                self.contact == .normallyOpen ? nil : ", \(self.contact.rawValue)",
            ]
            return words.compactMap(\.self).joined()
        }
    }
}

extension Configuration.USBOutlets: NamesFiles {}
