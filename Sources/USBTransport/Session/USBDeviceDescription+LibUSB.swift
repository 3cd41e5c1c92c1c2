internal import CLibUSB
internal import Glibc

extension USBDeviceDescription {
    /// Where the kernel keeps what it knows of each device, its strings among it.
    private static let sysfs = "/sys/bus/usb/devices"
    /// Longest string read from there: 126 characters of a string descriptor have at most 378 bytes in UTF-8.
    private static let maximumStringLength = 512

    /// Reads what libusb and the kernel know of a device without talking to it; nil where libusb cannot say even that.
    init?(reading pointer: OpaquePointer) {
        var descriptor = libusb_device_descriptor()
        guard libusb_get_device_descriptor(pointer, &descriptor) == 0 else { return nil }
        let path = USBPortPath(reading: pointer)
        self.init(
            vendorID: descriptor.idVendor, productID: descriptor.idProduct, release: descriptor.bcdDevice,
            manufacturer: Self.attribute("manufacturer", of: path), product: Self.attribute("product", of: path),
            serial: Self.attribute("serial", of: path), portPath: path,
            address: libusb_get_device_address(pointer), hidInterfaces: USBHIDInterface.read(pointer))
    }

    /// Asks the device for the strings that it has and the kernel does not know, as after a failure while it was
    /// plugged in. What the device does not tell stays empty.
    mutating func askMissingStrings(_ pointer: OpaquePointer) {
        var descriptor = libusb_device_descriptor()
        guard libusb_get_device_descriptor(pointer, &descriptor) == 0 else { return }
        let missing = [
            (\Self.manufacturer, descriptor.iManufacturer), (\Self.product, descriptor.iProduct),
            (\Self.serial, descriptor.iSerialNumber),
        ].filter { self[keyPath: $0.0].isEmpty && $0.1 != 0 }
        var handle: OpaquePointer?
        guard !missing.isEmpty, libusb_open(pointer, &handle) == 0, let handle else { return }
        defer { libusb_close(handle) }
        for (field, index) in missing {
            self[keyPath: field] = Self.string(index, handle)
        }
    }

    private static func string(_ index: UInt8, _ handle: OpaquePointer) -> String {
        var bytes = [UInt8](repeating: 0, count: USBStringDescriptor.maximumLength)
        let languages = libusb_get_string_descriptor(handle, 0, 0, &bytes, Int32(bytes.count))
        guard languages >= 0 else { return "" }
        let language = USBStringDescriptor.firstLanguage(in: Array(bytes.prefix(Int(languages))))
        let count = libusb_get_string_descriptor(handle, index, language, &bytes, Int32(bytes.count))
        return count < 0 ? "" : USBStringDescriptor.text(in: Array(bytes.prefix(Int(count))))
    }

    /// One file of sysfs, trimmed; empty where it is not there.
    private static func attribute(_ name: String, of path: USBPortPath) -> String {
        let file = open("\(Self.sysfs)/\(path)/\(name)", O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return "" }
        defer { close(file) }
        var bytes = [UInt8](repeating: 0, count: Self.maximumStringLength)
        let count = read(file, &bytes, bytes.count)
        return String(decoding: bytes.prefix(max(0, count)), as: UTF8.self).trimmed
    }
}

extension USBPortPath {
    /// Asks libusb for the place of a device.
    init(reading pointer: OpaquePointer) {
        var ports = [UInt8](repeating: 0, count: Self.maximumDepth)
        let count = libusb_get_port_numbers(pointer, &ports, Int32(ports.count))
        self.init(bus: libusb_get_bus_number(pointer), ports: Array(ports.prefix(Int(max(0, count)))))
    }
}

extension USBHIDInterface {
    /// The HID interfaces of a device's configuration; none where it has no configuration.
    static func read(_ pointer: OpaquePointer) -> [USBHIDInterface] {
        var raw: UnsafeMutablePointer<libusb_config_descriptor>?
        guard libusb_get_active_config_descriptor(pointer, &raw) == 0, let raw else { return [] }
        defer { libusb_free_config_descriptor(raw) }
        let interfaces = UnsafeBufferPointer(start: raw.pointee.interface, count: Int(raw.pointee.bNumInterfaces))
        // The first setting is the one in force after the kernel has configured the device.
        return interfaces.compactMap { $0.num_altsetting > 0 ? $0.altsetting?.pointee : nil }
            .filter { $0.bInterfaceClass == UInt8(LIBUSB_CLASS_HID.rawValue) }.map(Self.init)
    }

    private init(_ descriptor: libusb_interface_descriptor) {
        let endpoints = UnsafeBufferPointer(start: descriptor.endpoint, count: Int(descriptor.bNumEndpoints))
        let input = endpoints.first {
            $0.bEndpointAddress & 0x80 != 0
                && UInt32($0.bmAttributes & 0x03) == LIBUSB_ENDPOINT_TRANSFER_TYPE_INTERRUPT.rawValue
        }
        let extra = UnsafeBufferPointer(start: descriptor.extra, count: Int(max(0, descriptor.extra_length)))
        self.init(
            number: descriptor.bInterfaceNumber, inputEndpoint: input?.bEndpointAddress,
            // Bits 0 to 10; those above say how often in a microframe (USB 2.0, 9.6.6).
            inputPacketSize: Int((input?.wMaxPacketSize ?? 0) & 0x7ff),
            announcedLength: HIDClassDescriptor.announcedLength(amongDescriptors: Array(extra)))
    }
}
