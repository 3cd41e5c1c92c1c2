/// How long each UPS still gives power, with the load of every UPS that dies moved to those that remain.
public struct PowerForecast: Hashable, Sendable {
    /// A UPS at the start of the forecast.
    public struct Battery: Hashable, Sendable {
        /// How long it lasts at the load it carries now; nil where nothing ends it (it has mains, or nothing is known).
        public var runtime: Duration?
        /// The load it carries now, nil where that is not known.
        public var load: Watts?
        /// Whether it gives power at all.
        public var isLive: Bool

        /// Makes a battery.
        public init(runtime: Duration?, load: Watts?, isLive: Bool) {
            self.runtime = runtime
            self.load = load
            self.isLive = isLive
        }
    }

    /// What a consumer that lives on several UPSes draws from one of them now.
    public struct Draw: Hashable, Sendable {
        /// The UPS, by its index.
        public var ups: Int
        /// The power.
        public var watts: Watts

        /// Makes a draw.
        public init(ups: Int, watts: Watts) {
            self.ups = ups
            self.watts = watts
        }
    }

    /// The end of each UPS, by index: zero for one that gives no power, nil for one that has no known end.
    public private(set) var ends: [Duration?]

    /// Looks ahead from now until every battery that can end has ended; `shares` has one entry a dual-corded consumer.
    public init(batteries: [Battery], shares: [[Draw]]) {
        self.ends = batteries.map { $0.isLive ? nil : .zero }
        var batteries = batteries
        var shares = shares
        var elapsed = Duration.zero
        while let next = self.firstToEnd(of: batteries), let step = batteries[next].runtime {
            elapsed += step
            self.ends[next] = elapsed
            for index in batteries.indices where self.ends[index] == nil {
                batteries[index].runtime = batteries[index].runtime.map { $0 - step }
            }
            Self.move(from: next, to: &batteries, shares: &shares)
        }
    }

    private func firstToEnd(of batteries: [Battery]) -> Int? {
        var first: Int?
        for index in batteries.indices where self.ends[index] == nil {
            guard let runtime = batteries[index].runtime else { continue }
            if let known = first, let earliest = batteries[known].runtime, earliest <= runtime { continue }
            first = index
        }
        return first
    }

    /// Moves what dual-corded consumers drew from `lost` to the UPSes they still have, and shortens those.
    private static func move(from lost: Int, to batteries: inout [Battery], shares: inout [[Draw]]) {
        for share in shares.indices {
            guard let index = shares[share].firstIndex(where: { $0.ups == lost }), shares[share].count > 1 else {
                continue
            }
            let part = shares[share].remove(at: index).watts.value / Double(shares[share].count)
            for draw in shares[share].indices {
                shares[share][draw].watts.value += part
                batteries[shares[share][draw].ups].carry(more: part)
            }
        }
    }
}

extension PowerForecast.Battery {
    /// Takes `watts` on top of its load, and lasts shorter for it.
    fileprivate mutating func carry(more watts: Double) {
        guard let load, load.value > 0, watts > 0 else { return }
        self.runtime = self.runtime.map { $0 * (load.value / (load.value + watts)) }
        self.load = Watts(load.value + watts)
    }
}
