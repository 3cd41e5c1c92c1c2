import HIDReport
import PowerCore
import PowerLab
import Testing

private func river(_ firmware: EmulatedFirmware = .current, charge: Percent = 100) -> EmulatedUPS {
    EmulatedUPS(.river3Plus(firmware), serial: "R631ZLAB00000001", charge: charge)
}

private func feature(_ ups: EmulatedUPS, _ id: UInt8) -> [UInt8]? { ups.report(.feature, id: id) }

@Test func `the status on mains tells full, resting and charging apart`() {
    var ups = river()
    ups.advance(by: .seconds(1), load: 80, mains: true)
    #expect(feature(ups, 0x07) == [0x07, 0x0c, 0x01])
    ups.battery.setCharge(99)
    ups.advance(by: .seconds(1), load: 80, mains: true)
    #expect(feature(ups, 0x07) == [0x07, 0x0c, 0x00])
    ups.battery.setCharge(80)
    ups.advance(by: .seconds(1), load: 80, mains: true)
    #expect(feature(ups, 0x07) == [0x07, 0x0d, 0x00])
}

@Test func `the status on battery never says that it is low, and at the end that the battery is bad`() {
    var ups = river()
    var seen: Set<[UInt8]> = []
    while ups.battery.isOutputLive {
        ups.advance(by: .seconds(30), load: 80, mains: false)
        if ups.battery.isOutputLive { seen.insert(feature(ups, 0x07) ?? []) }
    }
    #expect(seen == [[0x07, 0x0a, 0x00]])
    #expect(feature(ups, 0x07) == [0x07, 0x40, 0x02])
    #expect(feature(ups, 0x0c) == [0x0c, 1])
}

@Test func `the runtime is in minutes and counts what lies under the limit`() {
    var ups = river(charge: 99)
    ups.battery.dischargeLimit = 20
    ups.advance(by: .zero, load: 80, mains: false)
    #expect((185...189).contains(ups.shownRuntime))
    while ups.battery.isOutputLive { ups.advance(by: .seconds(10), load: 80, mains: false) }
    #expect(ups.shownCharge == 21)
    #expect(ups.shownRuntime > 300)
}

@Test func `the runtime on mains depends on the firmware`() {
    #expect((2499...2559).contains(river().shownRuntime))
    #expect(feature(river(.december2024), 0x0d) == [0x0d, 0x33, 0x17])
    var old = river(.december2024, charge: 99)
    old.advance(by: .zero, load: 80, mains: false)
    #expect((185...189).contains(old.shownRuntime))
}

@Test(arguments: [
    (EmulatedUPSModel.river3Plus, EmulatedFirmware.december2024, "EF-UPS-R3P", 260, 600, 10),
    (.river3Plus, .current, "EF-UPS-RIVER 3 Plus", 286, 600, 10),
    (.delta3Plus, .december2024, "EF-UPS-DELTA", 1024, 120, 5),
    (.delta3Plus, .current, "EF-UPS-DELTA 3 Plus", 1024, 120, 5),
])
func `models and firmwares differ where real ones do`(
    model: EmulatedUPSModel, firmware: EmulatedFirmware, product: String, power: Int, time: Int, warning: UInt8
) {
    let ups = EmulatedUPS(model.traits(firmware), serial: "X")
    #expect(ups.string(at: 2) == product)
    #expect(feature(ups, 0x01) == [0x01, UInt8(power & 0xff), UInt8(power >> 8)])
    #expect(feature(ups, 0x08) == [0x08, UInt8(time & 0xff), UInt8(time >> 8)])
    #expect(feature(ups, 0x0f) == [0x0f, warning])
}

@Test func `the strings are the vendor's, the product's, the serial number and two empty ones`() {
    let ups = river()
    #expect(
        (0...6).map { ups.string(at: $0) } == [
            nil, "EcoFlow", "EF-UPS-RIVER 3 Plus", "R631ZLAB00000001", "", "", nil,
        ])
}

@Test func `the discharge limit can be set, and nothing else`() {
    var ups = river()
    let before = (0...255).map { feature(ups, UInt8($0)) }
    for id in 0...255 where id != 0x11 {
        let isKnown = feature(ups, UInt8(id)) != nil
        let isTaken = ups.setReport(.feature, id: UInt8(id), bytes: [UInt8(id), 7, 7])
        #expect(isTaken == isKnown)
    }
    #expect((0...255).map { feature(ups, UInt8($0)) } == before)
    for bytes: [UInt8] in [[0x11, 20], [0x11, 101], [0x11]] {
        let isTaken = ups.setReport(.feature, id: 0x11, bytes: bytes)
        #expect(isTaken)
        #expect(feature(ups, 0x11) == [0x11, 20])
        #expect(ups.battery.cutOff == 21)
    }
    let isTaken = ups.setReport(.output, id: 0x11, bytes: [0x11, 5])
    #expect(!isTaken)
}

@Test func `serial numbers have the form of the model's and differ`() {
    let traits = EmulatedUPSTraits.river3Plus(.current)
    #expect(traits.serial(number: 1) == "R631ZLAB00000001")
    #expect(Set((1...50).map { traits.serial(number: $0) }).count == 50)
    #expect((1...50).allSatisfy { traits.serial(number: $0).count == 16 })
}
