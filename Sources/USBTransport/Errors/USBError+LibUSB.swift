internal import CLibUSB
internal import PowerCore

// One function for each call of libusb. See: libusb.h of libusb 1.0.26, and 'man 4 usb' for the codes of the kernel
// below it.
extension USBError {
    /// The udev rule that lets the daemon's group use the devices.
    static let ruleFile = "62-upsd-swift.rules"

    /// See: `libusb_init`.
    static func starting(_ code: Int32) -> USBError {
        USBError(
            kind(of: code), device: "USB", detail: "libusb does not start",
            remedy: "check that /sys and /dev/bus/usb are there (in a container they must be passed in)",
            cause: name(of: code))
    }

    /// See: `libusb_get_device_list`.
    static func listing(_ code: Int32) -> USBError {
        USBError(kind(of: code), device: "USB", detail: "the devices cannot be listed", cause: name(of: code))
    }

    /// See: `libusb_open`. The kernel's EACCES becomes ACCESS, ENOENT and ENODEV become NO_DEVICE.
    static func opening(_ code: Int32, _ device: USBDeviceDescription) -> USBError {
        let remedy =
            switch libusb_error(code) {
            case LIBUSB_ERROR_ACCESS:
                """
                \(device.node) must be readable and writable for this user: install the udev rule file \
                \(Self.ruleFile), put the user into the group it names, then plug the device in again
                """
            case LIBUSB_ERROR_NO_DEVICE: "check the cable; if it is plugged in, pass \(device.node) into the container"
            default: ""
            }
        return USBError(
            kind(of: code), device: device.label, detail: "cannot be opened", remedy: remedy, cause: name(of: code))
    }

    /// See: `libusb_claim_interface` with automatic detaching of the kernel's driver.
    static func claiming(_ code: Int32, interface: UInt8, _ device: USBDeviceDescription) -> USBError {
        let remedy =
            libusb_error(code) == LIBUSB_ERROR_BUSY
            ? "stop the program that holds it: another UPS daemon or driver, or the vendor's own program" : ""
        return USBError(
            kind(of: code), device: device.label, detail: "interface \(interface) cannot be claimed", remedy: remedy,
            cause: name(of: code))
    }

    /// See: `libusb_get_active_config_descriptor`.
    static func configuration(_ code: Int32, _ device: USBDeviceDescription) -> USBError {
        USBError(
            kind(of: code), device: device.label, detail: "its configuration cannot be read", cause: name(of: code))
    }

    /// See: `libusb_submit_transfer`.
    static func submitting(_ code: Int32, _ what: String, device: String) -> USBError {
        USBError(kind(of: code), device: device, detail: "\(what) cannot be sent", cause: name(of: code))
    }

    /// See: `libusb_transfer_status`, for a control transfer; nil for a transfer that completed.
    static func transferred(_ status: libusb_transfer_status, _ what: String, device: String) -> USBError? {
        switch status {
        case LIBUSB_TRANSFER_COMPLETED:
            nil
        case LIBUSB_TRANSFER_TIMED_OUT:
            USBError(
                .timedOut, device: device, detail: "\(what): no answer in time", cause: "LIBUSB_TRANSFER_TIMED_OUT")
        case LIBUSB_TRANSFER_STALL:
            USBError(.stalled, device: device, detail: "\(what): refused", cause: "LIBUSB_TRANSFER_STALL")
        case LIBUSB_TRANSFER_NO_DEVICE:
            USBError(.gone, device: device, detail: "\(what): unplugged", cause: "LIBUSB_TRANSFER_NO_DEVICE")
        case LIBUSB_TRANSFER_OVERFLOW:
            USBError(
                .stalled, device: device, detail: "\(what): more bytes than asked for",
                cause: "LIBUSB_TRANSFER_OVERFLOW")
        case LIBUSB_TRANSFER_CANCELLED:
            USBError(.gone, device: device, detail: "\(what): closed meanwhile", cause: "LIBUSB_TRANSFER_CANCELLED")
        default:
            USBError(
                .stalled, device: device, detail: "\(what): broken on the wire", remedy: "check cable and hub",
                cause: "LIBUSB_TRANSFER_ERROR")
        }
    }

    /// Which of the six a code of libusb is, where the call does not say more.
    static func kind(of code: Int32) -> DeviceFailure.Kind {
        switch libusb_error(code) {
        case LIBUSB_ERROR_ACCESS: .notPermitted
        case LIBUSB_ERROR_NO_DEVICE, LIBUSB_ERROR_NOT_FOUND: .gone
        case LIBUSB_ERROR_BUSY: .busy
        case LIBUSB_ERROR_TIMEOUT: .timedOut
        case LIBUSB_ERROR_NOT_SUPPORTED, LIBUSB_ERROR_INVALID_PARAM: .notSupported
        default: .stalled
        }
    }

    private static func name(of code: Int32) -> String {
        String(cString: libusb_error_name(code))
    }
}
