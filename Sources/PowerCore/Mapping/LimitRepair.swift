import HIDReport

/// Logical limits that a device declares wrongly, so that good values would be cut.
struct LimitRepair: Sendable {
    /// Repairs a descriptor where the fault is found in it.
    var repair: @Sendable (inout ReportDescriptor) -> Void

    /// The Feature field of `path`, written without `UPS.`, in report `id`.
    static func field(_ path: String, id: UInt8, in descriptor: ReportDescriptor) -> ReportField? {
        descriptor.fields(of: .feature, id: id).first { $0.path?.description == "UPS." + path }
    }

    /// Gives every field of `path` in report `id` the logical range.
    static func set(_ range: ClosedRange<Int>, _ path: String, id: UInt8, in descriptor: inout ReportDescriptor) {
        descriptor.setLogicalRange(range) { $0.reportID == id && $0.path?.description == "UPS." + path }
    }
}
