import PowerCore
import USBTransport

/// Finds UPSes, relay boards and power strips among what is plugged in.
enum USBLook {
    /// Looks at this machine's USB; no device is talked to.
    static func look() async throws(USBError) -> [Discovery] {
        let context = USBContext()
        let devices: [USBDeviceDescription]
        do throws(USBError) {
            devices = try await context.devices()
        } catch {
            await context.shutDown()
            throw error
        }
        await context.shutDown()
        return Self.discoveries(devices)
    }

    /// What the devices are, as far as their numbers and strings tell.
    static func discoveries(_ devices: [USBDeviceDescription]) -> [Discovery] {
        let known = devices.compactMap { device in Self.driver(of: device).map { (device, $0) } }
        return known.map { device, driver in
            let twins = known.filter { $0.1 == driver }.map(\.0)
            let label = device.product.isEmpty ? driver.label : device.product
            return Discovery(
                use: driver == .usbHID ? .ups : .pdu, driver: driver.rawValue, label: label,
                settings: Self.match(device, among: twins), remark: "USB \(device.label)")
        }
    }

    private enum Driver: String {
        case usbHID = "usb-hid"
        case usbRelay = "usb-relay"
        case usbSispm = "usb-sispm"

        var label: String {
            switch self {
            case .usbHID: "ups"
            case .usbRelay: "relays"
            case .usbSispm: "strip"
            }
        }
    }

    /// Which driver takes a device; nil for what is nothing of ours.
    private static func driver(of device: USBDeviceDescription) -> Driver? {
        let isUPS = USBDeviceID.powerDevices.contains { id in
            id.vendor == device.vendorID && (id.product ?? device.productID) == device.productID
        }
        if isUPS { return device.hidInterfaces.isEmpty ? nil : .usbHID }
        switch (device.vendorID, device.productID) {
        // The numbers are shared by everything that is made with V-USB; the product string decides.
        case (0x16c0, 0x05df): return device.product.hasPrefix("USBRelay") ? .usbRelay : nil
        case (0x04b4, 0xfd10...0xfd13), (0x04b4, 0xfd15): return .usbSispm
        default: return nil
        }
    }

    /// What tells a device from others that the same driver would take; nothing where it is the only one.
    private static func match(
        _ device: USBDeviceDescription, among twins: [USBDeviceDescription]
    ) -> [Discovery.Setting] {
        guard twins.count > 1 else { return [] }
        let isUnique = !device.serial.isEmpty && twins.count { $0.serial == device.serial } == 1
        // A serial is a regular expression there: only one that means itself may be written.
        let isPlain = device.serial.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-_".contains($0)) }
        return [
            isUnique && isPlain
                ? Discovery.Setting("match.serial", device.serial)
                : Discovery.Setting("match.port", "\(device.portPath)")
        ]
    }
}
