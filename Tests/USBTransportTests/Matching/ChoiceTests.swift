import PowerCore
import Testing

@testable import USBTransport

@Suite struct Choice {
    static func device(serial: String, port: UInt8, address: UInt8 = 9) -> USBDeviceDescription {
        USBDeviceDescription(
            vendorID: 0x3746, productID: 0xffff, serial: serial, portPath: USBPortPath(bus: 1, ports: [port]),
            address: address)
    }

    let left = Self.device(serial: "A", port: 1)
    let right = Self.device(serial: "B", port: 2)

    @Test func `the only device that matches is the one`() {
        #expect(USBChoice.make(among: [self.left], taken: [], last: nil) == .device(self.left))
    }

    @Test func `no device is nothing`() {
        #expect(USBChoice.make(among: [], taken: [self.left.portPath], last: nil) == .nothing)
    }

    @Test func `several are ambiguous`() {
        #expect(
            USBChoice.make(among: [self.left, self.right], taken: [], last: nil) == .ambiguous([self.left, self.right]))
    }

    @Test func `a device in use leaves the other`() {
        let choice = USBChoice.make(among: [self.left, self.right], taken: [self.left.portPath], last: nil)
        #expect(choice == .device(self.right))
    }

    @Test func `only devices in use is an answer of its own`() {
        let choice = USBChoice.make(among: [self.left], taken: [self.left.portPath], last: nil)
        #expect(choice == .allTaken([self.left]))
    }

    @Test func `among several the one opened before is meant, also in another socket`() {
        let moved = Self.device(serial: "A", port: 5)
        let choice = USBChoice.make(among: [self.right, moved], taken: [], last: self.left.identity)
        #expect(choice == .device(moved))
    }

    @Test func `without serial numbers the one in the same socket is meant`() {
        let (left, right) = (Self.device(serial: "", port: 1), Self.device(serial: "", port: 2))
        let again = Self.device(serial: "", port: 1, address: 30)
        #expect(USBChoice.make(among: [right, again], taken: [], last: left.identity) == .device(again))
        let elsewhere = Self.device(serial: "", port: 3)
        #expect(
            USBChoice.make(among: [right, elsewhere], taken: [], last: left.identity) == .ambiguous([right, elsewhere]))
    }

    @Test func `serial numbers that all devices share tell nothing`() {
        let (left, right) = (Self.device(serial: "0000", port: 1), Self.device(serial: "0000", port: 2))
        let choice = USBChoice.make(among: [left, right], taken: [], last: right.identity)
        #expect(choice == .device(right))
    }

    @Test func `a list of devices is relied upon while udev tells of arrivals, and not for ever`() {
        #expect(USBSession.isTrusted(age: .zero, isTold: true))
        #expect(!USBSession.isTrusted(age: .zero, isTold: false))
        #expect(!USBSession.isTrusted(age: USBSession.longestTrust, isTold: true))
    }
}
