/// How long each UPS still gives power, with the load of every UPS that dies moved to those that remain.
public struct PowerForecast: Hashable, Sendable {
    /// A UPS at the start of the forecast.
    public struct Battery: Hashable, Sendable {
        /// The NUT name.
        public var id: DeviceID
        /// How long it lasts at the load it carries now; nil where nothing ends it (it has mains, or nothing is known).
        public var runtime: Duration?
        /// The load it carries now, nil where that is not known.
        public var load: Watts?
        /// Whether it gives power at all.
        public var isLive: Bool

        /// Makes a battery.
        public init(id: DeviceID, runtime: Duration?, load: Watts?, isLive: Bool) {
            self.id = id
            self.runtime = runtime
            self.load = load
            self.isLive = isLive
        }
    }

    /// A consumer that lives on several UPSes: what it draws from each of them now.
    public struct Share: Hashable, Sendable {
        /// The power drawn, by UPS.
        public var watts: [DeviceID: Watts]

        /// Makes a share.
        public init(watts: [DeviceID: Watts]) {
            self.watts = watts
        }
    }

    /// The end of each live UPS that has one; a live UPS that is missing here has no known end.
    public private(set) var ends: [DeviceID: Duration] = [:]
    private var dead: Set<DeviceID> = []

    /// Looks ahead from now until every battery that can end has ended.
    public init(batteries: [Battery], shares: [Share]) {
        self.dead = Set(batteries.filter { !$0.isLive }.map(\.id))
        var running = batteries.filter { $0.isLive && $0.runtime != nil }
        var shares = shares
        var elapsed = Duration.zero
        while let next = running.min(by: { ($0.runtime ?? .zero, $0.id) < ($1.runtime ?? .zero, $1.id) }) {
            let step = next.runtime ?? .zero
            elapsed += step
            self.ends[next.id] = elapsed
            running.removeAll { $0.id == next.id }
            for index in running.indices { running[index].runtime = running[index].runtime.map { $0 - step } }
            Self.move(from: next.id, to: &running, shares: &shares)
        }
    }

    /// How long `ups` still gives power: zero when it gives none, nil when no end is known.
    public func end(of ups: DeviceID) -> Duration? {
        self.dead.contains(ups) ? .zero : self.ends[ups]
    }

    /// Moves what dual-corded consumers drew from `lost` to the UPSes they still have, and shortens those.
    private static func move(from lost: DeviceID, to running: inout [Battery], shares: inout [Share]) {
        var added: [DeviceID: Double] = [:]
        for index in shares.indices {
            guard let watts = shares[index].watts.removeValue(forKey: lost), !shares[index].watts.isEmpty else {
                continue
            }
            let part = watts.value / Double(shares[index].watts.count)
            for ups in shares[index].watts.keys {
                shares[index].watts[ups]?.value += part
                added[ups, default: 0] += part
            }
        }
        for index in running.indices {
            guard let more = added[running[index].id], let load = running[index].load, load.value > 0 else { continue }
            running[index].runtime = running[index].runtime.map { $0 * (load.value / (load.value + more)) }
            running[index].load = Watts(load.value + more)
        }
    }
}
