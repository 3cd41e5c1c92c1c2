internal import PowerCore

extension Duration {
    /// Whole nanoseconds, as both clocks of the machine count them; 292 years at most, which no time line reaches.
    var nanosecondsStored: Int64 {
        let (seconds, attoseconds) = self.components
        let (product, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
        let (sum, again) = product.addingReportingOverflow(attoseconds / 1_000_000_000)
        guard !overflow, !again else { return seconds < 0 ? .min : .max }
        return sum
    }
}

extension Moment {
    /// Nanoseconds since the origin.
    var stored: Int64 { self.sinceOrigin.nanosecondsStored }

    /// The moment so many nanoseconds after the origin.
    init(stored: Int64) {
        self.init(sinceOrigin: .nanoseconds(stored))
    }
}
