internal import PowerCore

/// What an outlet of a Kasa device draws. Older firmware tells volts, amperes, watts and kilowatt hours, newer firmware
/// thousandths of the first three and watt hours, each under another name.
struct KasaMeter: Hashable {
    var voltage: Double?
    var current: Double?
    var power: Double?
    var energy: Double?

    /// Reads the answer to ``KasaRequest/meter(of:)``; what makes no sense is not known.
    init(_ tree: JSONTree) {
        self.voltage = Self.figure(tree, "voltage_mv", 0.001, or: "voltage", 1, upTo: 1000)
        self.current = Self.figure(tree, "current_ma", 0.001, or: "current", 1, upTo: 1000)
        self.power = Self.figure(tree, "power_mw", 0.001, or: "power", 1, upTo: 100_000)
        self.energy = Self.figure(tree, "total_wh", 1, or: "total", 1000, upTo: 1e9)
    }

    private static func figure(
        _ tree: JSONTree, _ newer: String, _ newUnit: Double, or older: String, _ oldUnit: Double, upTo most: Double
    ) -> Double? {
        guard let figure = tree[newer].number.map({ $0 * newUnit }) ?? tree[older].number.map({ $0 * oldUnit }) else {
            return nil
        }
        return (0...most).contains(figure) ? figure : nil
    }
}
