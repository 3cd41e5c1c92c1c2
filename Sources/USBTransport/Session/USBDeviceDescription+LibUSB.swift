internal import CLibUSB
internal import Glibc

extension USBDeviceDescription {
    /// Where the kernel keeps what it knows of each device, its strings among it.
    private static let sysfs = "/sys/bus/usb/devices"
    /// Longest string read from there: 126 characters of a string descriptor have at most 378 bytes in UTF-8.
    private static let maximumStringLength = 512

    /// Reads what libusb and the kernel know of a device without talking to it; nil where libusb cannot say even that.
    init?(reading pointer: OpaquePointer) {
        self.init(numbersOf: pointer)
        self.readDetails(of: pointer)
    }

    /// Reads what libusb has in memory; strings and interfaces stay empty.
    init?(numbersOf pointer: OpaquePointer) {
        var descriptor = libusb_device_descriptor()
        guard libusb_get_device_descriptor(pointer, &descriptor) == 0 else { return nil }
        self.init(
            vendorID: descriptor.idVendor, productID: descriptor.idProduct, release: descriptor.bcdDevice,
            portPath: USBPortPath(reading: pointer), address: libusb_get_device_address(pointer))
    }

    /// Reads the interfaces, and the strings that the kernel knows.
    mutating func readDetails(of pointer: OpaquePointer) {
        self.hidInterfaces = USBHIDInterface.read(pointer)
        self.manufacturer = Self.attribute("manufacturer", of: self.portPath)
        self.product = Self.attribute("product", of: self.portPath)
        self.serial = Self.attribute("serial", of: self.portPath)
    }

    /// Asks the device for the strings that it has and the kernel does not know, as after a failure while it was
    /// plugged in. Stops at the first that the device does not tell, so that one that hangs costs one second.
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
        guard let languages = Self.string(0, language: 0, handle) else { return }
        let language = USBStringDescriptor.firstLanguage(in: languages)
        for (field, index) in missing {
            guard let reply = Self.string(index, language: language, handle) else { return }
            self[keyPath: field] = USBStringDescriptor.text(in: reply)
        }
    }

    private static func string(_ index: UInt8, language: UInt16, _ handle: OpaquePointer) -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: USBStringDescriptor.maximumLength)
        let count = libusb_get_string_descriptor(handle, index, language, &bytes, Int32(bytes.count))
        return count < 0 ? nil : Array(bytes.prefix(Int(count)))
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
