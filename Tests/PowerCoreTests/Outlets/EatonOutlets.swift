import HIDReport
import PowerCore
import Synchronization

/// An Eaton with a main outlet group and two that can be switched, as NUT's table for usbhid-ups describes them.
///
/// No such device was seen: the paths are NUT's, the numbers of the reports are made up.
final class FakeEaton: FakeFirmware {
    private struct State {
        var groups = [1: true, 2: true, 3: true]
        /// What is wrong with each.
        var wrong: [Int: Wrong] = [:]
        var values: [String: Int] = [:]
        /// What was written, in order.
        var written: [[UInt8]] = []
    }

    /// What can be wrong with a group.
    enum Wrong {
        /// Takes orders and moves no relay.
        case stuck
        /// Tells its state no more.
        case silent
    }

    static let identity = HIDIdentity(
        vendorID: 0x0463, productID: 0xffff, manufacturer: "EATON", product: "Eaton 5P", serial: "G1", portPath: "1-1")

    /// The first report of a group, 16 apart.
    static func base(_ group: Int) -> UInt8 { UInt8(16 * group) }
    static let stateReport: UInt8 = 4

    private let state = Mutex(State())
    private let tellsStates: Bool
    let bytes: [UInt8]
    private let descriptor: ReportDescriptor

    init(tellsStates: Bool = true) throws {
        self.tellsStates = tellsStates
        self.bytes = Self.descriptor(tellsStates)
        self.descriptor = try ReportDescriptor(parsing: self.bytes)
    }

    var written: [[UInt8]] { self.state.withLock { $0.written } }

    func isOn(_ group: Int) -> Bool { self.state.withLock { $0.groups[group] ?? false } }

    func make(_ group: Int, _ wrong: Wrong) {
        self.state.withLock { $0.wrong[group] = wrong }
    }

    func report(_ id: UInt8) throws(DeviceFailure) -> [UInt8] {
        let group = Int(id / 16)
        let bytes = self.state.withLock { state -> [UInt8]? in
            if id % 16 == Self.stateReport, state.wrong[group] == .silent { return nil }
            guard var writer = ReportWriter(self.descriptor, .feature, id: id) else { return nil }
            for field in self.descriptor.fields(of: .feature, id: id) where !field.isPadding {
                writer.set(logical: Self.value(field, group, state), at: field)
            }
            return writer.bytes
        }
        guard let bytes else { throw DeviceFailure(.stalled, device: "fake", detail: "refused") }
        return bytes
    }

    private static func value(_ field: ReportField, _ group: Int, _ state: State) -> Int {
        switch field.path?.last?.name {
        case "ACPresent", "Switchable", "Good": 1
        case "SwitchOn/Off": state.groups[group] == true ? 1 : 0
        case "OutletID": group
        case "RemainingCapacity": 100
        case "ApparentPower": 100 * group
        case "ActivePower": 90 * group
        case "Current": 45
        case "RemainingCapacityLimit": 20
        case "ffff005d": 65535
        default: 0
        }
    }

    func take(_ id: UInt8, _ bytes: [UInt8]) throws(DeviceFailure) {
        let group = Int(id / 16)
        self.state.withLock { state in
            state.written.append(bytes)
            guard state.wrong[group] != .stuck else { return }
            if id == Self.base(group) + 5 { state.groups[group] = false }
            if id == Self.base(group) + 6 { state.groups[group] = true }
        }
    }

    private static func descriptor(_ tellsStates: Bool) -> [UInt8] {
        var builder = ReportDescriptorBuilder()
        builder.usage("UPS")
        builder.collection(.application) { ups in
            ups.usage("PowerSummary")
            ups.collection(.physical) { summary in
                summary.field("RemainingCapacity", [.feature], id: 1, range: 0...100)
                summary.usage("PresentStatus")
                summary.collection(.logical) { status in
                    for name in ["ACPresent", "Good"] { status.field(name, [.feature], id: 2, size: 1, range: 0...1) }
                }
            }
            ups.usage("OutletSystem")
            ups.collection(.physical) { system in
                for group in 1...3 {
                    system.usage("Outlet")
                    system.collection(.numbered(UInt8(group))) { Self.group(group, &$0, tellsStates) }
                }
            }
        }
        return builder.bytes
    }

    private static func group(_ group: Int, _ outlet: inout ReportDescriptorBuilder, _ tellsStates: Bool) {
        let base = Self.base(group)
        outlet.field("OutletID", [.feature], id: base, range: 0...255)
        outlet.field("ApparentPower", [.feature], id: base + 1, size: 16, range: 0...65535, unit: .watt, exponent: 7)
        outlet.field("ActivePower", [.feature], id: base + 2, size: 16, range: 0...65535, unit: .watt, exponent: 7)
        outlet.field("Current", [.feature], id: base + 3, range: 0...255, unit: .ampere, exponent: -2)
        outlet.usage("PresentStatus")
        outlet.collection(.logical) { status in
            status.field("Switchable", [.feature], id: base + Self.stateReport, size: 1, range: 0...1)
            if tellsStates {
                status.field("SwitchOn/Off", [.feature], id: base + Self.stateReport, size: 1, range: 0...1)
            }
        }
        for (offset, name) in [(5, "DelayBeforeShutdown"), (6, "DelayBeforeStartup")] {
            outlet.field(
                name, [.feature], id: base + UInt8(offset), size: 16, range: -1...32767, unit: .second,
                flags: [.variable])
        }
        outlet.field("RemainingCapacityLimit", [.feature], id: base + 8, range: 0...100, flags: [.variable])
        for (offset, name) in [(9, "ffff005d"), (10, "ffff005e")] {
            outlet.field(
                name, [.feature], id: base + UInt8(offset), size: 16, range: 0...65535, unit: .second,
                flags: [.variable])
        }
    }
}
