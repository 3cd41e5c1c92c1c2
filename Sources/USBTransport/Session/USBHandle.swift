internal import CLibUSB

/// An open device of which the HID interface is claimed.
///
/// `@unchecked Sendable`: libusb's handle may be used from any thread until it is closed, which ``USBConnection`` does
/// once, when no transfer is left and nothing can start another.
final class USBHandle: @unchecked Sendable {
    /// The device, its missing strings filled in.
    let device: USBDeviceDescription
    /// The interface that is claimed.
    let interface: USBHIDInterface
    /// libusb's handle; not to be used after ``close()``.
    let raw: OpaquePointer

    /// Opens a device and claims one of its interfaces.
    ///
    /// The interface is claimed before anything is asked of it: usbfs refuses requests to an interface that a driver of
    /// the kernel has, and claims a free one by itself, which then looks busy.
    init(
        opening pointer: OpaquePointer, _ device: USBDeviceDescription, _ interface: USBHIDInterface
    ) throws(USBError) {
        var handle: OpaquePointer?
        let opened = libusb_open(pointer, &handle)
        guard opened == 0, let handle else { throw .opening(opened, device) }
        // Where it is not supported, there is no kernel driver to detach either.
        libusb_set_auto_detach_kernel_driver(handle, 1)
        let claimed = libusb_claim_interface(handle, Int32(interface.number))
        guard claimed == 0 else {
            libusb_close(handle)
            throw .claiming(claimed, interface: interface.number, device)
        }
        self.device = device
        self.interface = interface
        self.raw = handle
    }

    /// Gives the interface back, which attaches the kernel's driver again, and closes the handle. May block.
    func close() {
        // Fails when the device is gone; then there is nothing to give back.
        libusb_release_interface(self.raw, Int32(self.interface.number))
        libusb_close(self.raw)
    }
}
