internal import CLibUSB
internal import PowerCore

/// One try to open the device that is meant; runs on the queue of ``USBContext``.
struct USBOpening {
    var match: USBMatch
    var interface: UInt8?
    var last: HIDIdentity?
    var taken: Set<USBPortPath>

    /// Most devices that a message lists.
    static let listedDevices = 8

    /// Opens the device and claims its interface; nil where none of the session's devices is meant.
    func open(in session: USBSession) throws(USBError) -> USBHandle? {
        try session.withDevices { (list) throws(USBError) in
            let matching = list.compactMap { $0.flatMap(self.described) }.filter { self.match.accepts($0.device) }
                .sorted { $0.device.portPath < $1.device.portPath }
            switch USBChoice.make(among: matching.map(\.device), taken: self.taken, last: self.last) {
            case .nothing: return nil
            case .device(let device):
                guard let pointer = matching.first(where: { $0.device == device })?.pointer else { return nil }
                return try self.claim(device, pointer)
            case .allTaken(let devices):
                throw self.failure(
                    .busy, "in use by another device of this configuration: \(Self.list(devices))",
                    remedy: "give each its own serial or port")
            case .ambiguous(let devices):
                throw self.failure(
                    .busy, "\(devices.count) devices match: \(Self.list(devices))",
                    remedy: "tell them apart with serial, or with port where they have none")
            }
        }
    }

    /// What to say when nothing matches, with what is plugged in instead.
    func nothingFound(among devices: [USBDeviceDescription]) -> USBError {
        let others = devices.filter { !$0.hidInterfaces.isEmpty }
        let seen = others.isEmpty ? "no USB device with a HID interface is" : "\(Self.list(others)) is"
        return self.failure(
            .gone, "not plugged in; \(seen)", remedy: "check cable and power, and compare the numbers and strings")
    }

    private typealias Described = (pointer: OpaquePointer, device: USBDeviceDescription)

    private func described(_ pointer: OpaquePointer) -> Described? {
        // Only of devices that may be meant is more read than libusb has in memory: the kernel makes who reads wait
        // while it tries its drivers on a device, which takes long if that one hangs.
        guard var device = USBDeviceDescription(numbersOf: pointer), self.match.acceptsNumbers(of: device) else {
            return nil
        }
        device.readDetails(of: pointer)
        if self.match.needsStrings(of: device) { device.askMissingStrings(pointer) }
        return (pointer, device)
    }

    private func claim(_ device: USBDeviceDescription, _ pointer: OpaquePointer) throws(USBError) -> USBHandle {
        guard let interface = device.hidInterfaces.first(where: { $0.number == self.interface ?? $0.number }) else {
            let numbers = device.hidInterfaces.map { String($0.number) }.joined(separator: ", ")
            throw USBError(
                .notSupported, device: device.label,
                detail: "interface \(self.interface ?? 0) is not a HID interface; those are: \(numbers)")
        }
        return try USBHandle(opening: pointer, device, interface)
    }

    private func failure(_ kind: DeviceFailure.Kind, _ detail: String, remedy: String) -> USBError {
        USBError(kind, device: "USB device (\(self.match))", detail: detail, remedy: remedy)
    }

    private static func list(_ devices: [USBDeviceDescription]) -> String {
        let labels = devices.prefix(Self.listedDevices).map(\.label)
        let more = devices.count > Self.listedDevices ? ["and \(devices.count - Self.listedDevices) more"] : []
        return (labels + more).joined(separator: "; ")
    }
}
