/// What the batteries hold and how long they last, reckoned once for one moment.
struct PowerOutlook: Sendable {
    /// The moment it holds for.
    let moment: Moment
    /// What is left in each UPS.
    let estimates: [DeviceID: BatteryEstimate]
    /// How long each UPS still gives power.
    let forecast: PowerForecast
}
