import PowerCore
import Testing

@testable import USBTransport

@Suite struct Errors {
    let device = USBDeviceDescription(
        vendorID: 0x3746, productID: 0xffff, product: "EF-UPS-RIVER 3 Plus", serial: "R631ZAB",
        portPath: USBPortPath(bus: 1, ports: [1]), address: 4)

    @Test(
        arguments: [
            (-1, .stalled), (-2, .notSupported), (-3, .notPermitted), (-4, .gone), (-5, .gone), (-6, .busy),
            (-7, .timedOut),
            (-8, .stalled), (-9, .stalled), (-10, .stalled), (-11, .stalled), (-12, .notSupported), (-99, .stalled),
            (-1234, .stalled),
        ] as [(Int32, DeviceFailure.Kind)])
    func `every code of libusb is one of the six`(_ code: Int32, _ kind: DeviceFailure.Kind) {
        #expect(USBError.kind(of: code) == kind)
    }

    @Test func `no permission names the device, its node and the rule file`() {
        let failure = USBError.opening(-3, self.device).failure
        #expect(failure.kind == .notPermitted)
        #expect(failure.device == #"3746:ffff "EF-UPS-RIVER 3 Plus" serial R631ZAB port 1-1"#)
        #expect(failure.detail == "cannot be opened (LIBUSB_ERROR_ACCESS)")
        #expect(failure.remedy.contains("/dev/bus/usb/001/004"))
        #expect(failure.remedy.contains("62-upsd-swift.rules"))
    }

    @Test func `an interface that is taken says whom to stop`() {
        let failure = USBError.claiming(-6, interface: 0, self.device).failure
        #expect(failure.kind == .busy)
        #expect(failure.detail == "interface 0 cannot be claimed (LIBUSB_ERROR_BUSY)")
        #expect(failure.remedy.hasPrefix("stop the program that holds it"))
    }

    @Test func `a device whose node is not there points to the container`() {
        let error = USBError.opening(-4, self.device)
        #expect(error.kind == .gone)
        #expect(error.remedy.contains("container"))
    }

    @Test func `a device that needs nothing of the user has no remedy`() {
        #expect(
            USBError.submitting(-4, "GET_REPORT(feature, 0x0c)", device: "ups").description
                == "ups: GET_REPORT(feature, 0x0c) cannot be sent (LIBUSB_ERROR_NO_DEVICE)")
    }

    @Test func `libusb that does not start points to what it needs`() {
        let error = USBError.starting(-99)
        #expect(error.device == "USB")
        #expect(error.remedy.contains("/dev/bus/usb"))
    }
}
