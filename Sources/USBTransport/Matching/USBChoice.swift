internal import PowerCore

/// Which of the devices plugged in is the one that was meant.
enum USBChoice: Equatable {
    /// This one.
    case device(USBDeviceDescription)
    /// None matches.
    case nothing
    /// All that match are in use by this process.
    case allTaken([USBDeviceDescription])
    /// Several match, and nothing tells which is meant.
    case ambiguous([USBDeviceDescription])

    /// Chooses among the devices that match.
    ///
    /// - Parameters:
    ///   - matching: The devices that match.
    ///   - taken: The places of the devices that are in use by this process.
    ///   - last: The device that was opened before: where several match, it is the one that is meant.
    static func make(
        among matching: [USBDeviceDescription], taken: Set<USBPortPath>, last: HIDIdentity?
    ) -> USBChoice {
        let free = matching.filter { !taken.contains($0.portPath) }
        guard let first = free.first else { return matching.isEmpty ? .nothing : .allTaken(matching) }
        if free.count == 1 { return .device(first) }
        if let again = Self.sameAs(last, among: free) { return .device(again) }
        return .ambiguous(free)
    }

    /// The one device that `last` was: by its serial number, or else by its place.
    private static func sameAs(_ last: HIDIdentity?, among free: [USBDeviceDescription]) -> USBDeviceDescription? {
        guard let last else { return nil }
        let same = free.filter {
            $0.vendorID == last.vendorID && $0.productID == last.productID && $0.serial == last.serial
        }
        if same.count == 1, !last.serial.isEmpty { return same.first }
        return same.first { $0.portPath.description == last.portPath }
    }
}
