import HIDReport
import PowerCore

/// The reports of a device whose values are set by usage path, as the laboratory's emulated devices do it.
struct EmulatedReports {
    let descriptor: ReportDescriptor
    /// Reports that are answered as they were recorded.
    var recorded: [UInt8: [UInt8]] = [:]
    private var values: [String: Int] = [:]

    init(_ descriptor: ReportDescriptor) {
        self.descriptor = descriptor
    }

    /// Sets every path that is or ends with `suffix`, in everyday units.
    mutating func set(_ suffix: String, _ physical: Double) {
        for field in self.descriptor.fields {
            guard let path = field.path?.description, path == suffix || path.hasSuffix("." + suffix) else { continue }
            self.values[path] = field.logical(fromPhysical: physical)
        }
    }

    /// Answers with `bytes` from now on, and takes their values for other reports with the same paths.
    mutating func record(_ bytes: [UInt8]) {
        guard let id = bytes.first else { return }
        self.recorded[id] = bytes
        for type in [ReportType.feature, .input] {
            for value in ReportReader(self.descriptor).read(bytes, as: type) where value.isComplete {
                self.values[value.field.path?.description ?? ""] = value.logical
            }
        }
    }

    func report(_ type: ReportType, _ id: UInt8) -> [UInt8] {
        if let bytes = self.recorded[id] { return bytes }
        guard var writer = ReportWriter(self.descriptor, type, id: id) else { return [] }
        for field in self.descriptor.fields(of: type, id: id) where !field.isPadding {
            writer.set(logical: self.values[field.path?.description ?? "", default: 0], at: field)
        }
        return writer.bytes
    }

    /// A state that has read all that a device of this identity is asked for.
    func state(_ identity: HIDIdentity, strings: [UInt8: String] = [:]) -> HIDState {
        var state = HIDState(identity: identity, descriptor: self.descriptor)
        for request in state.reportsToRead(.initial) {
            state.take(self.report(request.type, request.id), type: request.type, at: .origin)
        }
        for index in state.stringIndexesWanted { state.take(string: strings[index] ?? "", at: index) }
        return state
    }
}

extension UPSReading {
    /// The words of `ups.status` without ALARM, in NUT's order.
    var statusWords: String {
        let words: [(Flags, String)] = [
            (.online, "OL"), (.onBattery, "OB"), (.calibrating, "CAL"), (.discharging, "DISCHRG"), (.charging, "CHRG"),
            (.lowBattery, "LB"), (.overload, "OVER"), (.replaceBattery, "RB"), (.trim, "TRIM"), (.boost, "BOOST"),
            (.bypass, "BYPASS"), (.off, "OFF"),
        ]
        return words.filter { self.flags.contains($0.0) }.map(\.1).joined(separator: " ")
    }

    /// Every variable by its name, with the status words as `ups.status`.
    var shown: [String: String] {
        var shown = Dictionary(self.variables.map { ($0.name, $0.value) }, uniquingKeysWith: { $1 })
        shown["ups.status"] = self.statusWords
        return shown
    }

    func variable(_ name: String) -> Variable? { self.variables.first { $0.name == name } }
}
