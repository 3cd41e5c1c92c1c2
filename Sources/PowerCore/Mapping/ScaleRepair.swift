/// A value that a device scales wrongly, found out once from the first value it gives.
struct ScaleRepair: Sendable {
    /// The path of the value.
    var path: String
    /// The path of the value that it is compared with; nil to compare it with 1.
    var reference: String?
    /// The fault is there where the value exceeds the reference so many times; nil where it always is.
    var limit: Double?
    /// What the value is multiplied by where the fault is there.
    var factor: Double

    /// The factor that holds for this device from now on; nil where the values needed are not known yet.
    func factor(value: Double?, reference: Double?) -> Double? {
        guard let limit = self.limit else { return self.factor }
        guard let value, value > 0 else { return nil }
        guard self.reference != nil else { return value > limit ? self.factor : 1 }
        guard let reference, reference > 0 else { return nil }
        return value > reference * limit ? self.factor : 1
    }
}
