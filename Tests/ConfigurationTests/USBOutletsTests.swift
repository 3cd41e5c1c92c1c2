import PowerCore
import Testing

@testable import RackFile
@testable import upsd_swift

/// The settings of relay boards and power strips on USB.
@Suite struct USBOutletsTests {
    static func driver(_ fields: String) -> Configuration.PDU.Driver? {
        ConfigurationFile.read("ups: {a: {driver: usb-hid}}\npdu: {rack: {feed: a, \(fields)}}").configuration?.pdus
            .first?
            .driver
    }

    @Test func `one board or strip needs no words`() {
        #expect(Self.driver("driver: usb-relay") == .usbRelay(Configuration.USBOutlets()))
        #expect(Self.driver("driver: usb-sispm") == .usbSispm(Configuration.USBOutlets()))
    }

    @Test(arguments: ["HURTM", "12345", "00001", "a#:b!", "6QMBS"])
    func `a board is meant by its five characters`(id: String) {
        #expect(Self.driver("driver: usb-relay, id: \"\(id)\"") == .usbRelay(Configuration.USBOutlets(id: id)))
    }

    @Test(arguments: ["12345", "00001", "1e100", "0x123"])
    func `an id that looks like a number is taken as it is written`(id: String) {
        #expect(Self.driver("driver: usb-relay, id: \(id)") == .usbRelay(Configuration.USBOutlets(id: id)))
    }

    @Test(arguments: ["01:02:03:5a:5b", "01:02:03:5A:5B", "\"01:02:03:5a:5b\""])
    func `a strip is meant by its serial number`(id: String) {
        #expect(
            Self.driver("driver: usb-sispm, id: \(id)") == .usbSispm(Configuration.USBOutlets(id: "01:02:03:5a:5b")))
    }

    @Test func `a strip whose serial number has digits only is meant by it`() {
        #expect(
            Self.driver("driver: usb-sispm, id: 01:02:03:04:05")
                == .usbSispm(Configuration.USBOutlets(id: "01:02:03:04:05")))
    }

    @Test func `a device is matched by port and strings, as a UPS is`() {
        let match = Configuration.USBCriteria(vendorID: "16c0", product: "USBRelay2", port: "1-2.4")
        #expect(
            Self.driver("driver: usb-relay, match: {vendor: 16c0, name: USBRelay2, port: 1-2.4}")
                == .usbRelay(Configuration.USBOutlets(match: match)))
    }

    @Test func `the loads of a board may be on either contact`() {
        #expect(
            Self.driver("driver: usb-relay, contact: normally-closed")
                == .usbRelay(Configuration.USBOutlets(contact: .normallyClosed)))
        #expect(Self.driver("driver: usb-relay, contact: normally-open") == .usbRelay(Configuration.USBOutlets()))
    }

    @Test func `the check shows id, port and contact`() {
        let yaml = """
            ups: {a: {driver: usb-hid}}
            pdu:
              board: {driver: usb-relay, feed: a, id: HURTM, outlets: {1: fan}}
              strip: {driver: usb-sispm, feed: a, match: {port: 1-3}}
              other: {driver: usb-relay, feed: a, match: {port: 1-4}, contact: normally-closed}
            """
        let report = ConfigurationReport.text(ConfigurationFile.read(yaml), file: "f")
        #expect(report.contains("  board: usb-relay id HURTM\n    board/1  fan\n"), "\(report)")
        #expect(report.contains("  strip: usb-sispm at port 1-3\n"), "\(report)")
        #expect(report.contains("  other: usb-relay at port 1-4, normally-closed\n"), "\(report)")
    }

    static let refusals: [Refusal] = [
        Refusal(
            "an id of four characters", "ups: {a: {driver: usb-hid}}\npdu: {r: {driver: usb-relay, feed: a, id: HURT}}",
            """
            2:43: error: pdu r: id is 'HURT'; write the five characters of the board, such as HURTM, as device.serial \
            shows them
            """),
        Refusal(
            "an id with a blank", "ups: {a: {driver: usb-hid}}\npdu: {r: {driver: usb-relay, feed: a, id: HU TM}}",
            """
            2:43: error: pdu r: id is 'HU TM'; write the five characters of the board, such as HURTM, as device.serial \
            shows them
            """),
        Refusal(
            "a serial number of four bytes",
            "ups: {a: {driver: usb-hid}}\npdu: {r: {driver: usb-sispm, feed: a, id: \"01:02:03:04\"}}",
            """
            2:43: error: pdu r: id is '01:02:03:04'; write five bytes such as 01:02:03:5a:5b, as device.serial shows them
            """),
        Refusal(
            "a serial number that is none",
            "ups: {a: {driver: usb-hid}}\npdu: {r: {driver: usb-sispm, feed: a, id: \"01:02:03:04:0x\"}}",
            """
            2:43: error: pdu r: id is '01:02:03:04:0x'; write five bytes such as 01:02:03:5a:5b, as device.serial shows \
            them
            """),
        Refusal(
            "a key of another driver",
            "ups: {a: {driver: usb-hid}}\npdu: {r: {driver: usb-relay, feed: a, address: 192.0.2.1}}",
            "2:39: error: pdu r: unknown key 'address'; known: driver, match, id, contact, feed, outlets, via, shared, description, poll"
        ),
        Refusal(
            "no contact", "ups: {a: {driver: usb-hid}}\npdu: {r: {driver: usb-relay, feed: a, contact: nc}}",
            """
            2:48: error: pdu r: contact is 'nc'; write normally-open, or normally-closed where the loads are on NC
            """),
        Refusal(
            "a contact of a strip",
            "ups: {a: {driver: usb-hid}}\npdu: {r: {driver: usb-sispm, feed: a, contact: normally-open}}",
            "2:39: error: pdu r: unknown key 'contact'; known: driver, match, id, feed, outlets, via, shared, description, poll"
        ),
        Refusal(
            "one board twice",
            "ups: {a: {driver: usb-hid}}\npdu: {r: {driver: usb-relay, feed: a}, s: {driver: usb-relay, feed: a}}",
            """
            2:40: error: pdu s matches the same USB device as pdu r; give each the id of its device, or its port under \
            match
            """),
    ]

    @Test(arguments: refusals)
    func `a device that cannot be meant is refused`(refusal: Refusal) {
        #expect(Sample.problems(refusal.yaml) == [refusal.problem])
    }
}
