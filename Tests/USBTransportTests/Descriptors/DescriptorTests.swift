import Testing

@testable import USBTransport

@Suite struct Descriptors {
    /// As in a River 3 Plus' configuration: 376 bytes.
    let hid: [UInt8] = [9, 0x21, 0x11, 0x01, 0, 1, 0x22, 0x78, 0x01]

    @Test func `the announced length is little endian`() {
        #expect(HIDClassDescriptor.announcedLength(in: self.hid[...]) == 376)
    }

    @Test func `the report descriptor need not be the first in the list`() {
        let bytes: [UInt8] = [12, 0x21, 0x11, 0x01, 0, 2, 0x23, 0x10, 0, 0x22, 0x93, 0x01]
        #expect(HIDClassDescriptor.announcedLength(in: bytes[...]) == 403)
    }

    @Test(arguments: 0..<9) func `a HID descriptor cut short announces nothing`(_ count: Int) {
        #expect(HIDClassDescriptor.announcedLength(in: self.hid.prefix(count)) == nil)
    }

    @Test func `bytes after the descriptor's own length do not count`() {
        var short = self.hid
        short[0] = 8
        #expect(HIDClassDescriptor.announcedLength(in: short[...]) == nil)
    }

    @Test func `another descriptor announces nothing`() {
        #expect(HIDClassDescriptor.announcedLength(in: [9, 0x24, 0x11, 0x01, 0, 1, 0x22, 0x78, 0x01]) == nil)
    }

    @Test func `the HID descriptor is found behind others`() {
        #expect(HIDClassDescriptor.announcedLength(amongDescriptors: [5, 0x24, 0, 0x10, 1] + self.hid) == 376)
        #expect(HIDClassDescriptor.announcedLength(amongDescriptors: [0] + self.hid) == nil)
        #expect(HIDClassDescriptor.announcedLength(amongDescriptors: [200, 0x24] + self.hid) == nil)
        #expect(HIDClassDescriptor.announcedLength(amongDescriptors: []) == nil)
    }

    @Test func `the longer length is asked for first and the other one next`() {
        let lengths = { (first: Int?, second: Int?) in
            HIDClassDescriptor.lengthsToAsk(inConfiguration: first, whenAsked: second, limit: 4096)
        }
        #expect(lengths(376, 403) == [403, 376])
        #expect(lengths(403, 403) == [403])
        #expect(lengths(376, nil) == [376])
        #expect(lengths(nil, 403) == [403])
        #expect(lengths(0, nil) == [])
        #expect(lengths(65535, 60000) == [4096])
    }

    /// Report 1 of `bytes` bytes beside its ID, and report 2 of one byte.
    func inputs(of bytes: UInt8) -> [UInt8] {
        [0x05, 0x84, 0x09, 0x04, 0xa1, 0x01, 0x85, 1, 0x75, 8, 0x95, bytes, 0x09, 0x30, 0x81, 2, 0x85, 2, 0x95, 1]
            + [0x09, 0x31, 0x81, 2, 0xc0]
    }

    @Test(
        arguments: [(1, 8, 8), (7, 8, 8), (8, 8, 16), (15, 8, 16), (63, 64, 64), (64, 64, 128)] as [(UInt8, Int, Int)])
    func `the input endpoint is asked for the longest report in whole packets`(
        _ bytes: UInt8, _ packet: Int, _ length: Int
    ) {
        #expect(InputReportLength.bytes(descriptor: self.inputs(of: bytes), packetSize: packet) == length)
    }

    @Test func `without a descriptor that can be read one packet is asked for`() {
        #expect(InputReportLength.bytes(descriptor: [0xfe], packetSize: 8) == 8)
        #expect(InputReportLength.bytes(descriptor: [], packetSize: 64) == 64)
        #expect(InputReportLength.bytes(descriptor: self.inputs(of: 200), packetSize: 0) == 0)
    }

    @Test func `a report longer than the limit is read up to it`() {
        // Report 1 of 65535 bytes.
        let huge: [UInt8] = [
            0x05, 0x84, 0x09, 0x04, 0xa1, 0x01, 0x85, 1, 0x75, 8, 0x96, 0xf0, 0xff, 0x09, 0x30, 0x81, 2, 0xc0,
        ]
        #expect(InputReportLength.bytes(descriptor: huge, packetSize: 64) == InputReportLength.limit)
    }

    @Test func `a string is UTF-16 and trimmed`() {
        #expect(USBStringDescriptor.text(in: [8, 3, 0x41, 0, 0xe9, 0, 0x20, 0]) == "Aé")
    }

    @Test func `a string cut short or longer than it says gives what is whole`() {
        #expect(USBStringDescriptor.text(in: [8, 3, 0x41, 0, 0x42]) == "A")
        #expect(USBStringDescriptor.text(in: [4, 3, 0x41, 0, 0x42, 0]) == "A")
        #expect(USBStringDescriptor.text(in: [0, 3, 0x41, 0]) == "")
        #expect(USBStringDescriptor.text(in: [1, 3, 0x41, 0]) == "")
        #expect(USBStringDescriptor.text(in: [2, 3]) == "")
        #expect(USBStringDescriptor.text(in: [2]) == "")
        #expect(USBStringDescriptor.text(in: []) == "")
        #expect(USBStringDescriptor.text(in: [8, 2, 0x41, 0]) == "")
    }

    @Test func `half a surrogate pair becomes a replacement`() {
        #expect(USBStringDescriptor.text(in: [4, 3, 0x3d, 0xd8]) == "\u{fffd}")
    }

    @Test func `the first language is taken, and English where there is none`() {
        #expect(USBStringDescriptor.firstLanguage(in: [6, 3, 0x07, 0x04, 0x09, 0x04]) == 0x0407)
        #expect(USBStringDescriptor.firstLanguage(in: []) == 0x0409)
    }

    @Test func `padding of every kind is trimmed and inner blanks stay`() {
        #expect("\u{0} \tBack-UPS ES\r\n\u{0}".trimmed == "Back-UPS ES")
        #expect(" \u{0}".trimmed == "")
    }

    @Test func `a port path is written as the kernel does`() {
        #expect(USBPortPath(bus: 1, ports: [2, 4]).description == "1-2.4")
        #expect(USBPortPath(bus: 3, ports: []).description == "usb3")
        #expect(USBPortPath(parsing: "1-2.4") == USBPortPath(bus: 1, ports: [2, 4]))
    }

    @Test func `a label names ids, product, serial and place`() {
        let river = USBDeviceDescription(
            vendorID: 0x3746, productID: 0xffff, product: "EF-UPS-RIVER 3 Plus", serial: "R631ZAB",
            portPath: USBPortPath(bus: 1, ports: [1]), address: 4)
        #expect(river.label == #"3746:ffff "EF-UPS-RIVER 3 Plus" serial R631ZAB port 1-1"#)
        #expect(river.node == "/dev/bus/usb/001/004")
        let plain = USBDeviceDescription(
            vendorID: 0x51d, productID: 2, portPath: USBPortPath(bus: 2, ports: [3]), address: 100)
        #expect(plain.label == "051d:0002 port 2-3")
    }
}
