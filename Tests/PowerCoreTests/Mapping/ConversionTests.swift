import HIDReport
import Testing

@testable import PowerCore

struct ConversionTests {
    @Test(
        arguments: [
            (13.8, 1, "13.8"), (13.58, 1, "13.6"), (0, 1, "0.0"), (0, 0, "0"), (-1, 0, "-1"), (-0.04, 1, "0.0"),
            (230, 1, "230.0"), (163.2, 0, "163"), (0.5, 0, "0"), (1.5, 0, "2"), (2.5, 0, "2"), (13.35, 1, "13.3"),
            (0.25, 1, "0.2"), (24, 2, "24.00"), (0.05, 2, "0.05"), (-13.5, 1, "-13.5"), (151740, 0, "151740"),
        ] as [(Double, Int, String)])
    func `numbers are written as C writes them`(number: Double, decimals: Int, text: String) {
        #expect(number.formatted(decimals: decimals) == text)
    }

    @Test func `numbers beyond all measure do not trap`() {
        for number in [Double.infinity, -.infinity, .nan, 1e300, -1e300] {
            #expect(!number.formatted(decimals: 2).isEmpty)
        }
    }

    @Test func `packed dates read and write`() throws {
        #expect(PackedDate(packed: 10785)?.description == "2001/01/01")
        #expect(PackedDate(packed: 20648)?.description == "2020/05/08")
        #expect(PackedDate(packed: 0) == nil)
        #expect(PackedDate(packed: -5) == nil)
        #expect(try #require(PackedDate(parsing: "2020/05/08")).packed == 20648)
        #expect(PackedDate(packed: 0xffff) != nil)
    }

    @Test(arguments: [
        "", "2020", "2020/13/01", "2020/00/01", "2020/01/32", "1979/01/01", "2108/01/01", "a/b/c", "1/2/3/4",
    ])
    func `what is no date is refused`(text: String) {
        #expect(PackedDate(parsing: text) == nil)
    }

    @Test func `dates in digits read`() {
        #expect(PackedDate(digits: 0x070304)?.description == "2004/07/03")
        #expect(PackedDate(digits: 0x123199)?.description == "1999/12/31")
        #expect(PackedDate(digits: 0) == nil)
        #expect(PackedDate(digits: Int.max) == nil)
    }

    @Test(
        arguments: [
            ("Back-UPS ES 700G FW:871.O4 .I USB FW:O4", "Back-UPS ES 700G", "871.O4 .I", "O4"),
            ("Smart-UPS 750 FW:UPS 08.8", "Smart-UPS 750", "UPS 08.8", nil), ("Back-UPS", "Back-UPS", nil, nil),
            ("FW:", "", "", nil), ("", "", nil, nil),
        ] as [(String, String, String?, String?)])
    func `a product string with firmware comes apart`(text: String, model: String, firmware: String?, usb: String?) {
        let parts = HIDMapping.ProductString.firmwareAppended.split(text)
        #expect(parts.model == model)
        #expect(parts.firmware == firmware)
        #expect(parts.auxiliaryFirmware == usb)
        #expect(HIDMapping.ProductString.plain.split(text).model == text)
    }

    @Test func `a scale is settled by the first value and kept`() {
        let battery = ScaleRepair(path: "V", reference: "N", limit: 1.4, factor: 2.0 / 3)
        #expect(battery.factor(value: nil, reference: 24) == nil)
        #expect(battery.factor(value: 36, reference: nil) == nil)
        #expect(battery.factor(value: 36, reference: 24) == 2.0 / 3)
        #expect(battery.factor(value: 27, reference: 24) == 1)
        let hertz = ScaleRepair(path: "F", reference: nil, limit: 200, factor: 0.1)
        #expect(hertz.factor(value: 599, reference: nil) == 0.1)
        #expect(hertz.factor(value: 60, reference: nil) == 1)
        #expect(ScaleRepair(path: "V", reference: nil, limit: nil, factor: 10).factor(value: nil, reference: nil) == 10)
    }

    @Test func `kelvins become degrees and degrees stay`() throws {
        for (unit, logical, text) in [(HIDUnit.kelvin, 298, "24.9"), (.none, 25, "25.0")] {
            var builder = ReportDescriptorBuilder()
            builder.usage("UPS")
            builder.collection(.application) { ups in
                ups.usage("Battery")
                ups.collection(.physical) {
                    $0.field("Temperature", [.feature], id: 1, size: 16, range: 0...1000, unit: unit)
                }
            }
            var state = HIDState(
                identity: HIDIdentity(vendorID: 0x051d, productID: 2),
                descriptor: try ReportDescriptor(parsing: builder.bytes))
            state.take([1, UInt8(logical & 0xff), UInt8(logical >> 8)], type: .feature, at: .origin)
            #expect(state.reading().variable("battery.temperature")?.value == text)
        }
    }
}
