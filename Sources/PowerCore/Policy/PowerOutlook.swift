/// What the batteries hold, how long they last and how long stopping takes, reckoned once for one moment.
struct PowerOutlook: Sendable {
    /// The moment it holds for.
    let moment: Moment
    /// What is left in each UPS, by index.
    let estimates: [BatteryEstimate]
    /// How long each UPS still gives power.
    let forecast: PowerForecast
    /// How long it takes to stop each host and load and everything that is stopped before it, by index.
    let stopTimes: [Duration]
}
