extension Configuration.PDU {
    /// How many outlets the PDU has, numbered from 1.
    public var outletCount: Int {
        switch self.driver {
        case .emulated(let outlets): outlets
        default: ConfigurationReader.mostOutlets
        }
    }
}

extension Configuration.UPS {
    /// Whether it is one of the lab's.
    var isEmulated: Bool { if case .emulated = self.driver { true } else { false } }
}

extension Configuration {
    /// Whether a UPS or a PDU is one of the lab's, so that the lab's machines hang on the rack.
    public var hasEmulatedDevices: Bool {
        let hasUPS = self.upses.contains { if case .emulated = $0.driver { true } else { false } }
        let hasPDU = self.pdus.contains { if case .emulated = $0.driver { true } else { false } }
        return hasUPS || hasPDU
    }
}
